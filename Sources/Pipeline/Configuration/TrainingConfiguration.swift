import ParameterEstimation

/// The section `training`: how the estimator is trained. Adam after Kingma & Ba 2015
/// (arXiv:1412.6980).
public struct TrainingConfiguration: Sendable, Equatable {
  /// Architectures of the estimator.
  public enum Preset: String, Sendable, CaseIterable {
    /// The convolutional network of the paper.
    case paper
  }

  /// The set on which the best epoch is chosen.
  public enum Selection: String, Sendable, CaseIterable {
    /// The validation set: the error on the test set stays unbiased.
    case validation
    /// The test set, as in the paper; the validation set is trained on as well. The error on the
    /// test set is then optimistic.
    case test
  }

  /// Architecture of the estimator.
  public var preset = Preset.paper
  /// How the network's inputs are made from spectra.
  public var input = SpectrumNormaliser.Kind.power
  /// Number of passes through the training set.
  public var epochs = 400
  /// Number of samples per step of the optimiser.
  public var batchSize = 100
  /// Step size of Adam.
  public var learningRate = 0.001
  /// Decay rate of Adam's mean of gradients.
  public var beta1 = 0.9
  /// Decay rate of Adam's mean of squared gradients.
  public var beta2 = 0.999
  /// What Adam adds to the root of the mean of squared gradients.
  public var epsilon = 1.0e-8
  /// The set on which the best epoch is chosen.
  public var selection = Selection.validation
  /// The ranges that are mapped to [0, 1] for training and in which errors are expressed, whatever
  /// box was sampled. Parameters that the data set does not vary are ignored.
  public var targetBox = ParameterRanges.fullBox
  /// The parameters to estimate, of those that the data set varies.
  public var parameters = EstimatedParameters.all
  /// How many samples of the training set are used, the first ones by index: smaller numbers give subsets of
  /// larger ones.
  public var samples = Portion.all

  /// The training of the paper, except that the best epoch is chosen on a validation set.
  public init() {}
}

extension TrainingConfiguration.Preset: ConfigurationChoice {}

extension SpectrumNormaliser.Kind: ConfigurationChoice {}

extension TrainingConfiguration.Selection: ConfigurationChoice {}

extension TrainingConfiguration: ConfigurationSection {
  static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("preset", \.preset),
      ConfigurationKey("input", \.input),
      ConfigurationKey("epochs", \.epochs, .atLeast(1)),
      ConfigurationKey("batch_size", \.batchSize, .atLeast(1)),
      ConfigurationKey("learning_rate", \.learningRate, .positive),
      ConfigurationKey("beta_1", \.beta1, .partialFraction),
      ConfigurationKey("beta_2", \.beta2, .partialFraction),
      ConfigurationKey("epsilon", \.epsilon, .positive),
      ConfigurationKey("selection", \.selection),
      ConfigurationKey("target_box", \.targetBox),
      ConfigurationKey("parameters", \.parameters),
      ConfigurationKey("samples", \.samples),
    ]
  }

  /// The rules that tie the targets to the sampled parameters.
  func inconsistencies(sampled parameters: ParameterRanges) -> [ConfigurationProblem] {
    var rules = ConsistencyRules()
    for name in parameters.names {
      rules.require(
        targetBox[name] != nil, "sampling.parameters.\(name)", with: ["training.target_box"],
        "has no range in training.target_box", got: targetBox.names.joined(separator: ", "),
        expected: "a line \(name): [lower, upper] there")
    }
    for name in self.parameters.names where !parameters.names.contains(name) {
      rules.require(
        false, "training.parameters", with: ["sampling.parameters"], "names what no sample varies", got: name,
        expected: "some of \(parameters.names.joined(separator: ", "))")
    }
    return rules.broken
  }
}
