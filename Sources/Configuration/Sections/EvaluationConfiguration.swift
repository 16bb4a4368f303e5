/// The section `evaluation`: uncertainty of the reported errors.
public struct EvaluationConfiguration: Sendable, Equatable {
  /// Number of bootstrap resamples behind each interval.
  public var bootstrapResamples = 1_000
  /// Confidence level of the intervals.
  public var confidence = 0.95

  /// Intervals of 95 % from 1000 resamples.
  public init() {}
}

extension EvaluationConfiguration: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("bootstrap_resamples", \.bootstrapResamples, .atLeast(1)),
      ConfigurationKey("confidence", \.confidence, .properFraction),
    ]
  }
}
