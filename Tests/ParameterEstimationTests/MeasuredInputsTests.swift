import Configuration
import ConvolutionalNetwork
import Foundation
import ParameterEstimation
import RandomStreams
import SpectralAnalysis
import TestSupport
import Testing

@Suite struct MeasuredInputsTests {
  private static let (channels, bins) = (6, Array(1...37))
  private static var count: Int { channels * bins.count }
  private let key = StreamKey(seed: 3)

  /// Densities of some samples in mV²/Hz, [sample][channel][frequency], falling with frequency.
  private let spectra: [Float] = {
    var stream = StreamKey(seed: 2).generator()
    return (0..<20 * count).map { position in
      let frequency = Double(position % bins.count + 1)
      return Float(1e-7 * exp(stream.standardNormal()) / (frequency * frequency))
    }
  }()

  private func measurement(_ change: (inout MeasurementParameters) -> Void = { _ in }) throws
    -> SpectralMeasurement
  {
    var parameters = MeasurementParameters()
    parameters.noise = Level(0.2...2)
    (parameters.gain, parameters.channelGain) = (3, 1)
    change(&parameters)
    return SpectralMeasurement(
      parameters, welch: try Welch(segmentLength: 300, samplingRate: 1000), samples: 2850, bins: Self.bins,
      contacts: Self.channels, reference: .none)
  }

  private func normaliser(_ input: SpectrumInput, floor: Double, _ measurement: SpectralMeasurement)
    -> SpectrumNormaliser
  {
    SpectrumNormaliser(
      input, floor: floor,
      fittedTo: measurement.recorded(spectra) { StreamKey(seed: 9).derived(.init("fit"), UInt64($0)) },
      channels: Self.channels, frequencies: Self.bins.count)
  }

  /// Densities as training stores them.
  private func stored(_ sample: Int) -> [Float] {
    SpectrumNormaliser.channelPower(scale: Array(repeating: 1, count: Self.channels)).inputs(
      Array(spectra[sample * Self.count..<(sample + 1) * Self.count]), channels: Self.channels,
      frequencies: Self.bins.count)
  }

  private func applied(_ inputs: MeasuredInputs, to values: [Float], key: StreamKey) -> [Float] {
    var values = values
    values.withUnsafeMutableBufferPointer { inputs.apply(to: $0.baseAddress!, stride: 1, key: key) }
    return values
  }

  @Test(
    "inputs are those of the recorded densities",
    arguments: [SpectrumInput.logarithm, .logarithmicRatio], [0, 2e-12])
  func values(input: SpectrumInput, floor: Double) throws {
    let measurement = try measurement()
    let normaliser = normaliser(input, floor: floor, measurement)
    let inputs = MeasuredInputs(measurement, normaliser)
    #expect(inputs.inputCount == Self.count)
    for sample in 0..<20 {
      let key = key.derived(.init("sample"), UInt64(sample))
      let spectrum = Array(spectra[sample * Self.count..<(sample + 1) * Self.count])
      let expected = normaliser.inputs(
        measurement.recorded(spectrum) { _ in key }, channels: Self.channels, frequencies: Self.bins.count)
      let values = applied(inputs, to: stored(sample), key: key)
      // Single precision of logarithms near -10, by deviations down to 0.1.
      let deviation = zip(values, expected).map { abs($0 - $1) }.max() ?? .infinity
      #expect(deviation < 1e-5)
    }
  }

  @Test("logarithms are right over the whole range of densities")
  func logarithms() throws {
    // Nothing is measured but a converter's step too fine to matter: densities stay as they are.
    let measurement = try measurement {
      $0 = MeasurementParameters()
      $0.highPass = 1e-9
    }
    let mean = [Double](repeating: 0, count: Self.count)
    let normaliser = SpectrumNormaliser.logarithm(
      mean: mean, standardDeviation: mean.map { _ in 1 }, floor: 1e-29)
    let inputs = MeasuredInputs(measurement, normaliser)
    for exponent in stride(from: -28.0, through: 20, by: 0.0371) {
      let density = Float(pow(10, exponent))
      let values = applied(inputs, to: [Float](repeating: density, count: Self.count), key: key)
      let expected = Float(log10(Double(density) + 1e-29))
      #expect(values.allSatisfy { abs($0 - expected) <= 3e-7 * max(1, abs(expected)) })
    }
    // Silence is the floor.
    let silent = applied(inputs, to: [Float](repeating: 0, count: Self.count), key: key)
    #expect(silent.allSatisfy { abs($0 + 29) < 1e-5 })
  }

  @Test("equal keys give equal inputs, others other noise")
  func keys() throws {
    let measurement = try measurement()
    let inputs = MeasuredInputs(measurement, normaliser(.logarithm, floor: 0, measurement))
    let first = applied(inputs, to: stored(0), key: key)
    #expect(applied(inputs, to: stored(0), key: key) == first)
    let other = applied(inputs, to: stored(0), key: key.derived(.init("next epoch")))
    #expect(zip(first, other).allSatisfy { $0 != $1 })
  }

  @Test("inputs lie as far apart as they are said to, and nothing between them changes", arguments: [2, 8])
  func strides(stride: Int) throws {
    let measurement = try measurement()
    let inputs = MeasuredInputs(measurement, normaliser(.logarithmicRatio, floor: 1e-12, measurement))
    let expected = applied(inputs, to: stored(4), key: key)
    for offset in [0, stride - 1] {
      var block = [Float](repeating: -7, count: Self.count * stride)
      for (i, value) in stored(4).enumerated() { block[i * stride + offset] = value }
      block.withUnsafeMutableBufferPointer {
        inputs.apply(to: $0.baseAddress! + offset, stride: stride, key: key)
      }
      for i in block.indices {
        #expect(block[i] == (i % stride == offset ? expected[i / stride] : -7))
      }
    }
  }
}
