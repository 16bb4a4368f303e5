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

  private static let power = SpectrumNormaliser.channelPower(scale: [2, 0.1])
  private static let logarithm = SpectrumNormaliser.logarithm(
    mean: (0..<18).map { Double($0) / 7 }, standardDeviation: (0..<18).map { Double($0 + 1) / 3 })

  private static let ratio = SpectrumNormaliser.logarithmicRatio(
    mean: (0..<18).map { Double($0) / 5 }, standardDeviation: (0..<18).map { Double($0 + 1) / 9 })

  private func model(
    _ normaliser: SpectrumNormaliser = power, selection: DatasetSplit = .validation,
    prediction: Prediction = .point, components: Int = 1, members: Int = 1
  ) throws -> TrainedModel {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 9, channels: 2),
      layers: [
        .convolution(width: 3, filters: 4, bias: true, activation: .rectifiedLinear), .maxPooling(width: 2),
        .flatten,
        .dense(
          outputs: prediction == .point ? 2 : MixtureHead(targets: 2, components: components).outputCount,
          bias: false, activation: .linear),
      ])
    return TrainedModel(
      estimator: Estimator(
        networks: (0..<members).map {
          Network(architecture: architecture, key: StreamKey(seed: 4 + UInt64($0)))
        },
        prediction: prediction,
        shape: prediction == .gaussian ? PredictionShape(widths: [0.9, 1.25], degreesOfFreedom: 7) : nil,
        normaliser: normaliser,
        targetBox: ParameterBox([
          .init(key: "eta", lower: 1, upper: 3), .init(key: "J_mV", lower: 0.1, upper: 0.4),
        ]),
        contacts: Self.contacts, frequencies: (0..<9).map { Double($0) / 0.3 }),
      courses: (0..<members).map { member in
        .init(
          history: [
            .init(trainingLoss: 0.3, validationLoss: 0.2 + Double(member)),
            .init(trainingLoss: 0.1, validationLoss: .nan),
          ], bestEpoch: 1)
      },
      spectraIdentity: "abc", selection: selection,
      configuration: try StoredConfiguration(yaml: "seed: 1 # η\n", file: ""),
      softwareVersion: "1.2.3")
  }

  private static let contacts = [Contact(z: 0), .init(x: 3, y: 4, z: -150)]

  @Test(
    "what is written is read back", arguments: [Self.power, Self.logarithm, Self.ratio],
    [DatasetSplit.validation, .test])
  func roundTrip(normaliser: SpectrumNormaliser, selection: DatasetSplit) throws {
    let model = try model(normaliser, selection: selection)
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
    let model = try model(Self.ratio, prediction: .gaussian, members: 3)
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
    let model = try model(Self.ratio, prediction: .gaussian, components: 3, members: 2)
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
    var model = try model(Self.ratio, prediction: .gaussian)
    model.estimator.stateShapes = [
      .synchronousRegular: PredictionShape(widths: [2, 3], degreesOfFreedom: 3),
      .asynchronousIrregular: PredictionShape(widths: [0.5, 1], degreesOfFreedom: nil),
    ]
    try model.write(to: path)
    #expect(try TrainedModel(path: path).estimator == model.estimator)
    let root = try HDF5File.open(path).root
    #expect(try root.dataset("state_shapes/SR/prediction_width").read() == [2.0, 3])
  }

  @Test("impossible shapes of distributions are refused", arguments: [2, 3.5, .nan, -1])
  func impossibleShapes(degrees: Double) throws {
    try expectRefusal("the attribute degrees_of_freedom is \(degrees)", prediction: .gaussian) {
      try $0.dataset("prediction_width").attributes.write(degrees, named: "degrees_of_freedom")
    }
    try FileManager.default.removeItem(atPath: path)
    try expectRefusal("prediction_width is [-1.0, 1.0]", prediction: .gaussian) {
      try $0.dataset("prediction_width").write([-1, 1])
    }
  }

  @Test("normal distributions have infinite degrees of freedom in the file")
  func normalShape() throws {
    var model = try model(Self.ratio, prediction: .gaussian)
    model.estimator = Estimator(
      networks: model.estimator.networks, prediction: .gaussian, normaliser: model.estimator.normaliser,
      targetBox: model.estimator.targetBox, contacts: Self.contacts,
      frequencies: model.estimator.frequencies)
    try model.write(to: path)
    #expect(try TrainedModel(path: path).estimator == model.estimator)
    let widths = try HDF5File.open(path).root.dataset("prediction_width")
    #expect(try widths.attributes.read("degrees_of_freedom", as: Double.self) == .infinity)
  }

  @Test("another number of members or kind of prediction is refused")
  func members() throws {
    try expectRefusal("the number of its members is 0") {
      try $0.attributes.write(Int64(0), named: "members")
    }
    try FileManager.default.removeItem(atPath: path)
    try expectRefusal("the attribute prediction is none") {
      try $0.attributes.write("none", named: "prediction")
    }
  }

  @Test("weights lie under the layers' names, in Keras' shapes")
  func weights() throws {
    try model().write(to: path)
    let root = try HDF5File.open(path).root
    #expect(try root.dataset("weights/convolution_1/kernel").shape == [3, 2, 4])
    #expect(try root.dataset("weights/convolution_1/bias").shape == [4])
    #expect(try root.dataset("weights/dense_1/kernel").shape == [12, 2])
    #expect(try root.dataset("parameter").read(as: String.self) == ["eta", "J"])
    #expect(try root.dataset("parameter").attributes.read("units", as: [String].self) == ["1", "mV"])
  }

  @Test("an existing file is not overwritten")
  func existing() throws {
    try model().write(to: path)
    #expect(throws: HDF5Error.fileExists(file: path)) { try model().write(to: path) }
  }

  /// Changes the file, then expects that it is found inconsistent for `reason`.
  private func expectRefusal(
    _ reason: String, normaliser: SpectrumNormaliser = power, prediction: Prediction = .point,
    location: SourceLocation = #_sourceLocation,
    after change: (HDF5Group) throws -> Void
  ) throws {
    try model(normaliser, prediction: prediction).write(to: path)
    let file = try HDF5File.open(path, .readWrite)
    try change(file.root)
    try file.close()
    #expect(throws: DatasetError.inconsistent(file: path, reason: reason), sourceLocation: location) {
      try TrainedModel(path: path)
    }
  }

  @Test("a data set is no model, and the other way round")
  func otherFormat() throws {
    try SmallDataset.write([SmallDataset.rows(0..<1)], to: path)
    #expect(
      throws: DatasetError.wrongFormat(
        file: path, expected: TrainedModel.format, actual: DatasetWriter.format)
    ) { try TrainedModel(path: path) }
    let other = folder.path("other.h5")
    try model().write(to: other)
    #expect(
      throws: DatasetError.wrongFormat(
        file: other, expected: DatasetWriter.format, actual: TrainedModel.format)
    ) { try DatasetReader(path: other) }
  }

  @Test("another schema is named")
  func otherSchema() throws {
    try model().write(to: path)
    let file = try HDF5File.open(path, .readWrite)
    try file.root.attributes.write(Int64(9), named: "schema_version")
    try file.close()
    #expect(throws: DatasetError.wrongSchema(file: path, expected: 1, actual: 9)) {
      try TrainedModel(path: path)
    }
  }

  @Test(
    "an architecture that is none is refused",
    arguments: ["", "{}", "[1]", #"{"input":{"positions":9,"channels":2},"layers":[]}"#])
  func impossibleArchitecture(text: String) throws {
    try expectRefusal("the attribute architecture describes no network") {
      try $0.attributes.write(text, named: "architecture")
    }
  }

  @Test("an architecture that the weights do not fit is refused")
  func otherArchitecture() throws {
    try model().write(to: path)
    let file = try HDF5File.open(path, .readWrite)
    let text = try file.root.attributes.read("architecture", as: String.self)
    let altered = text.replacingOccurrences(of: "\"filters\":4", with: "\"filters\":5")
    #expect(altered != text)
    try file.root.attributes.write(altered, named: "architecture")
    try file.close()
    let error = #expect(throws: HDF5Error.self) { try TrainedModel(path: path) }
    guard case .wrongShape(_, [3, 2, 5], [3, 2, 4])? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
  }

  @Test("a weight that is not finite is refused", arguments: [Float.nan, .infinity])
  func impossibleWeights(value: Float) throws {
    try expectRefusal("a weight is not finite") {
      try $0.dataset("weights/convolution_1/bias").write([0, 0, value, 0])
    }
  }

  @Test(
    "impossible ranges are refused",
    arguments: [[1, 0.4], [1, 0.5], [1, .nan], [-.infinity, 0.1]] as [[Double]])
  func impossibleRanges(lower: [Double]) throws {
    try expectRefusal("parameters, channels or frequencies do not fit the network") {
      try $0.dataset("target_lower").write(lower)
    }
  }

  @Test("parameters that the network does not have are refused")
  func otherParameters() throws {
    try expectRefusal("parameters, channels or frequencies do not fit the network") {
      try $0.dataset("parameter").attributes.write(["eta", "g", "J_mV"], named: "configuration_keys")
    }
  }

  @Test("impossible divisors of spectra are refused", arguments: [0, -1, .nan, .infinity] as [Double])
  func impossibleScales(value: Double) throws {
    try expectRefusal("parameters, channels or frequencies do not fit the network") {
      try $0.dataset("normaliser/channel_scale").write([1, value])
    }
  }

  @Test("impossible deviations of logarithms are refused", arguments: [0, -1, .nan, .infinity] as [Double])
  func impossibleDeviations(value: Double) throws {
    let reason = "parameters, channels or frequencies do not fit the network"
    try expectRefusal(reason, normaliser: Self.logarithm) {
      try $0.dataset("normaliser/log10_standard_deviation").write([value] + [Double](repeating: 1, count: 17))
    }
  }

  @Test("a mean logarithm that is not finite is refused")
  func impossibleMean() throws {
    let reason = "parameters, channels or frequencies do not fit the network"
    try expectRefusal(reason, normaliser: Self.logarithm) {
      try $0.dataset("normaliser/log10_mean").write([.nan] + [Double](repeating: 1, count: 17))
    }
  }

  @Test("a best epoch that did not take place is refused", arguments: [Int64.min, -1, 3, .max])
  func impossibleEpoch(epoch: Int64) throws {
    try expectRefusal("the best epoch is \(epoch) of 2") {
      try $0.attributes.write(epoch, named: "best_epoch")
    }
  }

  @Test("a part that weights are not selected on is refused")
  func impossibleSelection() throws {
    try expectRefusal("the attribute selection is training") {
      try $0.attributes.write("training", named: "selection")
    }
  }

  @Test("a truncated file is refused")
  func truncated() throws {
    try model().write(to: path)
    let bytes = try folder.bytes("model.h5")
    try folder.write(bytes.prefix(bytes.count - 1), to: "part.h5")
    #expect(throws: HDF5Error.damaged(file: folder.path("part.h5"))) {
      try TrainedModel(path: folder.path("part.h5"))
    }
  }
}
