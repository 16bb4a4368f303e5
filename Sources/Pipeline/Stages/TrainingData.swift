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

  init(path: String, configuration: StudyConfiguration) throws {
    let reader = try DatasetReader(checked: path)
    let description = reader.description
    let rows = try reader.rows()
    try reader.close()
    let targets = ParameterBox(configuration.training.targetBox)
    let targetBox = try ParameterBox(
      description.box.dimensions.map { dimension in
        guard let target = targets.dimensions.first(where: { $0.key == dimension.key }) else {
          throw EstimatorError.otherParameters(
            file: path, expected: targets.dimensions.map(\.key), actual: description.box.dimensions.map(\.key)
          )
        }
        return target
      })
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
