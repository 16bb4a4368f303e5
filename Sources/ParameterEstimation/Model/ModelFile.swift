import Configuration
import ConvolutionalNetwork
import Foundation
import HDF5Storage
import ParameterSampling
import SimulationData

/// A trained estimator with how it came about, as stored in `model.h5`.
public struct TrainedModel: Sendable, Equatable {
  /// The value of the root attribute `format`.
  public static let format = "brunel-lfp model"
  /// The value of the root attribute `schema_version`.
  public static let schemaVersion: Int64 = 1

  /// The training of one of the estimator's networks.
  public struct Course: Sendable, Equatable {
    /// Losses of all epochs.
    public var history: [TrainingState.Epoch]
    /// The epoch whose weights are kept, from 1.
    public var bestEpoch: Int

    /// Losses and the best of them.
    public init(history: [TrainingState.Epoch], bestEpoch: Int) {
      self.history = history
      self.bestEpoch = bestEpoch
    }
  }

  /// The estimator.
  public var estimator: Estimator
  /// The training of each of its networks.
  public var courses: [Course]
  /// Identity of the spectra that the model was trained on.
  public var spectraIdentity: String
  /// Seed of the data set that the model was trained on: samples of other data sets with this seed may be the same. Nil of
  /// models of versions that did not store it.
  public var dataSeed: UInt64?
  /// Part of the data set on which the best epoch was chosen.
  public var selection: DatasetSplit
  /// The resolved configuration.
  public var configuration: StoredConfiguration
  /// Version of the program.
  public var softwareVersion: String

  /// All parts; one course for each of the estimator's networks.
  public init(
    estimator: Estimator, courses: [Course], spectraIdentity: String, dataSeed: UInt64? = nil,
    selection: DatasetSplit, configuration: StoredConfiguration, softwareVersion: String
  ) {
    precondition(courses.count == estimator.networks.count, "one course per network")
    self.estimator = estimator
    self.courses = courses
    self.spectraIdentity = spectraIdentity
    self.dataSeed = dataSeed
    self.selection = selection
    self.configuration = configuration
    self.softwareVersion = softwareVersion
  }

  /// Writes a new file; throws `HDF5Error`, also if it exists.
  public func write(to path: String) throws {
    let file = try HDF5File.create(path, isSealed: true)
    let root = file.root
    try root.attributes.writeHeader(
      format: Self.format, schemaVersion: Self.schemaVersion, configuration: configuration.text,
      softwareVersion: softwareVersion)
    try root.attributes.write(spectraIdentity, named: "spectra_identity")
    if let dataSeed { try root.attributes.write(dataSeed, named: "data_seed") }
    try root.attributes.write(selection == .test ? "test" : "validation", named: "selection")
    try root.attributes.write(estimator.prediction.rawValue, named: "prediction")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let architecture = String(decoding: try encoder.encode(estimator.architecture), as: UTF8.self)
    try root.attributes.write(architecture, named: "architecture")
    try writeMembers(to: root)
    let box = estimator.targetBox.dimensions
    let parameter = try root.createDataset("parameter", box.map(\.name))
    try parameter.attributes.write(box.map(\.key), named: "configuration_keys")
    try parameter.attributes.write(box.map(\.unit), named: "units")
    try root.createDataset("target_lower", box.map(\.lower))
    try root.createDataset("target_upper", box.map(\.upper))
    if estimator.prediction == .gaussian {
      try write(estimator.shape, to: root)
      try write(estimator.stateShapes, to: root)
    }
    try write(estimator.normaliser, to: root)
    if let typicality = estimator.typicality { try write(typicality, to: root.createGroup("typicality")) }
    try root.createChannels(estimator.contacts)
    try root.createDataset("frequency", estimator.frequencies).attributes.write("Hz", named: "units")
    try file.close()
  }

  /// Reads and checks a file; throws `HDF5Error`, ``DatasetError``, `ParameterError` or an error of the network.
  public init(path: String) throws {
    let file = try HDF5File.open(path)
    let root = file.root
    try DatasetReader.requireFormat(Self.format, Self.schemaVersion, of: file)
    func inconsistent(_ reason: String) -> DatasetError { .inconsistent(file: path, reason: reason) }

    let text = try root.attributes.read("architecture", as: String.self)
    let architecture: NetworkArchitecture
    do {
      architecture = try JSONDecoder().decode(NetworkArchitecture.self, from: Data(text.utf8))
    } catch { throw inconsistent("the attribute architecture describes no network") }
    let predictionName = try root.attributes.read("prediction", as: String.self)
    guard let prediction = Prediction(rawValue: predictionName) else {
      throw inconsistent("the attribute prediction is \(predictionName)")
    }
    let (networks, courses) = try Self.members(in: root, architecture: architecture, path: path)
    let keys = try root.dataset("parameter").attributes.read("configuration_keys", as: [String].self)
    let lower: [Double] = try root.dataset("target_lower").read()
    let upper: [Double] = try root.dataset("target_upper").read()
    let shape = prediction == .gaussian ? try Self.shape(in: root, parameters: keys.count, path: path) : nil
    let configuration = try StoredConfiguration(
      yaml: try root.attributes.read("configuration", as: String.self), file: path)
    let contacts = try root.contacts(assuming: configuration.contacts)
    let frequencies: [Double] = try root.dataset("frequency").read()
    guard !keys.isEmpty,
      prediction.isPossible(outputs: architecture.output.count, targets: keys.count),
      lower.count == keys.count, upper.count == keys.count,
      zip(lower, upper).allSatisfy({ $0 < $1 && $0.isFinite && $1.isFinite }),
      contacts.count == architecture.input.channels,
      frequencies.count == architecture.input.positions,
      let normaliser = try Self.normaliser(in: root, channels: contacts.count, frequencies: frequencies.count)
    else { throw inconsistent("parameters, channels or frequencies do not fit the network") }
    let typicality =
      try root.contains("typicality")
      ? Self.typicality(in: root.group("typicality"), networks, parameters: keys.count, path: path) : nil
    let selection = try root.attributes.read("selection", as: String.self)
    guard ["test", "validation"].contains(selection) else {
      throw inconsistent("the attribute selection is \(selection)")
    }

    var estimator = Estimator(
      networks: networks, prediction: prediction, shape: shape, normaliser: normaliser,
      targetBox: ParameterBox(
        keys.indices.map { .init(key: keys[$0], lower: lower[$0], upper: upper[$0]) }),
      contacts: contacts, frequencies: frequencies, typicality: typicality)
    estimator.stateShapes = try Self.stateShapes(in: root, parameters: keys.count, path: path)
    self.init(
      estimator: estimator, courses: courses,
      spectraIdentity: try root.attributes.read("spectra_identity", as: String.self),
      dataSeed: try root.attributes.contains("data_seed")
        ? root.attributes.read("data_seed", as: UInt64.self) : nil,
      selection: selection == "test" ? .test : .validation,
      configuration: configuration,
      softwareVersion: try root.attributes.read("software_version", as: String.self))
    try file.close()
  }
}
