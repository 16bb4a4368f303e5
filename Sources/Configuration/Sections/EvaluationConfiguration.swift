import ParameterChecks

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
      ConfigurationKey("bootstrap_resamples", \.bootstrapResamples),
      ConfigurationKey("confidence", \.confidence),
    ]
  }

  /// Notes everything that is wrong.
  package func check(_ rules: inout ParameterRules) {
    rules.require(bootstrapResamples, atLeast: 1, "evaluation.bootstrap_resamples")
    rules.require(
      confidence > 0 && confidence < 1, "evaluation.confidence", confidence,
      "a number greater than 0 and less than 1")
  }
}
