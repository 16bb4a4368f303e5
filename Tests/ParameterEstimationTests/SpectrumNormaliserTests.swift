import Configuration
import Foundation
import ParameterEstimation
import RandomStreams
import Testing

@Suite struct SpectrumNormaliserTests {
  /// Two samples of two channels with three frequencies.
  private let spectra: [Float] = [1, 2, 3, 10, 20, 30, 3, 4, 5, 30, 10, 20]

  @Test("channels are divided by their mean power")
  func power() {
    let normaliser = SpectrumNormaliser(.power, fittedTo: spectra, channels: 2, frequencies: 3)
    // Sums over frequencies are 6 and 12 in one channel, 60 and 60 in the other.
    #expect(normaliser == .channelPower(scale: [9, 60]))
  }

  @Test("inputs are transposed: channels vary fastest")
  func transposition() {
    let normaliser = SpectrumNormaliser.channelPower(scale: [2, 5])
    #expect(
      normaliser.inputs(spectra, channels: 2, frequencies: 3)
        == [0.5, 2, 1, 4, 1.5, 6, 1.5, 6, 2, 2, 2.5, 4])
    #expect(normaliser.inputs([], channels: 2, frequencies: 3) == [])
    let mean = (0..<6).map(Double.init)
    let logarithm = SpectrumNormaliser.logarithm(mean: mean, standardDeviation: mean.map { _ in 0.5 })
    // Logarithms are 0; the means appear where the network expects them.
    #expect(
      logarithm.inputs([Float](repeating: 1, count: 6), channels: 2, frequencies: 3)
        == [0, -6, -2, -8, -4, -10])
  }

  @Test("logarithms have mean 0 and standard deviation 1 at every frequency of every channel")
  func logarithm() throws {
    let spectra: [Float] = [1, 100, 10, 1000, 100, 1, 1000, 10]
    let normaliser = SpectrumNormaliser(.logarithm, fittedTo: spectra, channels: 2, frequencies: 2)
    // Decadic logarithms are 0, 2, 1, 3 and 2, 0, 3, 1.
    guard case .logarithm(let mean, let deviation, _) = normaliser else {
      Issue.record("another kind")
      return
    }
    for (value, expected) in zip(mean, [1.0, 1, 2, 2]) { #expect(abs(value - expected) < 1e-14) }
    for value in deviation { #expect(abs(value - 1) < 1e-14) }
    let inputs = normaliser.inputs(spectra, channels: 2, frequencies: 2)
    for (value, expected) in zip(inputs, [-1, -1, 1, 1, 1, 1, -1, -1] as [Float]) {
      #expect(abs(value - expected) < 1e-6)
    }
  }

  @Test("a frequency at which all samples agree is only shifted")
  func constantFrequency() {
    // Three samples of one channel with two frequencies; the mean of three equal logarithms is rounded.
    let spectra: [Float] = [0.007, 1, 0.007, 10, 0.007, 100]
    let normaliser = SpectrumNormaliser(.logarithm, fittedTo: spectra, channels: 1, frequencies: 2)
    guard case .logarithm(_, let deviation, _) = normaliser else {
      Issue.record("another kind")
      return
    }
    #expect(deviation[0] == 1)
    #expect(abs(deviation[1] - (2.0 / 3).squareRoot()) < 1e-14)
    let inputs = normaliser.inputs([0.007, 10, 0.07, 10], channels: 1, frequencies: 2)
    #expect(abs(inputs[0]) < 1e-6)
    #expect(abs(inputs[2] - 1) < 1e-6)
  }

  @Test("densities that are zero, tiny or negative count as 1e-30 mV²/Hz")
  func tinyDensities() {
    let normaliser = SpectrumNormaliser.logarithm(mean: [-30], standardDeviation: [1])
    let inputs = normaliser.inputs(
      [0, 1e-38, .leastNonzeroMagnitude, -1, 1e-29], channels: 1, frequencies: 1)
    for value in inputs[..<4] { #expect(abs(value) < 1e-6) }
    #expect(abs(inputs[4] - 1) < 1e-5)
    let fitted = SpectrumNormaliser(.logarithm, fittedTo: [0, 1e-35], channels: 1, frequencies: 1)
    guard case .logarithm(let mean, let deviation, _) = fitted else {
      Issue.record("another kind")
      return
    }
    #expect(abs(mean[0] + 30) < 1e-6)
    #expect(deviation == [1])
  }

  @Test(
    "what is not a number stays so, to be found by the network", arguments: SpectrumInput.allCases)
  func notANumber(kind: SpectrumInput) {
    let normaliser = SpectrumNormaliser(kind, fittedTo: spectra, channels: 2, frequencies: 3)
    var altered = spectra
    altered[4] = .nan
    let inputs = normaliser.inputs(altered, channels: 2, frequencies: 3)
    #expect(inputs.indices.filter { inputs[$0].isNaN } == [3])
  }

  @Test("ratios to the channel before have mean 0 and standard deviation 1, the first channel is as it is")
  func ratios() throws {
    // Logarithms of the first channel are 0 and 2, of the second channel's ratio to it 2 and −2.
    let spectra: [Float] = [1, 100, 100, 1]
    let normaliser = SpectrumNormaliser(.logarithmicRatio, fittedTo: spectra, channels: 2, frequencies: 1)
    guard case .logarithmicRatio(let mean, let deviation, _) = normaliser else {
      Issue.record("another kind")
      return
    }
    for (value, expected) in zip(mean + deviation, [1.0, 0, 1, 2]) { #expect(abs(value - expected) < 1e-14) }
    for (value, expected) in zip(
      normaliser.inputs(spectra, channels: 2, frequencies: 1), [-1, 1, 1, -1] as [Float])
    { #expect(abs(value - expected) < 1e-6) }
  }

  @Test("a gain shifts logarithms of power alike, and of ratios those of the first channel only")
  func gain() {
    let spectra: [Float] = [1, 20, 3, 400, 5, 6]
    for kind in [SpectrumInput.logarithm, .logarithmicRatio] {
      let fitted: [Float] = [1, 2, 3, 4, 5, 6, 3, 1, 7, 9, 2, 8]
      let normaliser = SpectrumNormaliser(kind, fittedTo: fitted, channels: 2, frequencies: 3)
      let inputs = normaliser.inputs(spectra, channels: 2, frequencies: 3)
      let louder = normaliser.inputs(spectra.map { 10 * $0 }, channels: 2, frequencies: 3)
      let change = normaliser.inputChange(decades: 1, channels: 2)
      // Single precision of inputs up to 30.
      for i in inputs.indices { #expect(abs(louder[i] - inputs[i] - change[i]) < 1e-5) }
      #expect((change[1] == 0) == (kind == .logarithmicRatio))
    }
  }

  @Test(
    "a fit in blocks of any size has the bits of a fit to all at once",
    arguments: SpectrumInput.allCases)
  func blocks(kind: SpectrumInput) throws {
    var stream = StreamKey(seed: 5).generator()
    // Densities over twelve decades, so that the order of additions counts.
    let spectra = (0..<50 * 6).map { _ in Float(pow(10, stream.uniform(in: -12..<0))) }
    let whole = SpectrumNormaliser(kind, fittedTo: spectra, channels: 2, frequencies: 3)
    for size in [1, 7, 49, 50] {
      let blocks = stride(from: 0, to: 50, by: size).map { Array(spectra[$0 * 6..<min($0 + size, 50) * 6]) }
      let fitted = SpectrumNormaliser(kind, fittedTo: 50, channels: 2, frequencies: 3) { body in
        for block in blocks { body(block) }
      }
      #expect(fitted == whole)
    }
    if case .logarithm(let mean, _, _) = whole {
      // Sample after sample.
      let sums = (0..<6).map { i in (0..<50).reduce(0) { $0 + log10(Double(spectra[$1 * 6 + i])) / 50 } }
      #expect(mean == sums)
    }
    #expect(throws: CancellationError.self) {
      try SpectrumNormaliser(kind, fittedTo: 50, channels: 2, frequencies: 3) { _ in
        throw CancellationError()
      }
    }
  }

  @Test("configurations name the kinds power, log_power and log_ratio")
  func names() {
    #expect(SpectrumInput.allCases.map(\.rawValue) == ["power", "log_power", "log_ratio"])
  }
}
