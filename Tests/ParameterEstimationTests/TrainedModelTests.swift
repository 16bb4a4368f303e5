import Configuration
import ConvolutionalNetwork
import DatasetSupport
import FieldPotential
import Foundation
import HDF5Storage
import ParameterEstimation
import ParameterSampling
import RandomStreams
import SimulationData
import TestSupport
import Testing

@Suite("Model files")
struct TrainedModelTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("model.h5")
  }

  @Test(
    "what is written is read back",
    arguments: [ExampleModel.power, ExampleModel.logarithm, ExampleModel.ratio],
    [DatasetSplit.validation, .test])
  func roundTrip(normaliser: SpectrumNormaliser, selection: DatasetSplit) throws {
    let model = try ExampleModel.model(normaliser, selection: selection)
    try model.write(to: path)
    let read = try TrainedModel(path: path)
    #expect(read.estimator == model.estimator)
    #expect(read.courses.count == 1)
    #expect(read.courses[0].history.map(\.trainingLoss) == [0.3, 0.1])
    #expect(read.courses[0].history[0].validationLoss == 0.2)
    #expect(read.courses[0].history[1].validationLoss.isNaN)
    #expect(read.courses[0].bestEpoch == 1)
    #expect(read.spectraIdentity == "abc")
    #expect(read.selection == selection)
    #expect(read.configuration == model.configuration)
    #expect(read.softwareVersion == "1.2.3")
  }

  @Test("networks of an ensemble that predict distributions are read back, each in its group")
  func ensemble() throws {
    let model = try ExampleModel.model(ExampleModel.ratio, prediction: .gaussian, members: 3)
    try model.write(to: path)
    let read = try TrainedModel(path: path)
    #expect(read.estimator == model.estimator)
    #expect(read.courses.map { $0.history[0].validationLoss } == [0.2, 1.2, 2.2])
    let root = try HDF5File.open(path).root
    #expect(try root.attributes.read("prediction", as: String.self) == "gaussian")
    #expect(try root.dataset("prediction_width").read() == [0.9, 1.25])
    #expect(try root.dataset("prediction_width").attributes.read("degrees_of_freedom", as: Double.self) == 7)
    #expect(try root.dataset("member_3/weights/dense_1/kernel").shape == [12, 5])
    #expect(try root.dataset("member_3/history/training_loss").shape == [2])
  }

  @Test("mixtures are read back, and their weights and means make the estimates")
  func mixture() throws {
    let model = try ExampleModel.model(ExampleModel.ratio, prediction: .gaussian, components: 3, members: 2)
    try model.write(to: path)
    let estimator = try TrainedModel(path: path).estimator
    #expect(estimator == model.estimator && estimator.architecture.output.count == 18)
    let spectra = (0..<18).map { Float(1 + $0 % 5) }
    let posterior = try #require(try estimator.posteriors(from: spectra)?.first)
    #expect(posterior.components.count == 6 && abs(posterior.weights.reduce(0, +) - 1) < 1e-12)
    #expect(Set(posterior.weights).count == 6)
    #expect(try estimator.estimates(from: spectra) == posterior.mean)
  }

  @Test("shapes of states are read back")
  func stateShapes() throws {
    var model = try ExampleModel.model(ExampleModel.ratio, prediction: .gaussian)
    model.estimator.stateShapes = [
      .synchronousRegular: PredictionShape(widths: [2, 3], degreesOfFreedom: 3),
      .asynchronousIrregular: PredictionShape(widths: [0.5, 1], degreesOfFreedom: nil),
    ]
    try model.write(to: path)
    #expect(try TrainedModel(path: path).estimator == model.estimator)
    let root = try HDF5File.open(path).root
    #expect(try root.dataset("state_shapes/SR/prediction_width").read() == [2.0, 3])
  }

  @Test("normal distributions have infinite degrees of freedom in the file")
  func normalShape() throws {
    var model = try ExampleModel.model(ExampleModel.ratio, prediction: .gaussian)
    model.estimator = Estimator(
      networks: model.estimator.networks, prediction: .gaussian, normaliser: model.estimator.normaliser,
      targetBox: model.estimator.targetBox, contacts: ExampleModel.contacts,
      frequencies: model.estimator.frequencies)
    try model.write(to: path)
    #expect(try TrainedModel(path: path).estimator == model.estimator)
    let widths = try HDF5File.open(path).root.dataset("prediction_width")
    #expect(try widths.attributes.read("degrees_of_freedom", as: Double.self) == .infinity)
  }

  @Test("weights lie under the layers' names, in Keras' shapes")
  func weights() throws {
    try ExampleModel.model().write(to: path)
    let root = try HDF5File.open(path).root
    #expect(try root.dataset("weights/convolution_1/kernel").shape == [3, 2, 4])
    #expect(try root.dataset("weights/convolution_1/bias").shape == [4])
    #expect(try root.dataset("weights/dense_1/kernel").shape == [12, 2])
    #expect(try root.dataset("parameter").read(as: String.self) == ["eta", "J"])
    #expect(try root.dataset("parameter").attributes.read("units", as: [String].self) == ["1", "mV"])
  }

  @Test("an existing file is not overwritten")
  func existing() throws {
    try ExampleModel.model().write(to: path)
    #expect(throws: HDF5Error.fileExists(file: path)) { try ExampleModel.model().write(to: path) }
  }
}
