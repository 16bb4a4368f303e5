import FieldPotential
import Testing

@Suite struct ConvolutionTests {
  private static let shared = Result { try FieldKernels() }
  private let kernels: FieldKernels

  init() throws { kernels = try Self.shared.get() }

  /// Spike counts without any pattern, from a linear congruence.
  private static func counts(_ bins: Int, seed: UInt32) -> [UInt32] {
    var state = seed
    return (0..<bins).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return state >> 22
    }
  }

  @Test("the potential is the causal sum over both populations", arguments: [1, 7, 8, 99, 333])
  func naiveSum(bins: Int) {
    let (e, i) = (Self.counts(bins, seed: 1), Self.counts(bins, seed: 2))
    let potential = kernels.fieldPotential(excitatory: e, inhibitory: i, efficacy: 0.2, relativeInhibition: 5)
    var expected: [Double] = []
    for channel in 0..<kernels.channelCount {
      for bin in 0..<bins {
        var sum = 0.0
        for lag in 0..<min(kernels.lagCount, bin + 1) {
          sum += 0.2 * kernels.excitatory[channel, lag] * Double(e[bin - lag])
          sum += 1.0 * kernels.inhibitory[channel, lag] * Double(i[bin - lag])
        }
        expected.append(sum)
      }
    }
    // Rounding of 200 terms.
    #expect(zip(potential.values, expected).allSatisfy { abs($0 - $1) <= 1e-13 * expected.map(abs).max()! })
  }

  @Test("one spike gives the scaled kernel from its bin on", arguments: [0, 1, 13, 150])
  func impulse(bin: Int) {
    let silence = [UInt32](repeating: 0, count: 200)
    var spike = silence
    spike[bin] = 1
    let afterE = kernels.fieldPotential(
      excitatory: spike, inhibitory: silence, efficacy: 0.1, relativeInhibition: 5)
    let afterI = kernels.fieldPotential(
      excitatory: silence, inhibitory: spike, efficacy: 0.1, relativeInhibition: 5)
    for channel in 0..<kernels.channelCount {
      for k in 0..<200 {
        let lag = k - bin
        let isInside = (0..<kernels.lagCount).contains(lag)
        #expect(afterE[channel, k] == (isInside ? 0.1 * kernels.excitatory[channel, lag] : 0))
        #expect(afterI[channel, k] == (isInside ? 5 * 0.1 * kernels.inhibitory[channel, lag] : 0))
      }
    }
  }

  @Test("nothing in, nothing out; runs repeat bit by bit")
  func repeats() {
    let empty = kernels.fieldPotential(
      excitatory: [], inhibitory: [], efficacy: 1, relativeInhibition: 1)
    #expect(empty.sampleCount == 0 && empty.channelCount == 6)
    let (e, i) = (Self.counts(500, seed: 3), Self.counts(500, seed: 4))
    let runs = (0..<2).map { _ in
      kernels.fieldPotential(excitatory: e, inhibitory: i, efficacy: 0.1, relativeInhibition: 6)
    }
    #expect(runs[0] == runs[1])
  }

  @Test("leading samples can be dropped")
  func dropFirst() {
    let counts = Self.counts(50, seed: 5)
    let whole = kernels.fieldPotential(
      excitatory: counts, inhibitory: counts, efficacy: 1, relativeInhibition: 4)
    let rest = whole.dropFirst(20)
    #expect(rest.sampleCount == 30)
    #expect(Array(rest[channel: 3]) == Array(whole[channel: 3].dropFirst(20)))
  }
}
