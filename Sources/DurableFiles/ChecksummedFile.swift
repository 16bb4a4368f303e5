import Foundation

/// Files with their SHA-256 in a second file `NAME.sha256` beside them, in the format of `sha256sum`.
///
/// The checksum appears before the file does, and both appear complete, so that a file without a matching checksum was
/// not written here, or has changed since.
package enum ChecksummedFile {
  /// What is found under a name.
  package enum State: Equatable {
    case missing
    /// As it was written.
    case intact
    /// Other contents than the checksum says.
    case altered
    /// A file without a checksum.
    case unknown
  }

  /// Has `write` make a file at a temporary path, then gives it the name `path`; see ``AtomicFile``.
  package static func write(
    to path: String, replacing: Bool = false, _ write: (String) throws -> Void
  ) throws {
    try AtomicFile.write(to: path, replacing: replacing) { temporary in
      try write(temporary)
      let line = line(try SHA256.hash(fileAt: temporary), of: path)
      try AtomicFile.write(line, to: checksumFile(of: path), replacing: true)
    }
  }

  /// Compares a file with its checksum, reading all of it.
  ///
  /// - Throws: ``FileError`` for what cannot be read: that is no reason to take it for missing or altered.
  package static func state(of path: String) throws -> State {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { return .missing }
      throw FileError.last("read", path)
    }
    guard let stored = try TextFile.read(checksumFile(of: path)) else { return .unknown }
    let hash = try SHA256.hash(fileAt: path)
    return isLine(stored, of: hash, path) ? .intact : .altered
  }

  /// Throws ``AlteredFile`` if a file has a checksum and differs from it; returns what else is found.
  @discardableResult
  package static func requireUnaltered(_ path: String) throws -> State {
    let state = try state(of: path)
    if state == .altered { throw AlteredFile(path: path) }
    return state
  }

  /// Whether a text is the line of a file, also as others write it: all in capitals, with a path, in the form of
  /// `sha256sum -b`, with another line end. Anything else is damage.
  private static func isLine(_ text: String, of hash: String, _ path: String) -> Bool {
    let digits = text.prefix(hash.count)
    guard digits == hash || digits == hash.uppercased() else { return false }
    let rest = text.dropFirst(hash.count)
    guard rest.hasPrefix("  ") || rest.hasPrefix(" *") else { return false }
    let named = rest.dropFirst(2)
    let ends = ["\r\n", "\n", ""]
    let end = ends.first { named.hasSuffix($0) } ?? ""
    return FilePath.name(String(named.dropLast(end.isEmpty ? 0 : 1))) == FilePath.name(path)
  }

  private static func checksumFile(of path: String) -> String { path + ".sha256" }

  private static func line(_ hash: String, of path: String) -> String {
    "\(hash)  \(FilePath.name(path))\n"
  }
}

/// A file differs from its checksum.
package struct AlteredFile: Error, Equatable, CustomStringConvertible {
  package let path: String
  package var description: String {
    "\(path): damaged or changed, differs from its checksum in \(FilePath.name(path)).sha256"
  }
}
