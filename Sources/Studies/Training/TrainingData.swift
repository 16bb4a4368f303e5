import Configuration
import ConvolutionalNetwork
import Foundation
import ParameterEstimation
import ParameterSampling
import SimulationData
import Statistics

/// A data set as training takes it: normalised, split, with the network that fits it.
///
/// Inputs of training samples lie in a scratch file, so that memory need only hold their targets, and the validation
/// samples.
struct TrainingData {
  let description: DatasetDescription
  let targetBox: ParameterBox
  let architecture: NetworkArchitecture
  /// What the networks are trained on.
  let loss: Loss
  let normaliser: SpectrumNormaliser
  /// Nil for none.
  let inputNoise: InputNoise?
  let training: SampleSet
  /// The samples that decide about the best epoch.
  let validation: SampleSet
  /// The same with spectra and parameters in their units.
  let deciding: TrainingSamples
  let silent: Int
  /// What is unusual about the data.
  let notices: [String]

  /// Reads a data set. The scratch file lies in the folder `scratch`.
  init(_ dataset: DatasetContents, configuration: StudyConfiguration, scratch: String) throws {
    let (path, description) = (dataset.path, dataset.description)
    let targetBox = try configuration.training.targetBox(for: description, file: path)
    let isPaperLike = configuration.training.selection == .test
    var selected = SelectedSamples(
      dataset, parts: isPaperLike ? [.training, .validation] : [.training], targetBox: targetBox)
    var training = try selected.collected(spectra: false)
    let deciding = try SelectedSamples(
      dataset, parts: [isPaperLike ? .test : .validation], targetBox: targetBox
    ).collected(spectra: true)
    guard training.count > 0 else { throw EstimatorError.noSamples(file: path, split: "training") }
    if case .first(let limit) = configuration.training.samples {
      guard limit <= training.count else {
        throw EstimatorError.tooFewSamples(file: path, needed: limit, actual: training.count)
      }
      training.keepFirst(limit)
      selected.limit = limit
    }
    guard deciding.count > 0 else { throw EstimatorError.noSamples(file: path, split: "validation") }
    self.description = description
    self.targetBox = targetBox
    loss = configuration.training.loss(for: targetBox.dimensions.map(\.key))
    let (channels, frequencies) = (description.contacts.count, description.frequencies.count)
    architecture = try configuration.training.architecture(
      channels: channels, frequencies: frequencies, parameters: targetBox.count)
    let normaliser = try SpectrumNormaliser(
      configuration.training.input, fittedTo: training.count, channels: channels, frequencies: frequencies
    ) { body in try selected.forEachBlock { body($0.spectra) } }
    self.normaliser = normaliser
    inputNoise = Self.noise(configuration.training, normaliser, architecture.input)
    let inputs = try MappedInputs(in: scratch) { append in
      try selected.forEachBlock {
        try append(normaliser.inputs($0.spectra, channels: channels, frequencies: frequencies))
      }
    }
    self.training = try SampleSet(
      architecture: architecture, loss: loss, inputs: inputs, targets: training.targets)
    validation = try deciding.sampleSet(normaliser, architecture: architecture, loss: loss)
    self.deciding = deciding
    silent = training.silent + deciding.silent
    notices = Self.notices(training, deciding, targetBox)
  }

  /// The configured noise; nil if there is none.
  private static func noise(
    _ training: TrainingConfiguration, _ normaliser: SpectrumNormaliser, _ input: FeatureShape
  ) -> InputNoise? {
    guard training.inputNoise > 0 || training.gainNoise > 0 else { return nil }
    // 10 dB are a decade of power.
    let gain =
      training.gainNoise > 0
      ? normaliser.inputChange(decades: training.gainNoise / 10, channels: input.channels)
      : Array(repeating: 0, count: input.count)
    return InputNoise(
      independent: Array(repeating: Float(training.inputNoise), count: input.count), common: gain)
  }

  /// Parameters that are distributed differently in the two sets.
  private static func notices(
    _ training: TrainingSamples, _ deciding: TrainingSamples, _ box: ParameterBox
  ) -> [String] {
    box.dimensions.enumerated().compactMap { p, dimension in
      func values(_ samples: TrainingSamples) -> [Double] {
        stride(from: p, to: samples.parameters.count, by: box.count).map { samples.parameters[$0] }
      }
      let test = KolmogorovSmirnov(values(training), values(deciding))
      guard test.probability < 0.001 else { return nil }
      return String(
        format: "%@ is distributed differently in training and validation samples"
          + " (Kolmogorov-Smirnov distance %.2f, p = %.1g)",
        dimension.name, test.distance, test.probability)
    }
  }
}

extension TrainingConfiguration {
  /// The parameters to estimate from a data set, in its order, with their target ranges; throws
  /// `EstimatorError` if it lacks one, or varies one that has no range.
  func targetBox(for description: DatasetDescription, file: String) throws(EstimatorError) -> ParameterBox {
    let sampled = description.box
    let estimated = parameters == .all ? sampled.keys : parameters.names
    let dimensions = sampled.keys.filter(estimated.contains).compactMap {
      targetBox.dimension($0, sampledFrom: sampled)
    }
    guard dimensions.count == estimated.count else {
      throw .otherParameters(file: file, expected: estimated, actual: sampled.keys)
    }
    return ParameterBox(dimensions)
  }
}
