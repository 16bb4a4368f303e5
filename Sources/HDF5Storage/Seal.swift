import DurableFiles
import Foundation

/// The SHA-256 that a file of this package carries in the user block before its HDF5, which other programs pass over.
///
/// It is compared before the library reads anything: damaged files can make it crash or run for ever.
enum Seal {
  /// Bytes before the HDF5, the fewest that the format allows.
  static let blockSize = 512
  /// What each half of a block begins with; the hash of all bytes after the block follows, then zeros. There are two, so that
  /// damage to one does not hide that there was a seal.
  private static let mark = "brunel-lfp, SHA-256 of what follows these 512 bytes: "

  /// What is found in a file.
  enum State {
    /// There is none: the file is of another program, or of a version that had no seals.
    case none
    /// The file is as it was written.
    case intact
    /// It is not.
    case broken
  }

  /// Compares a file with its seal, reading all of it; a file that cannot be read has none.
  static func state(of path: String) -> State {
    guard let file = fopen(path, "rb") else { return .none }
    var block = [UInt8](repeating: 0, count: blockSize)
    let count = fread(&block, 1, block.count, file)
    fclose(file)
    // What is left of a mark after damage to some of it is still one.
    let isMarked = [0, blockSize / 2].contains { start in
      2 * zip(block[start...], mark.utf8).count { $0 == $1 } > mark.utf8.count
    }
    guard isMarked else { return .none }
    guard count == blockSize, let hash = try? SHA256.hash(fileAt: path, from: blockSize) else {
      return .broken
    }
    return block == contents(hash) ? .intact : .broken
  }

  /// Seals a file that was created with room for it and is closed.
  ///
  /// - Throws: ``HDF5Error/storageFailed(_:reason:)``.
  static func write(to path: String) throws(HDF5Error) {
    let location = HDF5Location(file: path, object: "/")
    let hash: String
    do { hash = try SHA256.hash(fileAt: path, from: blockSize) } catch {
      throw .storageFailed(location, reason: "\(error)")
    }
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    let block = contents(hash)
    let isWritten = descriptor >= 0 && pwrite(descriptor, block, block.count, 0) == block.count
    let reason = String(cString: strerror(errno))
    let isClosed = descriptor >= 0 && Foundation.close(descriptor) == 0
    guard isWritten, isClosed else {
      throw .storageFailed(location, reason: isWritten ? String(cString: strerror(errno)) : reason)
    }
  }

  private static func contents(_ hash: String) -> [UInt8] {
    let text = Array((mark + hash + "\n").utf8)
    let half = text + [UInt8](repeating: 0, count: blockSize / 2 - text.count)
    return half + half
  }
}
