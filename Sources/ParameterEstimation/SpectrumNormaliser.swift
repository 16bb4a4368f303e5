import Foundation

/// Turns spectra into inputs of the network, [sample][channel][frequency] → [sample][frequency][channel].
public enum SpectrumNormaliser: Sendable, Equatable {
  /// Each channel divided by the mean over the training samples of its power summed over frequencies (Skaar et al.
  /// 2020, "Estimation of network parameters"). Divisors in mV²/Hz, [channel].
  case channelPower(scale: [Double])
  /// Decadic logarithms of densities in mV²/Hz, less their mean over the training samples, divided by their standard
  /// deviation, both [channel][frequency].
  case logarithm(mean: [Double], standardDeviation: [Double])

  /// How inputs are made from spectra, before anything is fitted.
  public enum Kind: String, Sendable, CaseIterable {
    /// Power, scaled by channel: the paper's.
    case power
    /// Standardised logarithms of power: large and small densities count alike.
    case logarithm = "log_power"
  }

  /// Densities below this count as this much, in mV²/Hz; a network that fires is far above.
  static let leastDensity: Float = 1e-30

  /// Fits to training spectra, [sample][channel][frequency]; there must be at least one sample.
  public init(_ kind: Kind, fittedTo spectra: [Float], channels: Int, frequencies: Int) {
    let stride = channels * frequencies
    let samples = spectra.count / stride
    precondition(samples > 0 && spectra.count == samples * stride, "whole samples, at least one")
    switch kind {
    case .power:
      self = .channelPower(
        scale: (0..<channels).map { channel in
          var sum = 0.0
          for sample in 0..<samples {
            let first = sample * stride + channel * frequencies
            for value in spectra[first..<(first + frequencies)] { sum += Double(value) }
          }
          return sum / Double(samples)
        })
    case .logarithm:
      var mean = [Double](repeating: 0, count: stride)
      var square = mean
      for (i, value) in spectra.enumerated() { mean[i % stride] += Self.logarithm(value) / Double(samples) }
      for (i, value) in spectra.enumerated() {
        let difference = Self.logarithm(value) - mean[i % stride]
        square[i % stride] += difference * difference / Double(samples)
      }
      // Where all samples agree there is nothing to scale.
      self = .logarithm(mean: mean, standardDeviation: square.map { $0 > 1e-12 ? $0.squareRoot() : 1 })
    }
  }

  /// The network's inputs from spectra of `channels` channels with `frequencies` densities each.
  public func inputs(_ spectra: [Float], channels: Int, frequencies: Int) -> [Float] {
    let stride = channels * frequencies
    precondition(spectra.count % stride == 0, "whole samples")
    var inputs = [Float](repeating: 0, count: spectra.count)
    for sample in 0..<(spectra.count / stride) {
      for channel in 0..<channels {
        for frequency in 0..<frequencies {
          let position = channel * frequencies + frequency
          let value = spectra[sample * stride + position]
          inputs[sample * stride + frequency * channels + channel] =
            switch self {
            case .channelPower(let scale): value / Float(scale[channel])
            case .logarithm(let mean, let standardDeviation):
              Float((Self.logarithm(value) - mean[position]) / standardDeviation[position])
            }
        }
      }
    }
    return inputs
  }

  private static func logarithm(_ density: Float) -> Double { log10(Double(max(density, leastDensity))) }
}
