import Foundation

/// Files that appear under their name only when complete: written beside it, synced, renamed.
package enum AtomicFile {
  /// Has `write` make a file at a temporary path, then gives it its name `path`.
  ///
  /// Whatever has that name is replaced if `replacing`; otherwise nothing is touched and ``FileError/exists(path:)``
  /// is thrown, before any work is done.
  package static func write(to path: String, replacing: Bool = false, _ write: (String) throws -> Void) throws
  {
    if !replacing { try requireCreatable(path) }
    let temporary = TemporaryName.beside(path)
    do {
      try write(temporary)
      try sync(temporary)
      if replacing {
        guard rename(temporary, path) == 0 else { throw FileError.notCreated(path) }
      } else {
        try giveNewName(temporary, path)
      }
      try syncEntries(of: FilePath.folder(path))
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
      let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0
      let error = FileError.last("write", path)
      guard isWritten else {
        fclose(file)
        throw error
      }
      guard fclose(file) == 0 else { throw FileError.last("write", path) }
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
    guard access(FilePath.folder(path) + "/.", W_OK) == 0 else { throw FileError.notCreated(path) }
  }

  /// Creates a folder and those above it, unless they are there.
  package static func createFolder(_ path: String) throws {
    let parent = FilePath.folder(path)
    if parent != path, !FileManager.default.fileExists(atPath: parent) { try createFolder(parent) }
    if mkdir(path, 0o777) == 0 { return }
    let error = FileError.notCreated(path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw error }
    if !isFolder.boolValue { throw FileError.exists(path: path) }
  }

  /// Names a file `path`; throws ``FileError/exists(path:)`` if there is one.
  private static func giveNewName(_ temporary: String, _ path: String) throws {
    // A link, unlike a rename, fails if another process was faster.
    if link(temporary, path) == 0 {
      unlink(temporary)
    } else if [EPERM, ENOTSUP, ENOSYS].contains(errno) {
      // File systems without links, such as FAT.
      try requireCreatable(path)
      guard rename(temporary, path) == 0 else { throw FileError.notCreated(path) }
    } else {
      throw errno == EEXIST ? FileError.exists(path: path) : FileError.notCreated(path)
    }
  }

  /// Has a file written to the disk.
  private static func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw FileError.last("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError.last("sync", path) }
  }

  /// Has a folder's entries written to the disk, where the file system knows how to.
  private static func syncEntries(of folder: String) throws {
    let descriptor = open(folder, O_RDONLY)
    guard descriptor >= 0 else { throw FileError.last("open", folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileError.last("sync", folder) }
  }
}
