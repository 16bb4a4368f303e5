import Configuration
import DurableFiles
import Foundation
import Yams

/// A folder with what an experiment found, told from others by a copy of the experiment's file, `experiment.yaml`.
struct ExperimentFolder {
  let path: String
  private let text: String

  /// Makes the folder for an experiment described by `text`, or joins one that is there.
  ///
  /// - Parameter key: What all experiments of this kind have at the top of their files.
  /// - Throws: `FileError.exists` if the folder is not that of an experiment of this kind and holds one of the `files` that would
  ///   be written.
  init(_ path: String, for text: String, key: String, writing files: [String]) throws {
    self.path = path
    self.text = text
    if let found = try? String(contentsOfFile: copy, encoding: .utf8) {
      guard Node.hasKey(key, in: found) else { throw FileError.exists(path: copy) }
      return
    }
    for name in files where FileManager.default.fileExists(atPath: path + "/" + name) {
      throw FileError.exists(path: path + "/" + name)
    }
    try AtomicFile.createFolder(path)
    try AtomicFile.write(text, to: copy)
  }

  private var copy: String { path + "/experiment.yaml" }

  /// Keeps the file that the results now there belong to.
  func finish() throws { try AtomicFile.write(text, to: copy, replacing: true) }
}
