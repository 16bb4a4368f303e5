import Configuration
import DurableFiles
import Foundation

extension DatasetFolder {
  /// The folder for a study's data set: made if it is not there, except for a dry run, refused if it belongs to another
  /// study.
  package init(for study: Study, at path: String, isDryRun: Bool = false) throws {
    if let yaml = try StudyFile.read(in: path) {
      self = try Self.joining(yaml, study, at: path)
      return
    }
    // The folder has its own copies of the files that the study names.
    let inner = study.configuration.replacingPaths(FilePath.name)
    self.init(path: path, inner, yaml: inner.yaml)
    if isDryRun { return }
    try AtomicFile.createFolder(path)
    // Shards that have lost their study.yaml do not get another one.
    for shard in shards { _ = try status(of: shard) }
    for source in study.files { try AtomicFile.copy(source, to: path + "/" + FilePath.name(source)) }
    do {
      try StudyFile.write(inner.yaml, in: path)
    } catch FileError.exists {
      // Another task of the same array job was faster.
      self = try Self.joining(try StudyFile.read(in: path) ?? inner.yaml, study, at: path)
    }
  }

  /// An existing folder, and the configuration of the study it holds.
  package static func open(_ path: String) throws -> (
    folder: DatasetFolder, configuration: StudyConfiguration
  ) {
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

  /// The folder with the configuration `yaml`, for the study `wanted`.
  ///
  /// - Throws: ``DatasetFolderError/otherStudy(path:difference:)`` naming the first line that differs in what the stored
  ///   rows depend on.
  private static func joining(_ yaml: String, _ wanted: Study, at path: String) throws -> DatasetFolder {
    let configuration = try StudyConfiguration(yaml: yaml, file: StudyFile.path(in: path))
    let stored = try Study(configuration, folder: URL(fileURLWithPath: path, isDirectory: true))
    let sections: [StudyConfiguration.Section] = [
      .seed, .network, .simulation, .sampling, .kernel, .spectra, .split,
    ]
    let (old, new) = (stored.identityText(of: sections), wanted.identityText(of: sections))
    if let (there, here) = old.firstLine(differingFrom: new) {
      throw DatasetFolderError.otherStudy(path: path, difference: "there \(there), here \(here)")
    }
    guard stored.spectraIdentity == wanted.spectraIdentity else {
      let names = wanted.files.map(FilePath.name).joined(separator: " or ")
      throw DatasetFolderError.otherStudy(path: path, difference: "other contents of \(names)")
    }
    return DatasetFolder(path: path, configuration, yaml: yaml)
  }
}
