import ParameterChecks

/// Which shares of a data set are kept from training: the section `split` of a configuration. The rest is trained on.
public struct SplitParameters: Sendable, Equatable {
  /// Share that only the final evaluation sees.
  public var testFraction = 0.2
  /// Share on which the best epoch is chosen.
  public var validationFraction = 0.08

  /// Of 50,000 samples, 10,000 for testing as in Skaar et al. 2020 and 4,000 of the others for validation.
  public init() {}

  /// The given shares of all samples.
  public init(testFraction: Double, validationFraction: Double) {
    self.testFraction = testFraction
    self.validationFraction = validationFraction
  }

  /// Whether the data set is made only to be tested on.
  public var isTestOnly: Bool { testFraction == 1 }

  /// Notes everything that is wrong with a split of so many samples.
  public func check(_ rules: inout ParameterRules, samples: Int) {
    let (test, validation) = ("split.test_fraction", "split.validation_fraction")
    rules.require(testFraction, in: 0...1, test)
    rules.require(
      validationFraction >= 0 && validationFraction < 1, validation, validationFraction,
      "a number not less than 0 and less than 1")
    let training = 1 - testFraction - validationFraction
    // The sum of decimal fractions is rounded: what is left may be 1e-17 where nothing is meant.
    rules.require(
      training > 1e-9 || (isTestOnly && validationFraction == 0), test, with: [validation],
      "leaves nothing for training", got: "\(testFraction) + \(validationFraction)",
      expected: "test_fraction + validation_fraction < 1, or 1 and 0 for a data set to be tested on only")
    for (key, fraction) in [(test, testFraction), (validation, validationFraction)] {
      rules.require(
        fraction == 0 || fraction * Double(samples) >= 1, key, with: ["sampling.samples"],
        "is less than one sample", got: fraction,
        expected: "0 or at least 1 / samples = \(1 / Double(samples))")
    }
    rules.require(
      training <= 1e-9 || training * Double(samples) >= 1, "sampling.samples", with: [test, validation],
      "is too small for the split", got: samples, expected: "at least one sample for training")
  }
}
