import ConvolutionalNetwork
import Foundation
import HDF5Storage

/// A trained estimator with how it came about, as stored in `model.h5`.
public struct TrainedModel: Sendable, Equatable {
  /// The value of the root attribute `format`.
  public static let format = "brunel-lfp model"
  /// The value of the root attribute `schema_version`.
  public static let schemaVersion: Int64 = 1

  /// The estimator.
  public var estimator: Estimator
  /// Losses of all epochs.
  public var history: [TrainingState.Epoch]
  /// The epoch whose weights are kept, from 1.
  public var bestEpoch: Int
  /// Identity of the spectra that the model was trained on.
  public var spectraIdentity: String
  /// Part of the data set on which the best epoch was chosen.
  public var selection: DatasetSplit
  /// The resolved configuration as YAML.
  public var configuration: String
  /// Version of the program.
  public var softwareVersion: String

  /// All parts.
  public init(
    estimator: Estimator, history: [TrainingState.Epoch], bestEpoch: Int, spectraIdentity: String,
    selection: DatasetSplit, configuration: String, softwareVersion: String
  ) {
    self.estimator = estimator
    self.history = history
    self.bestEpoch = bestEpoch
    self.spectraIdentity = spectraIdentity
    self.selection = selection
    self.configuration = configuration
    self.softwareVersion = softwareVersion
  }

  /// Writes a new file; throws `HDF5Error`, also if it exists.
  public func write(to path: String) throws {
    let file = try HDF5File.create(path)
    let root = file.root
    let network = estimator.network
    try root.attributes.write(Self.format, named: "format")
    try root.attributes.write(Self.schemaVersion, named: "schema_version")
    try root.attributes.write(configuration, named: "configuration")
    try root.attributes.write(softwareVersion, named: "software_version")
    try root.attributes.write(spectraIdentity, named: "spectra_identity")
    try root.attributes.write(selection == .test ? "test" : "validation", named: "selection")
    try root.attributes.write(Int64(bestEpoch), named: "best_epoch")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let architecture = String(decoding: try encoder.encode(network.architecture), as: UTF8.self)
    try root.attributes.write(architecture, named: "architecture")
    for tensor in network.architecture.parameters {
      try root.createDataset("weights/\(tensor.name)", Array(network.values(of: tensor)), shape: tensor.shape)
    }
    let box = estimator.targetBox.dimensions
    let parameter = try root.createDataset("parameter", box.map(\.name))
    try parameter.attributes.write(box.map(\.key), named: "configuration_keys")
    try parameter.attributes.write(box.map(\.unit), named: "units")
    try root.createDataset("target_lower", box.map(\.lower))
    try root.createDataset("target_upper", box.map(\.upper))
    try write(estimator.normaliser, to: root)
    try root.createDataset("channel_depth", estimator.channelDepths).attributes.write("um", named: "units")
    try root.createDataset("frequency", estimator.frequencies).attributes.write("Hz", named: "units")
    try root.createDataset("history/training_loss", history.map(\.trainingLoss))
    try root.createDataset("history/validation_loss", history.map(\.validationLoss))
    try file.close()
  }

  /// Reads and checks a file; throws `HDF5Error`, ``DatasetError`` or an error of the network.
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
    var parameters: [Float] = []
    for tensor in architecture.parameters {
      let dataset = try root.dataset("weights/\(tensor.name)")
      try dataset.requireShape(tensor.shape)
      parameters += try dataset.read(as: Float.self)
    }
    guard parameters.allSatisfy(\.isFinite) else { throw inconsistent("a weight is not finite") }
    let keys = try root.dataset("parameter").attributes.read("configuration_keys", as: [String].self)
    let lower: [Double] = try root.dataset("target_lower").read()
    let upper: [Double] = try root.dataset("target_upper").read()
    let depths: [Double] = try root.dataset("channel_depth").read()
    let frequencies: [Double] = try root.dataset("frequency").read()
    guard keys.count == architecture.output.count, lower.count == keys.count, upper.count == keys.count,
      zip(lower, upper).allSatisfy({ $0 < $1 && $0.isFinite && $1.isFinite }),
      depths.count == architecture.input.channels,
      frequencies.count == architecture.input.positions,
      let normaliser = try Self.normaliser(in: root, channels: depths.count, frequencies: frequencies.count)
    else { throw inconsistent("parameters, channels or frequencies do not fit the network") }
    let training: [Double] = try root.dataset("history/training_loss").read()
    let validation: [Double] = try root.dataset("history/validation_loss").read()
    guard training.count == validation.count else { throw inconsistent("the histories differ in length") }
    let bestEpoch = try root.attributes.read("best_epoch", as: Int64.self)
    guard bestEpoch >= 1, bestEpoch <= training.count else {
      throw inconsistent("the best epoch is \(bestEpoch) of \(training.count)")
    }
    let selection = try root.attributes.read("selection", as: String.self)
    guard ["test", "validation"].contains(selection) else {
      throw inconsistent("the attribute selection is \(selection)")
    }

    self.init(
      estimator: Estimator(
        network: try Network(architecture: architecture, parameters: parameters),
        normaliser: normaliser,
        targetBox: ParameterBox(
          keys.indices.map { .init(key: keys[$0], lower: lower[$0], upper: upper[$0]) }),
        channelDepths: depths, frequencies: frequencies),
      history: zip(training, validation).map { .init(trainingLoss: $0, validationLoss: $1) },
      bestEpoch: Int(bestEpoch),
      spectraIdentity: try root.attributes.read("spectra_identity", as: String.self),
      selection: selection == "test" ? .test : .validation,
      configuration: try root.attributes.read("configuration", as: String.self),
      softwareVersion: try root.attributes.read("software_version", as: String.self))
    try file.close()
  }

  private func write(_ normaliser: SpectrumNormaliser, to root: HDF5Group) throws(HDF5Error) {
    let shape = [estimator.channelDepths.count, estimator.frequencies.count]
    switch normaliser {
    case .channelPower(let scale):
      let dataset = try root.createDataset("normaliser/channel_scale", scale)
      try dataset.attributes.write("mV²/Hz", named: "units")
    case .logarithm(let mean, let standardDeviation):
      let dataset = try root.createDataset("normaliser/log10_mean", mean, shape: shape)
      try dataset.attributes.write("log10(mV²/Hz)", named: "units")
      try root.createDataset("normaliser/log10_standard_deviation", standardDeviation, shape: shape)
    }
  }

  /// The stored normaliser; nil if its values are impossible.
  private static func normaliser(in root: HDF5Group, channels: Int, frequencies: Int) throws
    -> SpectrumNormaliser?
  {
    func isScale(_ values: [Double]) -> Bool { values.allSatisfy { $0 > 0 && $0.isFinite } }
    if try root.contains("normaliser/channel_scale") {
      let dataset = try root.dataset("normaliser/channel_scale")
      try dataset.requireShape([channels])
      let scale: [Double] = try dataset.read()
      return isScale(scale) ? .channelPower(scale: scale) : nil
    }
    let mean = try root.dataset("normaliser/log10_mean")
    let deviation = try root.dataset("normaliser/log10_standard_deviation")
    try mean.requireShape([channels, frequencies])
    try deviation.requireShape([channels, frequencies])
    let (means, deviations): ([Double], [Double]) = (try mean.read(), try deviation.read())
    guard means.allSatisfy(\.isFinite), isScale(deviations) else { return nil }
    return .logarithm(mean: means, standardDeviation: deviations)
  }
}
