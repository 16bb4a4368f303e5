import ParameterChecks
import Statistics

extension BootstrapParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("bootstrap_resamples", \.resamples),
      ConfigurationKey("confidence", \.confidence),
    ]
  }

  /// Notes everything that is wrong.
  package func check(_ rules: inout ParameterRules) {
    rules.require(resamples, atLeast: 1, "evaluation.bootstrap_resamples")
    rules.require(
      confidence > 0 && confidence < 1, "evaluation.confidence", confidence,
      "a number greater than 0 and less than 1")
  }
}
