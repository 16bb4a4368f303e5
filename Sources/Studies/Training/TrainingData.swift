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
  /// Frequencies that the networks see, in Hz.
  let frequencies: [Double]
  let targetBox: ParameterBox
  let architecture: NetworkArchitecture
  /// What the networks are trained on.
  let loss: Loss
  let normaliser: SpectrumNormaliser
  /// What changes inputs in every epoch; nil for nothing.
  let augmentation: (any InputAugmentation)?
  let training: SampleSet
  /// The samples that decide about the best epoch.
  let validation: SampleSet
  /// The same with spectra and parameters in their units.
  let deciding: TrainingSamples
  /// Spectra [sample][channel][frequency] of the first training samples, of which the model knows what is typical.
  let known: [Float]
  let silent: Int
  /// What is unusual about the data.
  let notices: [String]

  /// The most samples that tell what is typical.
  private static let mostKnown = 10_000

  /// Reads a data set. The scratch file lies in the folder `scratch`.
  init(_ dataset: DatasetContents, configuration: StudyConfiguration, scratch: String) throws {
    let (path, description) = (dataset.path, dataset.description)
    let targetBox = try configuration.training.targetBox(for: description, file: path)
    let isPaperLike = configuration.training.selection == .test
    let bins = configuration.training.positions(in: description.frequencies)
    guard !bins.isEmpty else { throw EstimatorError.tooFewFrequencies(file: path, actual: 0) }
    var selected = SelectedSamples(
      dataset, parts: isPaperLike ? [.training, .validation] : [.training], targetBox: targetBox)
    selected.frequencies = bins
    var training = try selected.collected(spectra: false)
    var decisive = SelectedSamples(
      dataset, parts: [isPaperLike ? .test : .validation], targetBox: targetBox)
    decisive.frequencies = bins
    var deciding = try decisive.collected(spectra: true)
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
    let (channels, frequencies) = (description.contacts.count, bins.count)
    self.frequencies = bins.map { description.frequencies[$0] }
    let fitting = try? configuration.training.architecture(
      channels: channels, frequencies: frequencies, parameters: targetBox.dimensions.map(\.key))
    guard let fitting else { throw EstimatorError.tooFewFrequencies(file: path, actual: frequencies) }
    architecture = fitting
    let measurement = try TrainingMeasurement(configuration, description, bins: bins)
    let normaliser = try SpectrumNormaliser(
      configuration.training.input, floor: Study.density(ofWhiteNoise: configuration.training.floor),
      fittedTo: training.count, channels: channels, frequencies: frequencies
    ) { body in
      try selected.forEachBlock { body(measurement?.recorded($0, for: .normalisation) ?? $0.spectra) }
    }
    self.normaliser = normaliser
    var first = selected
    first.limit = min(selected.limit, Self.mostKnown)
    let some = try first.collected(spectra: true)
    known = measurement?.recorded(some, for: .normalisation) ?? some.spectra
    augmentation =
      measurement.map { MeasuredInputs($0.spectral, normaliser) }
      ?? Self.noise(configuration.training, samples: training.count, normaliser, architecture.input)
    // Inputs that are measured in every epoch anew are densities, in the inputs' order.
    let stored = measurement == nil ? normaliser : .channelPower(scale: Array(repeating: 1, count: channels))
    let inputs = try MappedInputs(in: scratch) { append in
      try selected.forEachBlock {
        try append(stored.inputs($0.spectra, channels: channels, frequencies: frequencies))
      }
    }
    if let measurement {
      deciding = deciding.replacingSpectra(measurement.recorded(deciding, for: .validation))
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
    _ training: TrainingConfiguration, samples: Int, _ normaliser: SpectrumNormaliser, _ input: FeatureShape
  ) -> InputNoise? {
    guard training.inputNoise > 0 || training.gainNoise > 0 else { return nil }
    // 10 dB are a decade of power.
    let gain =
      training.gainNoise > 0
      ? normaliser.inputChange(decades: training.gainNoise / 10, channels: input.channels)
      : Array(repeating: 0, count: input.count)
    let independent = training.inputNoise * training.regularisation(forSamples: samples)
    return InputNoise(independent: Array(repeating: Float(independent), count: input.count), common: gain)
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
    let nuisance = description.configuration.values.sampling.nuisance
    let estimated = parameters == .all ? sampled.keys.filter { nuisance[$0] == nil } : parameters.names
    let dimensions = sampled.keys.filter(estimated.contains).compactMap {
      targetBox.dimension($0, sampledFrom: sampled)
    }
    guard dimensions.count == estimated.count else {
      throw .otherParameters(file: file, expected: estimated, actual: sampled.keys)
    }
    return ParameterBox(dimensions)
  }
}
