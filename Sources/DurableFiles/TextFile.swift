import Foundation

/// Small text files, read whole.
package enum TextFile {
  /// The text of a file, nil if there is none; damaged UTF-8 gets replacement characters.
  ///
  /// - Throws: ``FileError`` if the file cannot be read, which is not the same as missing.
  package static func read(_ path: String) throws -> String? {
    guard let file = fopen(path, "rb") else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw FileError.last("read", path)
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      if count == 0 { break }
      bytes += piece[..<count]
    }
    if ferror(file) != 0 { throw FileError.last("read", path) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
