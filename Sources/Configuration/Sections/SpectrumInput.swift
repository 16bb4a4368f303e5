/// How inputs are made from spectra, before anything is fitted.
public enum SpectrumInput: String, Sendable, CaseIterable {
  /// Power, scaled by channel: the paper's.
  case power
  /// Standardised logarithms of power: large and small densities count alike.
  case logarithm = "log_power"
  /// Standardised logarithms of the first channel's power and of ratios between neighbouring channels.
  case logarithmicRatio = "log_ratio"
}
