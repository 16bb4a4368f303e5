/// Scales spectra for the network: each channel is divided by the mean over the training samples of its power
/// summed over frequencies (Skaar et al. 2020, "Estimation of network parameters").
public struct SpectrumNormaliser: Sendable, Equatable {
  /// Divisor of each channel in mV²/Hz.
  public let channelScale: [Double]

  /// Values of a spectrum.
  public let frequencies: Int

  /// A normaliser with known divisors.
  public init(channelScale: [Double], frequencies: Int) {
    self.channelScale = channelScale
    self.frequencies = frequencies
  }

  /// Fits the divisors to training spectra, [sample][channel][frequency]; there must be at least one sample.
  public init(fittedTo spectra: [Float], channels: Int, frequencies: Int) {
    let stride = channels * frequencies
    let samples = spectra.count / stride
    precondition(samples > 0 && spectra.count == samples * stride, "whole samples, at least one")
    self.frequencies = frequencies
    channelScale = (0..<channels).map { channel in
      var sum = 0.0
      for sample in 0..<samples {
        let first = sample * stride + channel * frequencies
        for value in spectra[first..<(first + frequencies)] { sum += Double(value) }
      }
      return sum / Double(samples)
    }
  }

  /// Turns spectra, [sample][channel][frequency], into network inputs, [sample][frequency][channel].
  public func inputs(_ spectra: [Float]) -> [Float] {
    let channels = channelScale.count
    let divisors = channelScale.map(Float.init)
    var inputs = [Float](repeating: 0, count: spectra.count)
    let stride = channels * frequencies
    precondition(spectra.count % stride == 0, "whole samples")
    for sample in 0..<(spectra.count / stride) {
      for channel in 0..<channels {
        for frequency in 0..<frequencies {
          inputs[sample * stride + frequency * channels + channel] =
            spectra[sample * stride + channel * frequencies + frequency] / divisors[channel]
        }
      }
    }
    return inputs
  }
}
