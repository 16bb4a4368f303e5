import Foundation

/// Files that appear under their name only when complete: written beside it, synced, renamed.
package enum AtomicFile {
  /// Mark of files that are being written, or were when a process died.
  static let temporaryMark = ".tmp-"

  /// Has `write` make a file at a temporary path, then gives it its name `path`.
  ///
  /// Whatever has that name is replaced if `replacing`; otherwise nothing is touched and ``FileError/exists(path:)``
  /// is thrown, before any work is done.
  package static func write(to path: String, replacing: Bool = false, _ write: (String) throws -> Void) throws
  {
    if !replacing { try requireCreatable(path) }
    let temporary = "\(path)\(temporaryMark)\(getpid())-\(UInt32.random(in: .min ... .max))"
    do {
      try write(temporary)
      try sync(temporary)
      if replacing {
        guard rename(temporary, path) == 0 else { throw FileError.notCreated(path) }
      } else {
        // A link, unlike a rename, fails if another process was faster.
        guard link(temporary, path) == 0 else {
          throw errno == EEXIST ? FileError.exists(path: path) : FileError.notCreated(path)
        }
        unlink(temporary)
      }
      try sync(folder(of: path))
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes a text file.
  package static func write(_ text: String, to path: String, replacing: Bool = false) throws {
    try write(Data(text.utf8), to: path, replacing: replacing)
  }

  /// Writes bytes.
  package static func write(_ contents: Data, to path: String, replacing: Bool = false) throws {
    try write(to: path, replacing: replacing) { temporary in
      guard let file = fopen(temporary, "wbx") else { throw FileError.notCreated(path) }
      let bytes = Array(contents)
      let written = fwrite(bytes, 1, bytes.count, file)
      guard fclose(file) == 0, written == bytes.count else { throw FileError.last("write", path) }
    }
  }

  /// Copies a file; one that is there must have the same contents, or ``FileError/exists(path:)`` is thrown.
  package static func copy(_ source: String, to path: String) throws {
    guard let contents = FileManager.default.contents(atPath: source) else {
      throw FileError.last("read", source)
    }
    do {
      try write(contents, to: path)
    } catch FileError.exists {
      guard FileManager.default.contents(atPath: path) == contents else { throw FileError.exists(path: path) }
    }
  }

  /// Throws ``FileError/exists(path:)`` if there is something at `path`, ``FileError/cannotCreate(path:reason:)`` if
  /// its folder is missing or may not be written to: to be called before long work whose result goes there.
  package static func requireCreatable(_ path: String) throws {
    var status = stat()
    if lstat(path, &status) == 0 { throw FileError.exists(path: path) }
    guard access(folder(of: path) + "/.", W_OK) == 0 else { throw FileError.notCreated(path) }
  }

  private static func folder(of path: String) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
  }

  /// Creates a folder and those above it, unless they are there.
  package static func createFolder(_ path: String) throws {
    let parent = (path as NSString).deletingLastPathComponent
    if !parent.isEmpty, parent != path, !FileManager.default.fileExists(atPath: parent) {
      try createFolder(parent)
    }
    if mkdir(path, 0o777) == 0 { return }
    let error = FileError.notCreated(path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw error }
    if !isFolder.boolValue { throw FileError.exists(path: path) }
  }

  /// Has a file, or a folder's entries, written to the disk.
  private static func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw FileError.last("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError.last("sync", path) }
  }
}
