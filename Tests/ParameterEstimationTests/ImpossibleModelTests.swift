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

@Suite("Model files that are none, or impossible")
struct ImpossibleModelTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("model.h5")
  }

  /// Changes the file, then expects that it is found inconsistent for `reason`.
  private func expectRefusal(
    _ reason: String, normaliser: SpectrumNormaliser = ExampleModel.power, prediction: Prediction = .point,
    location: SourceLocation = #_sourceLocation,
    after change: (HDF5Group) throws -> Void
  ) throws {
    try ExampleModel.model(normaliser, prediction: prediction).write(to: path)
    let file = try HDF5File.open(path, .readWrite)
    try change(file.root)
    try file.close()
    #expect(throws: DatasetError.inconsistent(file: path, reason: reason), sourceLocation: location) {
      try TrainedModel(path: path)
    }
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

  @Test("a data set is no model, and the other way round")
  func otherFormat() throws {
    try SmallDataset.write([SmallDataset.rows(0..<1)], to: path)
    #expect(
      throws: DatasetError.wrongFormat(
        file: path, expected: TrainedModel.format, actual: DatasetWriter.format)
    ) { try TrainedModel(path: path) }
    let other = folder.path("other.h5")
    try ExampleModel.model().write(to: other)
    #expect(
      throws: DatasetError.wrongFormat(
        file: other, expected: DatasetWriter.format, actual: TrainedModel.format)
    ) { try DatasetReader(path: other) }
  }

  @Test("another schema is named")
  func otherSchema() throws {
    try ExampleModel.model().write(to: path)
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
    try ExampleModel.model().write(to: path)
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
    try expectRefusal(reason, normaliser: ExampleModel.logarithm) {
      try $0.dataset("normaliser/log10_standard_deviation").write([value] + [Double](repeating: 1, count: 17))
    }
  }

  @Test("a mean logarithm that is not finite is refused")
  func impossibleMean() throws {
    let reason = "parameters, channels or frequencies do not fit the network"
    try expectRefusal(reason, normaliser: ExampleModel.logarithm) {
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
    try ExampleModel.model().write(to: path)
    let bytes = try folder.bytes("model.h5")
    try folder.write(bytes.prefix(bytes.count - 1), to: "part.h5")
    #expect(throws: HDF5Error.damaged(file: folder.path("part.h5"))) {
      try TrainedModel(path: folder.path("part.h5"))
    }
  }
}
