import FieldPotential
import Testing

/// The convolution on inputs that are small enough for a debug build under a sanitizer, for which
/// `./test.sh --sanitize` chooses suites of this name.
@Suite struct SanitisedConvolutionTests {
  @Test("All widths of tiles are the sums that they stand for", arguments: [1, 2, 3, 4])
  func tiles(channels: Int) throws {
    var parameters = KernelParameters()
    parameters.contacts = (0..<channels).map { Contact(z: -100 * Double($0)) }
    (parameters.heightSamples, parameters.orientationSamples, parameters.lagCount) = (2, 2, 20)
    let kernels = try FieldKernels(parameters: parameters)
    for bins in [0, 1, 15, 16, 17, 33] {
      let counts = (0..<bins).map { UInt32($0 * $0 % 7) }
      for transient in [0, 1, bins] {
        let potential = kernels.fieldPotential(
          excitatory: counts, inhibitory: counts.reversed(), efficacy: 0.2, relativeInhibition: 5,
          after: transient)
        #expect(potential.sampleCount == max(0, bins - transient))
        for channel in 0..<channels {
          for bin in transient..<max(transient, bins) {
            var sum = 0.0
            for lag in 0..<min(kernels.lagCount, bin + 1) {
              sum += 0.2 * kernels.excitatory[channel, lag] * Double(counts[bin - lag])
              sum += kernels.inhibitory[channel, lag] * Double(counts[bins - 1 - bin + lag])
            }
            #expect(abs(potential[channel, bin - transient] - sum) <= 1e-13)
          }
        }
      }
    }
  }
}
