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
    self.init(path: path, StoredConfiguration(study.configuration.replacingPaths(FilePath.name)))
    if isDryRun { return }
    try AtomicFile.createFolder(path)
    // Shards that have lost their study.yaml do not get another one.
    for shard in shards { _ = try open(shard) }
    for source in study.files { try AtomicFile.copy(source, to: path + "/" + FilePath.name(source)) }
    do {
      try StudyFile.write(configuration.text, in: path)
    } catch FileError.exists {
      // Another task of the same array job was faster.
      self = try Self.joining(try StudyFile.read(in: path) ?? configuration.text, study, at: path)
    }
  }

  /// An existing folder with the study that its `study.yaml` describes.
  package init(at path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw FileError.missing(path: path) }
    guard let yaml = try StudyFile.read(in: path) else { throw DatasetFolderError.noStudy(path: path) }
    self.init(path: path, try StoredConfiguration(yaml: yaml, file: StudyFile.path(in: path)))
  }

  /// The folder with the configuration `yaml`, that of this or an earlier version, for the study `wanted`.
  ///
  /// - Throws: ``DatasetFolderError/otherStudy(path:difference:)`` naming the first key that differs among those that the
  ///   stored rows depend on.
  private static func joining(_ yaml: String, _ wanted: Study, at path: String) throws -> DatasetFolder {
    let configuration = try StoredConfiguration(yaml: yaml, file: StudyFile.path(in: path))
    let stored = try Study(configuration.values, folder: URL(fileURLWithPath: path, isDirectory: true))
    let sections: [StudyConfiguration.Section] = [
      .seed, .network, .simulation, .sampling, .kernel, .measurement, .spectra, .split,
    ]
    if let difference = stored.configuration.firstDifference(from: wanted.configuration, in: sections) {
      throw DatasetFolderError.otherStudy(path: path, difference: difference)
    }
    guard stored.spectraIdentity == wanted.spectraIdentity else {
      let names = wanted.files.map(FilePath.name).joined(separator: " or ")
      throw DatasetFolderError.otherStudy(path: path, difference: "other contents of \(names)")
    }
    return DatasetFolder(path: path, configuration)
  }
}

extension StudyConfiguration {
  /// The first key of some sections in which this configuration, found there, differs from `wanted`, wherever files that
  /// they name lie: `simulation.duration_ms is 300 there, 400 here`. Nil if none does.
  package func firstDifference(from wanted: StudyConfiguration, in sections: [Section]) -> String? {
    replacingPaths(FilePath.name).identity(of: sections)
      .firstDifference(from: wanted.replacingPaths(FilePath.name).identity(of: sections))
  }
}
