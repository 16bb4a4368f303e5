import CZlib
import Foundation
import HDF5Storage

/// Reads what `gzip` compressed, or zlib without gzip's header.
enum Gzip {
  /// Whether bytes begin as those of gzip do.
  static func recognises(_ start: [UInt8]) -> Bool { start.starts(with: [0x1f, 0x8b, 0x08]) }

  /// What compressed bytes hold; several files one after another are read as one, as `gzip` does.
  ///
  /// - Parameters:
  ///   - compressed: Bytes.
  ///   - file, place: Where they are, for messages.
  /// - Throws: ``RecordingError`` for damaged or incomplete bytes, and for contents larger than half of the memory.
  static func contents(
    of compressed: Data, file: String, place: String = "gzip"
  ) throws(RecordingError) -> [UInt8] {
    var stream = z_stream()
    guard czlib_begin_inflate(&stream) == Z_OK else {
      throw RecordingError(file: file, place, "cannot be unpacked: zlib gets no memory")
    }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    let failure = compressed.withUnsafeBytes { input -> String? in
      var read = 0
      while true {
        // zlib counts in 32 bits.
        let count = min(input.count - read, 1 << 30)
        stream.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.advanced(by: read).assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(count)
        let status = piece.withUnsafeMutableBufferPointer { piece in
          stream.next_out = piece.baseAddress
          stream.avail_out = UInt32(piece.count)
          return inflate(&stream, Z_NO_FLUSH)
        }
        read += count - Int(stream.avail_in)
        output += piece[..<(piece.count - Int(stream.avail_out))]
        if output.count > HDF5Dataset.readLimitInBytes { return "is larger than half of the memory" }
        switch status {
        case Z_STREAM_END:
          if read == input.count { return nil }
          inflateReset(&stream)
        case Z_OK: continue
        case Z_BUF_ERROR: return "ends within its compressed contents"
        default: return stream.msg.map { String(cString: $0) } ?? "damaged"
        }
      }
    }
    if let failure { throw RecordingError(file: file, place, failure) }
    return output
  }
}
