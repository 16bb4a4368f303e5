import Foundation

/// Bytes of text files in UTF-8 and, where a mark begins them, in UTF-16.
enum TextEncoding {
  /// Whether the first bytes of a file can be those of a text: no control characters, and few zeros, which are refused
  /// later with their place.
  static func looksLikeText(_ start: [UInt8]) -> Bool {
    if start.starts(with: [0xff, 0xfe]) || start.starts(with: [0xfe, 0xff]) { return true }
    let isControl = start.contains { $0 < 0x20 && ![0, 0x09, 0x0a, 0x0d].contains($0) || $0 == 0x7f }
    return !isControl && 3 * start.count { $0 == 0 } <= 2 * start.count
  }

  /// The text in UTF-8.
  ///
  /// - Throws: ``RecordingError`` for other encodings and for NUL characters.
  static func utf8(_ bytes: [UInt8], file: String) throws(RecordingError) -> [UInt8] {
    var text = bytes
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      guard bytes.count % 2 == 0 else {
        throw RecordingError(file: file, "", "has \(bytes.count) bytes, expected an even number in UTF-16")
      }
      let (high, low) = bytes[0] == 0xfe ? (0, 1) : (1, 0)
      let units = stride(from: 2, to: bytes.count, by: 2).map {
        UInt16(bytes[$0 + high]) << 8 | UInt16(bytes[$0 + low])
      }
      text = Array(String(decoding: units, as: UTF16.self).utf8)
    } else {
      if bytes.starts(with: [0xef, 0xbb, 0xbf]) { text.removeFirst(3) }
      if text.contains(where: { $0 >= 0x80 }), String(data: Data(text), encoding: .utf8) == nil {
        throw RecordingError(file: file, "", "is no text in UTF-8, nor in UTF-16 with a byte order mark")
      }
    }
    if let index = text.firstIndex(of: 0) {
      let line = text[..<index].count { $0 == 0x0a } + 1
      throw RecordingError(
        file: file, "line \(line)",
        "holds a NUL character, expected text in UTF-8, or in UTF-16 with a byte order mark")
    }
    return text
  }
}

extension RecordingSource {
  /// Whether the file begins as text does, or as what gzip compressed.
  var mayBeText: Bool { Gzip.recognises(start) || TextEncoding.looksLikeText(start) }

  /// All of a text in UTF-8, unpacked if it is compressed.
  ///
  /// - Throws: `FileError`, ``RecordingError`` for what is no text.
  func text() throws -> [UInt8] {
    let bytes = try Gzip.recognises(start) ? Gzip.contents(of: contents(), file: path) : Array(contents())
    guard TextEncoding.looksLikeText(Array(bytes.prefix(4096))) else {
      let isPacked = Gzip.recognises(start)
      throw RecordingError(
        file: path, isPacked ? "gzip" : "",
        "holds no text, expected text\(isPacked ? " where a file is compressed" : "")")
    }
    return try TextEncoding.utf8(bytes, file: path)
  }
}
