import DurableFiles
import Foundation

/// A folder with what an experiment found, told from others by a copy of the experiment's file, `experiment.yaml`.
struct ExperimentFolder {
  let path: String
  private let text: String

  /// Makes the folder for an experiment described by `text`, or joins one that is there.
  ///
  /// - Throws: `FileError.exists` if the folder is not an experiment's and holds one of the `files` that would be written.
  init(_ path: String, for text: String, writing files: [String]) throws {
    self.path = path
    self.text = text
    if FileManager.default.fileExists(atPath: copy) { return }
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
