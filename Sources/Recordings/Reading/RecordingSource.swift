import DurableFiles
import Foundation
import HDF5Storage

/// A file of which the format is to be found.
public struct RecordingSource {
  /// Path of the file.
  public let path: String
  /// The file, if it is one of HDF5.
  public let hdf5: HDF5File?
  /// The first bytes, 4096 at most.
  public let start: [UInt8]

  /// Opens a file.
  ///
  /// - Parameter isTrusted: Whether the file has been compared with a checksum.
  /// - Throws: `HDF5Error`, also for files that are not there; ``RecordingError`` for an empty one.
  public init(_ path: String, isTrusted: Bool = false) throws {
    self.path = path
    do throws(HDF5Error) {
      hdf5 = try HDF5File.open(path, isTrusted: isTrusted)
    } catch .notHDF5 {
      hdf5 = nil
    }
    start = try Self.start(of: path)
    if start.isEmpty { throw RecordingError(file: path, "", "is empty") }
  }

  /// Whether the file begins with a text.
  func begins(with text: String) -> Bool { start.starts(with: text.utf8) }

  /// The bytes, for reading parts of them.
  ///
  /// - Throws: `FileError`.
  func bytes() throws(FileError) -> FileBytes { try FileBytes(path) }

  /// All bytes, without a copy where the system can do so.
  ///
  /// - Throws: `FileError`.
  func contents() throws -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      throw FileError.failed(operation: "read", path: path, reason: error.localizedDescription)
    }
  }

  private static func start(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw FileError.last("read", path) }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    if ferror(file) != 0 { throw FileError.last("read", path) }
    return Array(bytes[..<count])
  }
}
