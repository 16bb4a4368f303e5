import Foundation
import ParameterEstimation

extension DatasetFolder {
  static let studyFile = "study.yaml"

  /// The folder for a study's data set: made if it is not there, except for a dry run, refused if it belongs to another
  /// study.
  init(for study: Study, at path: String, isDryRun: Bool = false) throws {
    let sampling = study.configuration.sampling
    self.init(path: path, samples: sampling.samples, shardSize: sampling.shardSize)
    let file = path + "/" + Self.studyFile
    if !FileManager.default.fileExists(atPath: file) {
      if isDryRun { return }
      try AtomicFile.createFolder(path)
      // The folder has its own copies of the files that the study names.
      for source in study.files {
        try AtomicFile.copy(source, to: path + "/" + (source as NSString).lastPathComponent)
      }
      do {
        let inner = study.configuration.replacingPaths { ($0 as NSString).lastPathComponent }
        try AtomicFile.write(inner.yaml, to: file)
        return
      } catch FileError.exists {
        // Another task of the same array job was faster.
      }
    }
    let stored = try Study(
      try StudyConfiguration(contentsOf: URL(fileURLWithPath: file)), folder: URL(fileURLWithPath: path))
    try Self.requireSame(stored, study, path: path)
  }

  /// An existing folder, and the configuration of the study it holds.
  static func open(_ path: String) throws -> (folder: DatasetFolder, configuration: StudyConfiguration) {
    let file = path + "/" + studyFile
    guard FileManager.default.fileExists(atPath: path) else { throw FileError.missing(path: path) }
    guard let yaml = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw DatasetFolderError.noStudy(path: path)
    }
    let configuration = try StudyConfiguration(yaml: yaml, file: file)
    let sampling = configuration.sampling
    return (
      DatasetFolder(path: path, samples: sampling.samples, shardSize: sampling.shardSize), configuration
    )
  }

  /// Throws ``DatasetFolderError/otherStudy(path:difference:)`` naming the first line that differs in what the stored
  /// rows depend on.
  private static func requireSame(
    _ stored: Study, _ wanted: Study, path: String
  ) throws {
    let sections: [StudyConfiguration.Section] = [
      .seed, .network, .simulation, .sampling, .kernel, .spectra, .split,
    ]
    guard
      stored.spectraIdentity != wanted.spectraIdentity
        || stored.configuration.split != wanted.configuration.split
    else { return }
    let old = stored.identityText(of: sections).split(separator: "\n")
    let new = wanted.identityText(of: sections).split(separator: "\n")
    if old == new {
      let names = wanted.files.map { ($0 as NSString).lastPathComponent }.joined(separator: " or ")
      throw DatasetFolderError.otherStudy(path: path, difference: "other contents of \(names)")
    }
    let index = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    func line(_ lines: [Substring]) -> String {
      index < lines.count ? lines[index].trimmingCharacters(in: .whitespaces) : "nothing"
    }
    throw DatasetFolderError.otherStudy(path: path, difference: "there \(line(old)), here \(line(new))")
  }
}
