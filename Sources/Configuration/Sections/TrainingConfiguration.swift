import ConvolutionalNetwork
import ParameterChecks
import ParameterSampling
import SpectralAnalysis
import Yams

/// The section `training`: how the estimator is trained. Adam after Kingma & Ba 2015
/// (arXiv:1412.6980).
public struct TrainingConfiguration: Sendable, Equatable {
  /// Ways of training that are worth a name.
  public enum Preset: String, Sendable, CaseIterable {
    /// The convolutional network of the paper, trained as there.
    case paper
    /// The most accurate of what was tried on spectra without noise: for studies of what spectra hold. It reads what no
    /// electrode can measure. Earlier versions called it `best`.
    case clean
    /// For signals that an electrode can measure: noise, a band, unknown gain, see docs/training.md.
    case recording
  }

  /// Networks that a model may have.
  public static let mostMembers = 1000
  /// Normal distributions that a mixture may have.
  public static let mostComponents = 50

  /// The set on which the best epoch is chosen.
  public enum Selection: String, Sendable, CaseIterable {
    /// The validation set: the error on the test set stays unbiased.
    case validation
    /// The test set, as in the paper; the validation set is trained on as well. The error on the
    /// test set is then optimistic.
    case test
  }

  /// Architecture of the estimator, and what all other keys are by default.
  public var preset = Preset.paper
  /// How the network's inputs are made from spectra.
  public var input = SpectrumInput.power
  /// Whether values or distributions are predicted.
  public var prediction = Prediction.point
  /// How much squared errors of single parameters count.
  public var lossWeights = LossWeights.equal
  /// How much squared errors of the means count beside the likelihood of distributions.
  public var errorWeight = 0.0
  /// Normal distributions of which a predicted one is a mixture.
  public var components = 1
  /// Number of networks that are trained from different weights and averaged.
  public var members = 1
  /// Number of passes through the training set.
  public var epochs = 400
  /// Number of samples per step of the optimiser.
  public var batchSize = 100
  /// Step size of Adam.
  public var learningRate = 0.001
  /// How the step size changes from epoch to epoch.
  public var schedule = LearningRateSchedule.Course.constant
  /// Epochs in which the step size rises from zero.
  public var warmUpEpochs = 0
  /// Decay rate of Adam's mean of gradients.
  public var beta1 = 0.9
  /// Decay rate of Adam's mean of squared gradients.
  public var beta2 = 0.999
  /// What Adam adds to the root of the mean of squared gradients.
  public var epsilon = 1.0e-8
  /// Decoupled decay of all weights, per unit of step size (AdamW).
  public var weightDecay = 0.0
  /// Norm that longer gradients are shortened to; 0 for none.
  public var gradientClipping = 0.0
  /// Decay per step of the moving average of the weights, which is validated and kept; 0 for none.
  public var averaging = 0.0
  /// Standard deviation of noise added to each input of the network, new in every epoch.
  public var inputNoise = 0.0
  /// Number of training samples up to which the decay of weights and the noise of inputs hold as they are; with more, both shrink in
  /// inverse proportion. 0 if they hold for every number.
  public var regularisationSamples = 0
  /// Standard deviation of an unknown gain common to all channels of a sample, new in every epoch, in dB.
  public var gainNoise = 0.0
  /// Epochs without a better one after which training ends; 0 for never.
  public var patience = 0
  /// The set on which the best epoch is chosen.
  public var selection = Selection.validation
  /// The ranges that are mapped to [0, 1] for training and in which errors are expressed.
  public var targetBox = TargetBox.sampled
  /// The frequencies that the networks see.
  public var frequencies = FrequencyBand.all
  /// Ranges in Hz, ends included, of which they see nothing.
  public var excludedFrequencies: [ClosedRange<Double>] = []
  /// What is added to densities before logarithms are taken, as white noise in µV rms.
  public var floor = 0.0
  /// What is made of the data set's spectra, new in every epoch.
  public var measurement = MeasurementParameters()
  /// The parameters to estimate, of those that the data set varies.
  public var parameters = EstimatedParameters.all
  /// How many samples of the training set are used, the first ones by index: smaller numbers give subsets of
  /// larger ones.
  public var samples = Portion.all

  /// The training of the paper, except that the best epoch is chosen on a validation set.
  public init() {}

  /// What the decay of weights and the noise of inputs are multiplied by when there are `count` training samples.
  ///
  /// A decay is a normal prior on the weights; beside the mean loss of n samples, the same prior weighs 1/n.
  package func regularisation(forSamples count: Int) -> Double {
    regularisationSamples > 0 ? min(1, Double(regularisationSamples) / Double(count)) : 1
  }
}

extension TrainingConfiguration.Preset: ConfigurationChoice {
  /// Also reads the name that earlier versions gave to `clean`.
  public init?(rawValue: String) {
    guard let preset = Self.allCases.first(where: { $0.rawValue == rawValue || $0.earlierName == rawValue })
    else {
      return nil
    }
    self = preset
  }

  private var earlierName: String { self == .clean ? "best" : rawValue }

  /// What depends on the name keeps the earlier one.
  package var identity: CanonicalYAML { .text(earlierName) }
}

extension SpectrumInput: ConfigurationChoice {}

extension Prediction: ConfigurationChoice {}

extension LearningRateSchedule.Course: ConfigurationChoice {}

extension TrainingConfiguration.Selection: ConfigurationChoice {}

extension TrainingConfiguration: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("preset", \.preset),
      ConfigurationKey("input", \.input),
      ConfigurationKey("predict", \.prediction),
      ConfigurationKey("loss_weights", \.lossWeights),
      ConfigurationKey("error_weight", \.errorWeight, impliedBefore: 0),
      ConfigurationKey("components", \.components, impliedBefore: 1),
      ConfigurationKey("members", \.members),
      ConfigurationKey("epochs", \.epochs),
      ConfigurationKey("batch_size", \.batchSize),
      ConfigurationKey("learning_rate", \.learningRate),
      ConfigurationKey("schedule", \.schedule),
      ConfigurationKey("warm_up_epochs", \.warmUpEpochs),
      ConfigurationKey("beta_1", \.beta1),
      ConfigurationKey("beta_2", \.beta2),
      ConfigurationKey("epsilon", \.epsilon),
      ConfigurationKey("weight_decay", \.weightDecay),
      ConfigurationKey("gradient_norm", \.gradientClipping),
      ConfigurationKey("averaging", \.averaging),
      ConfigurationKey("input_noise", \.inputNoise),
      ConfigurationKey("gain_noise_dB", \.gainNoise),
      ConfigurationKey("regularisation_samples", \.regularisationSamples, impliedBefore: 0),
      ConfigurationKey("frequencies_Hz", \.frequencies, impliedBefore: .all),
      ConfigurationKey("exclude_frequencies_Hz", \.excludedFrequencies, impliedBefore: []),
      ConfigurationKey("floor_uV", \.floor, impliedBefore: 0),
      ConfigurationKey("measurement", \.measurement, impliedBefore: MeasurementParameters()),
      ConfigurationKey("patience", \.patience),
      ConfigurationKey("selection", \.selection),
      ConfigurationKey("target_box", \.targetBox),
      ConfigurationKey("parameters", \.parameters),
      ConfigurationKey("samples", \.samples),
    ]
  }

  /// Other keys than the preset have the values that it brings for the kind of prediction, wherever both stand. What it brings is
  /// for any number of samples; a decay or noise named beside it holds as it is.
  package mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if let preset: Preset = Self.choice("preset", in: node) {
      self = Self(preset: preset, prediction: Self.choice("predict", in: node) ?? .point)
    }
    // Values that a file names are meant as they are; files of earlier versions name all.
    if let named = node.mapping,
      named.contains(where: { ["weight_decay", "input_noise"].contains($0.key.string) })
    {
      regularisationSamples = 0
    }
    readKeys(node, at: keyPath, by: reader)
  }

  /// What a mapping says for a key; nil if nothing possible.
  package static func choice<Value: RawRepresentable<String>>(_ key: String, in node: Node) -> Value? {
    node.mapping?[key]?.scalar.flatMap { Value(rawValue: $0.string) }
  }

  /// Notes everything that is wrong with the training of an estimator on data of a sampling.
  package func check(_ rules: inout ParameterRules, sampled sampling: SamplingParameters) {
    checkRanges(&rules)
    let box = sampling.drawn
    for name in sampling.box.keys {
      rules.require(
        targetBox.dimension(name, sampledFrom: box) != nil, "sampling.parameters.\(name)",
        with: ["training.target_box"], "has no range in training.target_box", got: targetBox.canonical.flow,
        expected: "a line \(name): [lower, upper] there")
    }
    for name in parameters.names where !box.keys.contains(name) {
      rules.require(
        false, "training.parameters", with: ["sampling.parameters"], "names what no sample varies", got: name,
        expected: "some of \(box.keys.joined(separator: ", "))")
    }
    rules.require(
      prediction == .point || lossWeights == .equal, "training.loss_weights",
      with: ["training.predict"], "does not apply to distributions", got: prediction.rawValue,
      expected: "predict: point, or no weights")
    rules.require(
      prediction == .gaussian || errorWeight == 0, "training.error_weight", with: ["training.predict"],
      "is for distributions", got: prediction.rawValue, expected: "predict: gaussian, or 0")
    rules.require(
      prediction == .gaussian || components == 1, "training.components", with: ["training.predict"],
      "is for distributions", got: prediction.rawValue, expected: "predict: gaussian, or 1")
    rules.require(
      floor == 0 || input != .power, "training.floor_uV", with: ["training.input"],
      "needs logarithms", got: input.rawValue, expected: "input: log_power or log_ratio")
    checkMeasurement(&rules)
    rules.require(
      gainNoise == 0 || input != .power, "training.gain_noise_dB", with: ["training.input"],
      "needs logarithms", got: input.rawValue, expected: "input: log_power or log_ratio")
  }

  /// Rules about what is added to spectra.
  private func checkMeasurement(_ rules: inout ParameterRules) {
    let section = "training.measurement"
    // How many contacts there are matters for references only.
    measurement.check(&rules, section: section, contacts: 2, samplingRate: Study.samplingRate)
    rules.require(
      measurement.reference == .none, "\(section).reference", "is of the data set",
      got: measurement.reference.rawValue, expected: "none here, and measurement.reference for the data set")
    rules.require(
      measurement.relativeNoise == 0, "\(section).noise_of_rms", "cannot be added to spectra",
      got: measurement.relativeNoise, expected: "0 here, and noise_uV")
    rules.require(
      measurement.isClean || input != .power, section, with: ["training.input"], "needs logarithms",
      got: input.rawValue, expected: "input: log_power or log_ratio")
    rules.require(
      measurement.isClean || (inputNoise == 0 && gainNoise == 0), section,
      with: ["training.input_noise", "training.gain_noise_dB"], "replaces other noise", got: inputNoise,
      expected: "input_noise: 0 and gain_noise_dB: 0")
  }

  /// Rules about single values.
  private func checkRanges(_ rules: inout ParameterRules) {
    if case .ranges(let box) = targetBox {
      rules.require(
        box.count > 0, "training.target_box", "is empty", got: "nothing", expected: "at least one parameter")
    }
    for entry in lossWeights.entries {
      rules.requirePositive(entry.weight, "training.loss_weights.\(entry.name)")
    }
    rules.require(components, in: 1...Self.mostComponents, "training.components")
    rules.require(members, in: 1...Self.mostMembers, "training.members")
    rules.require(epochs, atLeast: 1, "training.epochs")
    rules.require(batchSize, atLeast: 1, "training.batch_size")
    rules.requirePositive(learningRate, "training.learning_rate")
    rules.require(warmUpEpochs, atLeast: 0, "training.warm_up_epochs")
    for (key, value) in [("beta_1", beta1), ("beta_2", beta2), ("averaging", averaging)] {
      rules.require(
        value >= 0 && value < 1, "training.\(key)", value, "a number not less than 0 and less than 1")
    }
    rules.requirePositive(epsilon, "training.epsilon")
    for (key, value) in [
      ("error_weight", errorWeight), ("weight_decay", weightDecay), ("gradient_norm", gradientClipping),
      ("input_noise", inputNoise), ("gain_noise_dB", gainNoise),
    ] {
      rules.requireNotNegative(value, "training.\(key)")
    }
    rules.require(regularisationSamples, atLeast: 0, "training.regularisation_samples")
    rules.require(patience, atLeast: 0, "training.patience")
    rules.requireNotNegative(floor, "training.floor_uV")
    if case .range(let band) = frequencies {
      rules.require(
        band.lowerBound >= 0 && band.lowerBound < band.upperBound, "training.frequencies_Hz",
        [band.lowerBound, band.upperBound], "[lower, upper] with 0 <= lower < upper")
    }
  }
}
