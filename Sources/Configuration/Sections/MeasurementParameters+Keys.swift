import SpectralAnalysis
import Yams

extension MeasurementParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("noise_uV", \.noise),
      ConfigurationKey("noise_of_rms", \.relativeNoise),
      ConfigurationKey("background_uV", \.background),
      ConfigurationKey("mains_uV", \.mains),
      ConfigurationKey("mains_Hz", \.mainsFrequency),
      ConfigurationKey("mains_harmonics", \.mainsHarmonics),
      ConfigurationKey("gain_dB", \.gain),
      ConfigurationKey("channel_gain_dB", \.channelGain),
      ConfigurationKey("high_pass_Hz", \.highPass),
      ConfigurationKey("high_pass_order", \.highPassOrder),
      ConfigurationKey("low_pass_Hz", \.lowPass),
      ConfigurationKey("low_pass_order", \.lowPassOrder),
      ConfigurationKey("converter_step_uV", \.converterStep),
      ConfigurationKey("reference", \.reference),
      ConfigurationKey("realisation", \.realisation),
    ]
  }
}

extension Reference: ConfigurationChoice {}

/// A level, written as a number or as `[lower, upper]`.
extension Level: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if node.sequence != nil {
      guard let range = ClosedRange<Double>(node, at: keyPath, by: reader, isStretch: true) else {
        return nil
      }
      self.init(range)
    } else {
      guard let value = Double(node, at: keyPath, by: reader) else { return nil }
      self.init(value)
    }
  }

  package var canonical: CanonicalYAML {
    lower == upper ? lower.canonical : .list([lower.canonical, upper.canonical])
  }
}
