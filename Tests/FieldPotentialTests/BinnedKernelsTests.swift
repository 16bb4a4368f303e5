import FieldPotential
import Foundation
import SpectralAnalysis
import Testing

/// Potentials from histograms finer than their samples.
@Suite("Bins finer than samples")
struct BinnedKernelsTests {
  private static let shared = Result {
    var parameters = KernelParameters()
    parameters.contacts = [Contact(z: 0), Contact(z: -200), Contact(z: -400), Contact(z: -500)]
    (parameters.heightSamples, parameters.orientationSamples) = (5, 20)
    return try FieldKernels(parameters: parameters)
  }
  private let kernels: FieldKernels

  init() throws { kernels = try Self.shared.get() }

  private func binned(_ count: Int) -> BinnedKernels {
    kernels.binned(perSample: count, filter: LowPassFilter.beforeDecimation(by: count).taps)
  }

  /// Spike counts without any pattern, from a linear congruence.
  private static func counts(_ bins: Int, seed: UInt32) -> [UInt32] {
    var state = seed
    return (0..<bins).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return state >> 27
    }
  }

  private static func convolution(_ x: [Double], _ y: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: x.count + y.count - 1)
    for (i, value) in x.enumerated() where value != 0 {
      for (j, tap) in y.enumerated() { result[i + j] += value * tap }
    }
    return result
  }

  /// The kernel at multiples of a bin of some steps of the fine grid: its mean over the bin, which it is linear between
  /// the steps in for even numbers of them.
  private static func kernel(_ fine: [Double], steps: Int) -> [Double] {
    let weights =
      steps.isMultiple(of: 2)
      ? [0.5] + [Double](repeating: 1, count: steps - 1) + [0.5] : [Double](repeating: 1, count: steps)
    return stride(from: 0, to: fine.count - fine.count % steps, by: steps).map { centre in
      weights.enumerated().reduce(0) { sum, weight in
        let step = centre + weight.offset - weights.count / 2
        return fine.indices.contains(step) ? sum + weight.element * fine[step] / Double(steps) : sum
      }
    }
  }

  /// The filtered potential of one contact in every bin, by sums as they are written down.
  private func everyBin(
    _ e: [UInt32], _ i: [UInt32], channel: Int, perSample: Int, filter: [Double], efficacy: Double, g: Double
  ) -> [Double] {
    let steps = kernels.parameters.stepsPerBin / perSample
    let fromE = Self.kernel(Array(kernels.fineExcitatory[channel: channel]), steps: steps)
    let fromI = Self.kernel(Array(kernels.fineInhibitory[channel: channel]), steps: steps)
    let potential = zip(
      Self.convolution(e.map(Double.init), fromE), Self.convolution(i.map(Double.init), fromI)
    ).map { efficacy * $0 + g * efficacy * $1 }
    return Self.convolution(potential, filter)
  }

  @Test("The potential is that of every bin, filtered, in the middle of each sample", arguments: [2, 5, 10])
  func everyBin(perSample: Int) {
    let filter = LowPassFilter.beforeDecimation(by: perSample).taps
    let samples = 230
    let (e, i) = (
      Self.counts(samples * perSample, seed: 1), Self.counts(samples * perSample, seed: 2)
    )
    let binned = binned(perSample)
    #expect(binned.binsPerSample == perSample && binned.delay == 22)
    let potential = binned.fieldPotential(excitatory: e, inhibitory: i, efficacy: 0.2, relativeInhibition: 5)
    #expect(potential.sampleCount == samples && potential.channelCount == 4)
    for channel in 0..<4 {
      let every = everyBin(
        e, i, channel: channel, perSample: perSample, filter: filter, efficacy: 0.2, g: 5)
      let expected = (0..<samples).map { every[$0 * perSample + perSample / 2] }
      // Rounding of some thousand terms.
      let largest = expected.map(abs).max() ?? 0
      #expect(zip(potential[channel: channel], expected).allSatisfy { abs($0 - $1) <= 1e-11 * largest })
    }
    let rest = binned.fieldPotential(
      excitatory: e, inhibitory: i, efficacy: 0.2, relativeInhibition: 5, after: 37)
    #expect(rest == potential.dropFirst(37))
  }

  /// The spectrum of a series at a frequency in Hz, of samples 1 ms apart of which the first `delay` are the filter's.
  private static func spectrum(
    _ series: some Sequence<Double>, _ frequency: Double, delay: Int
  ) -> (Double, Double) {
    var (real, imaginary) = (0.0, 0.0)
    for (k, value) in series.enumerated() {
      let angle = -2 * .pi * frequency * Double(k - delay) / 1000
      real += value * cos(angle)
      imaginary += value * sin(angle)
    }
    return (real, imaginary)
  }

  @Test("Below 400 Hz the potential is that of a sharper filter at 10 kHz", arguments: [0, 3, 5, 9])
  func againstSharperFilter(bin: Int) {
    // One spike of each population, so that the spectrum has no gaps; sums follow because all is linear.
    var (e, i) = ([UInt32](repeating: 0, count: 4000), [UInt32](repeating: 0, count: 4000))
    (e[bin], i[bin + 14]) = (1, 1)
    // Flat to 456 Hz, 160 dB down from 544 Hz on.
    let sharp = LowPassFilter(cutoff: 0.05, halfLength: 600, attenuation: 160)
    let potential = binned(10).fieldPotential(
      excitatory: e, inhibitory: i, efficacy: 0.2, relativeInhibition: 5)
    for channel in 0..<4 {
      let every = everyBin(e, i, channel: channel, perSample: 10, filter: sharp.taps, efficacy: 0.2, g: 5)
      let expected = stride(from: 5, to: every.count, by: 10).map { every[$0] }
      let spectra = stride(from: 0.0, through: 400, by: 2).map { frequency in
        let (r, i) = Self.spectrum(potential[channel: channel], frequency, delay: 22)
        let (a, b) = Self.spectrum(expected, frequency, delay: 60)
        return (
          frequency: frequency, error: ((r - a) * (r - a) + (i - b) * (i - b)).squareRoot(),
          amplitude: (a * a + b * b).squareRoot()
        )
      }
      for (frequency, error, amplitude) in spectra {
        #expect(error <= 1e-6 * amplitude, "contact \(channel), \(frequency) Hz")
      }
    }
  }

  @Test("Spikes at 667 Hz appear at 333 Hz in bins of 1 ms and not in bins of 0.1 ms")
  func aliasing() {
    let samples = 1500
    let fine = (0..<samples * 10).map { UInt32($0 % 15 == 0 ? 100 : 0) }
    let coarse = (0..<samples).map { fine[$0 * 10..<$0 * 10 + 10].reduce(0, +) }
    let silence = { (bins: Int) in [UInt32](repeating: 0, count: bins) }
    let folded = kernels.fieldPotential(
      excitatory: coarse, inhibitory: silence(samples), efficacy: 0.1, relativeInhibition: 5)
    let filtered = binned(10).fieldPotential(
      excitatory: fine, inhibitory: silence(samples * 10), efficacy: 0.1, relativeInhibition: 5)
    for channel in 0..<4 {
      // 400 periods, after the beginning.
      func amplitude(_ potential: ChannelSeries) -> Double {
        let (a, b) = Self.spectrum(potential[channel: channel].dropFirst(300), 1000 / 3.0, delay: 0)
        return (a * a + b * b).squareRoot() / 600
      }
      let (wrong, rest) = (amplitude(folded), amplitude(filtered))
      // The mean of the potential says what is large.
      let mean = abs(folded[channel: channel].dropFirst(300).reduce(0, +) / 1200)
      #expect(wrong > 1e-3 * mean, "contact \(channel)")
      #expect(rest < 1e-5 * wrong, "contact \(channel)")
    }
  }

  @Test("Wider bins differ little from those of 0.1 ms", arguments: [(5, 0.012, 0.005), (2, 0.04, 0.02)])
  func widths(perSample: Int, amplitude: Double, power: Double) throws {
    let samples = 2000
    let fine = (Self.counts(samples * 10, seed: 3), Self.counts(samples * 10, seed: 4))
    func summed(_ counts: [UInt32], by width: Int) -> [UInt32] {
      stride(from: 0, to: counts.count, by: width).map { counts[$0..<$0 + width].reduce(0, +) }
    }
    func potential(_ count: Int) -> ChannelSeries {
      binned(count).fieldPotential(
        excitatory: summed(fine.0, by: 10 / count), inhibitory: summed(fine.1, by: 10 / count), efficacy: 0.1,
        relativeInhibition: 5, after: 130)
    }
    let (wide, narrow) = (potential(perSample), potential(10))
    let welch = try Welch(segmentLength: 300, samplingRate: 1000)
    for channel in 0..<4 {
      let (x, y) = (Array(wide[channel: channel]), Array(narrow[channel: channel]))
      let mean = y.reduce(0, +) / Double(y.count)
      let error = zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let size = y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      #expect((error / size).squareRoot() < amplitude)
      let densities = try (welch.powerSpectralDensity(of: x), welch.powerSpectralDensity(of: y))
      // To 200 Hz, where counts without memory still have little that folds down.
      let ratio = (1...60).reduce(0) { $0 + densities.0[$1] / densities.1[$1] } / 60
      #expect(abs(ratio - 1) < power)
    }
  }
}
