import Foundation

/// Files that appear under their name only when complete: written beside it, synced, renamed.
enum AtomicFile {
  /// Mark of files that are being written, or were when a process died.
  static let temporaryMark = ".tmp-"

  /// Has `write` make a file at a temporary path, then gives it its name `path`.
  ///
  /// Whatever has that name is replaced if `replacing`; otherwise nothing is touched and ``FileError/exists(path:)``
  /// is thrown, before any work is done.
  static func write(to path: String, replacing: Bool = false, _ write: (String) throws -> Void) throws {
    if !replacing { try requireAbsent(path) }
    let folder = (path as NSString).deletingLastPathComponent
    let temporary = "\(path)\(temporaryMark)\(getpid())-\(UInt32.random(in: .min ... .max))"
    do {
      try write(temporary)
      try sync(temporary)
      if replacing {
        guard rename(temporary, path) == 0 else { throw FileError.last("create", path) }
      } else {
        // A link, unlike a rename, fails if another process was faster.
        guard link(temporary, path) == 0 else {
          throw errno == EEXIST ? FileError.exists(path: path) : FileError.last("create", path)
        }
        unlink(temporary)
      }
      try sync(folder.isEmpty ? "." : folder)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes a text file.
  static func write(_ text: String, to path: String, replacing: Bool = false) throws {
    try write(to: path, replacing: replacing) { temporary in
      guard let file = fopen(temporary, "wbx") else { throw FileError.last("create", path) }
      let bytes = Array(text.utf8)
      let written = fwrite(bytes, 1, bytes.count, file)
      guard fclose(file) == 0, written == bytes.count else { throw FileError.last("write", path) }
    }
  }

  /// Throws ``FileError/exists(path:)`` if there is something at `path`.
  static func requireAbsent(_ path: String) throws {
    var status = stat()
    if lstat(path, &status) == 0 { throw FileError.exists(path: path) }
  }

  /// Creates a folder and those above it.
  static func createFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError.failed(operation: "create folder", path: path, reason: reason(of: error))
    }
  }

  /// Why Foundation failed, in the operating system's words.
  private static func reason(of error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    return underlying.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(underlying.code))) : underlying.localizedDescription
  }

  /// Has a file, or a folder's entries, written to the disk.
  private static func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw FileError.last("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError.last("sync", path) }
  }
}
