import ConvolutionalNetwork
import ParameterEstimation

/// A data set as training takes it: normalised, split, with the network that fits it.
struct TrainingData {
  let description: DatasetDescription
  let targetBox: ParameterBox
  let architecture: NetworkArchitecture
  let normaliser: SpectrumNormaliser
  let training: SampleSet
  /// The samples that decide about the best epoch.
  let validation: SampleSet
  let silent: Int

  init(_ dataset: AnalysedDataset.Contents, configuration: StudyConfiguration) throws {
    let (path, description, rows) = (dataset.path, dataset.description, dataset.rows)
    let targetBox = try configuration.training.targetBox(for: description, file: path)
    func samples(_ split: DatasetSplit) throws -> TrainingSamples {
      try TrainingSamples(rows, split: split, description: description, targetBox: targetBox, file: path)
    }
    var training = try samples(.training)
    var deciding = try samples(.validation)
    if configuration.training.selection == .test {
      training.append(deciding)
      deciding = try samples(.test)
    }
    guard training.count > 0 else { throw EstimatorError.noSamples(file: path, split: "training") }
    if case .first(let limit) = configuration.training.samples {
      guard limit <= training.count else {
        throw EstimatorError.tooFewSamples(file: path, needed: limit, actual: training.count)
      }
      training.keepFirst(limit)
    }
    guard deciding.count > 0 else { throw EstimatorError.noSamples(file: path, split: "validation") }
    self.description = description
    self.targetBox = targetBox
    architecture = try NetworkArchitecture.paper(
      channels: description.channelDepths.count, width: description.frequencies.count,
      outputs: targetBox.count)
    normaliser = SpectrumNormaliser(
      configuration.training.input, fittedTo: training.spectra, channels: description.channelDepths.count,
      frequencies: description.frequencies.count)
    self.training = try training.sampleSet(normaliser, architecture: architecture)
    validation = try deciding.sampleSet(normaliser, architecture: architecture)
    silent = training.silent + deciding.silent
  }
}

extension TrainingConfiguration {
  /// The parameters to estimate from a data set, in its order, with their target ranges; throws
  /// `EstimatorError` if it lacks one, or varies one that has no range.
  func targetBox(for description: DatasetDescription, file: String) throws(EstimatorError) -> ParameterBox {
    let sampled = description.box.dimensions.map(\.key)
    let estimated = parameters == .all ? sampled : parameters.names
    guard estimated.allSatisfy({ sampled.contains($0) && targetBox[$0] != nil }) else {
      throw .otherParameters(
        file: file, expected: parameters == .all ? targetBox.names : parameters.names, actual: sampled)
    }
    return ParameterBox(
      ParameterRanges(sampled.filter(estimated.contains).map { .init($0, targetBox[$0]!) }))
  }
}
