import DurableFiles
import Foundation

/// Bytes of which parts are read: those of a file, which unlike mapped ones do not count as memory of the process, or unpacked
/// ones in memory.
final class FileBytes: Sendable {
  /// Path of the file.
  let path: String
  /// How many there are.
  let count: Int
  private let descriptor: Int32
  private let unpacked: Data?

  /// Bytes that were made from a file.
  init(unpacked: Data, from path: String) {
    (self.path, self.unpacked, count, descriptor) = (path, unpacked, unpacked.count, -1)
  }

  /// Opens a file.
  ///
  /// - Throws: `FileError`.
  init(_ path: String) throws(FileError) {
    (self.path, unpacked) = (path, nil)
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError.last("open", path) }
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= 0 else {
      let error = FileError.last("read parts of", path)
      close(descriptor)
      throw error
    }
    count = Int(end)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Passes `count` bytes from a position on to `body`.
  ///
  /// - Throws: `FileError`, also where the file ends before.
  func read(at position: Int, count: Int, _ body: (UnsafeRawBufferPointer) -> Void) throws(FileError) {
    if let unpacked {
      return unpacked.withUnsafeBytes {
        body(UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
      }
    }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 64)
    defer { memory.deallocate() }
    var done = 0
    while done < count {
      let result = pread(descriptor, memory.baseAddress! + done, count - done, off_t(position + done))
      if result < 0, errno == EINTR { continue }
      if result < 0 { throw FileError.last("read", path) }
      if result == 0 {
        throw FileError.failed(operation: "read", path: path, reason: "it became shorter meanwhile")
      }
      done += result
    }
    body(UnsafeRawBufferPointer(memory))
  }
}
