// A small estimator is trained on a data set, which is to be named, and estimates the parameters of its test samples.
import ConvolutionalNetwork
import ParameterEstimation
import ParameterSampling
import RandomStreams
import SimulationData

let path = CommandLine.arguments[1]
let dataset = try DatasetReader(path: path)
let (description, rows) = (dataset.description, try dataset.rows())
func samples(_ part: DatasetSplit) throws -> TrainingSamples {
  try TrainingSamples(rows, split: part, description: description, targetBox: description.box, file: path)
}
let (training, validation, test) = (try samples(.training), try samples(.validation), try samples(.test))

let architecture = try NetworkArchitecture.paper(
  channels: description.contacts.count, width: description.frequencies.count,
  outputs: description.box.count)
let normaliser = SpectrumNormaliser(
  .logarithmicRatio, fittedTo: training.spectra, channels: architecture.input.channels,
  frequencies: architecture.input.positions)
let state = try Trainer(architecture: architecture, epochs: 10, key: StreamKey(seed: 1)).train(
  training: training.sampleSet(normaliser, architecture: architecture),
  validation: validation.sampleSet(normaliser, architecture: architecture))
let estimator = Estimator(
  networks: [try Network(architecture: architecture, parameters: state.bestParameters)],
  normaliser: normaliser, targetBox: description.box, contacts: description.contacts,
  frequencies: description.frequencies)

let estimates = try estimator.estimates(from: test.spectra)
for (index, dimension) in description.box.dimensions.enumerated() {
  print(
    dimension.name, stride(from: index, to: estimates.count, by: description.box.count).map { estimates[$0] })
}
