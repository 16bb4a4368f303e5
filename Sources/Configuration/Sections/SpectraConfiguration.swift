/// The section `spectra`: Welch's estimate of the power spectral density.
public struct SpectraConfiguration: Sendable, Equatable {
  /// Length of a segment, in ms.
  public var segment = 300
  /// Overlap of consecutive segments, in ms.
  public var overlap = 150

  /// The segments of the paper.
  public init() {}
}

extension SpectraConfiguration: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("segment_ms", \.segment, .atLeast(2)),
      ConfigurationKey("overlap_ms", \.overlap, .atLeast(0)),
    ]
  }

  /// The rules that take more than one key.
  package func inconsistencies() -> [ConfigurationProblem] {
    var rules = ConsistencyRules()
    rules.require(
      overlap < segment, "spectra.overlap_ms", with: ["spectra.segment_ms"],
      "is not shorter than a segment", got: overlap, expected: "less than segment_ms = \(segment)")
    return rules.broken
  }
}
