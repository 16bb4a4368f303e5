import ConvolutionalNetwork
import RandomStreams
import SpectralAnalysis

/// Inputs of a network from spectra of field potentials that are recorded anew in every epoch: what is stored of a sample are
/// densities in mV²/Hz, [frequency][channel], and what the network sees is a recording of them, normalised.
public struct MeasuredInputs: InputAugmentation {
  private let measurement: SpectralMeasurement
  private let normaliser: SpectrumNormaliser
  /// Of each input [channel][frequency], what is subtracted from its logarithm, and what it is multiplied with.
  private let means, factors: [Float]
  private let floor: Float
  private let isRatio: Bool

  /// Inputs as `normaliser` makes them, of logarithms.
  public init(_ measurement: SpectralMeasurement, _ normaliser: SpectrumNormaliser) {
    self.measurement = measurement
    self.normaliser = normaliser
    switch normaliser {
    case .channelPower: preconditionFailure("noise is for logarithms")
    case .logarithm(let mean, let deviation, let floor),
      .logarithmicRatio(let mean, let deviation, let floor):
      means = mean.map(Float.init)
      factors = deviation.map { Float(1 / $0) }
      self.floor = floor > 0 ? Float(floor) : SpectrumNormaliser.leastDensity
    }
    if case .logarithmicRatio = normaliser { isRatio = true } else { isRatio = false }
  }

  /// Number of inputs of a sample.
  public var inputCount: Int { measurement.channels * measurement.frequencies }

  /// Replaces densities by inputs.
  public func apply(to inputs: UnsafeMutablePointer<Float>, stride: Int, key: StreamKey) {
    let (channels, frequencies) = (measurement.channels, measurement.frequencies)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: inputCount + 8) { values in
      let values = values.baseAddress!
      for channel in 0..<channels {
        for frequency in 0..<frequencies {
          values[channel * frequencies + frequency] = inputs[(frequency * channels + channel) * stride]
        }
      }
      measurement.record(values, key: key)
      for i in inputCount..<inputCount + 8 { values[i] = 1 }
      for i in Swift.stride(from: 0, to: inputCount, by: 8) {
        let place = UnsafeMutableRawPointer(values + i)
        let logarithms = (place.loadUnaligned(as: SIMD8<Float>.self) + floor).decadicLogarithms
        place.storeBytes(of: logarithms, as: SIMD8<Float>.self)
      }
      for channel in (0..<channels).reversed() {
        for frequency in 0..<frequencies {
          let i = channel * frequencies + frequency
          let value = isRatio && channel > 0 ? values[i] - values[i - frequencies] : values[i]
          inputs[(frequency * channels + channel) * stride] = (value - means[i]) * factors[i]
        }
      }
    }
  }
}

extension SpectralMeasurement {
  /// Recordings of spectra [sample][channel][frequency], each with its own key.
  package func recorded(_ spectra: [Float], keys: (Int) -> StreamKey) -> [Float] {
    var result = spectra
    let count = channels * frequencies
    result.withUnsafeMutableBufferPointer { values in
      for sample in 0..<values.count / count {
        record(values.baseAddress! + sample * count, key: keys(sample))
      }
    }
    return result
  }
}

extension SIMD8<Float> {
  /// Decadic logarithms of positive normal numbers, to 2e-7 of the logarithm or of 1, whichever is larger.
  @inline(__always)
  fileprivate var decadicLogarithms: Self {
    let bits = unsafeBitCast(self, to: SIMD8<Int32>.self)
    // A mantissa in [√½, √2).
    let offset = bits &- 0x3f35_04f3
    let exponent = SIMD8<Float>(offset &>> 23)
    let mantissa = unsafeBitCast((offset & 0x007f_ffff) &+ 0x3f35_04f3, to: Self.self)
    // ln m = 2 artanh(s) with s = (m − 1)/(m + 1).
    let s = (mantissa - 1) / (mantissa + 1)
    let q = s * s
    var series = Self(repeating: 1 / 9)
    for coefficient: Float in [1 / 7, 1 / 5, 1 / 3, 1] { series = coefficient + q * series }
    let fraction = 0.868_588_96 * s * series
    return 0.301_029_996 * exponent + fraction
  }
}
