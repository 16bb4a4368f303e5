import Foundation
import ParameterEstimation

extension DatasetFolder {
  /// The folder for a study's data set: made if it is not there, refused if it belongs to another study.
  init(for study: Study, at path: String) throws {
    let wanted = study.configuration
    if let yaml = try StudyFile.read(in: path) {
      self = try Self.joining(yaml, wanted, at: path)
      return
    }
    self.init(path: path, wanted, yaml: wanted.yaml)
    try AtomicFile.createFolder(path)
    // Shards that have lost their study.yaml do not get another one.
    for shard in shards { _ = try status(of: shard) }
    do {
      try StudyFile.write(wanted.yaml, in: path)
    } catch FileError.exists {
      // Another task of the same array job was faster.
      self = try Self.joining(try StudyFile.read(in: path) ?? wanted.yaml, wanted, at: path)
    }
  }

  /// An existing folder, and the configuration of the study it holds.
  static func open(_ path: String) throws -> (folder: DatasetFolder, configuration: StudyConfiguration) {
    guard FileManager.default.fileExists(atPath: path) else { throw FileError.missing(path: path) }
    guard let yaml = try StudyFile.read(in: path) else { throw DatasetFolderError.noStudy(path: path) }
    let configuration = try StudyConfiguration(yaml: yaml, file: StudyFile.path(in: path))
    return (DatasetFolder(path: path, configuration, yaml: yaml), configuration)
  }

  /// `yaml` is the text that `configuration` was read from: that of another version may lack keys.
  private init(path: String, _ configuration: StudyConfiguration, yaml: String) {
    self.init(
      path: path, samples: configuration.sampling.samples, shardSize: configuration.sampling.shardSize,
      configuration: yaml)
  }

  /// A folder with the configuration `yaml`, for a study of the configuration `wanted`.
  ///
  /// - Throws: ``DatasetFolderError/otherStudy(path:difference:)`` naming the first line that differs in what the stored
  ///   rows depend on.
  private static func joining(
    _ yaml: String, _ wanted: StudyConfiguration, at path: String
  ) throws -> DatasetFolder {
    let stored = try StudyConfiguration(yaml: yaml, file: StudyFile.path(in: path))
    func text(_ configuration: StudyConfiguration) -> String {
      configuration.replacingMorphologyPaths (FilePath.name)
        .canonicalText(of: [.seed, .network, .simulation, .sampling, .kernel, .spectra, .split])
    }
    if let (there, here) = text(stored).firstLine(differingFrom: text(wanted)) {
      throw DatasetFolderError.otherStudy(path: path, difference: "there \(there), here \(here)")
    }
    return DatasetFolder(path: path, stored, yaml: yaml)
  }
}
