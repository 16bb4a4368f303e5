/// The section `split`: which share of a data set is kept from training. The rest is trained on.
public struct SplitConfiguration: Sendable, Equatable {
  /// Share that only the final evaluation sees.
  public var testFraction = 0.2
  /// Share on which the best epoch is chosen.
  public var validationFraction = 0.08

  /// Of 50,000 samples, 10,000 for testing as in the paper and 4,000 of the others for validation.
  public init() {}
}

extension SplitConfiguration: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("test_fraction", \.testFraction, .partialFraction),
      ConfigurationKey("validation_fraction", \.validationFraction, .partialFraction),
    ]
  }

  /// The rules that take more than one key, or the number of samples.
  package func inconsistencies(samples: Int, selection: TrainingConfiguration.Selection)
    -> [ConfigurationProblem]
  {
    var rules = ConsistencyRules()
    let test = "split.test_fraction"
    let validation = "split.validation_fraction"
    let training = 1 - testFraction - validationFraction
    // The sum of decimal fractions is rounded: what is left may be 1e-17 where nothing is meant.
    rules.require(
      training > 1e-9, test, with: [validation], "leaves nothing for training",
      got: "\(testFraction.canonical.flow) + \(validationFraction.canonical.flow)",
      expected: "test_fraction + validation_fraction < 1")
    for (key, fraction) in [(test, testFraction), (validation, validationFraction)] {
      rules.require(
        fraction == 0 || fraction * Double(samples) >= 1, key, with: ["sampling.samples"],
        "is less than one sample", got: fraction,
        expected: "0 or at least 1 / samples = \((1 / Double(samples)).canonical.flow)")
    }
    rules.require(
      training <= 1e-9 || training * Double(samples) >= 1, "sampling.samples",
      with: [test, validation], "is too small for the split", got: samples,
      expected: "at least one sample for training")
    let (selected, fraction) =
      selection == .validation ? (validation, validationFraction) : (test, testFraction)
    rules.require(
      fraction > 0, selected, with: ["training.selection"],
      "leaves no sample to select the best epoch on", got: fraction,
      expected: "more than 0 with selection: \(selection.rawValue)")
    return rules.broken
  }
}
