#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Inputs in a scratch file that is mapped into memory, for sets of samples that may be larger than memory.
///
/// The system keeps what it has room for and reads the rest again. The file has no name: it disappears with its
/// owner, and with the process, however that ends.
public final class MappedInputs: Sendable {
  /// All values, in the order in which they were written; nobody changes them any more.
  nonisolated(unsafe) let values: UnsafeBufferPointer<Float>

  /// Writes values to a new scratch file and maps it.
  ///
  /// - Parameters:
  ///   - folder: Where the file lies, and takes 4 bytes a value.
  ///   - write: Hands over all values by calls of `append`.
  /// - Throws: ``ScratchFileError``, or what `write` throws.
  public init(in folder: String, _ write: (_ append: ([Float]) throws -> Void) throws -> Void) throws {
    let name = "\(folder)/.brunel-lfp-inputs.tmp-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ScratchFileError.notCreated(folder) }
    defer { close(descriptor) }
    guard unlink(name) == 0 else { throw ScratchFileError.last("unlink", folder) }
    var count = 0
    try write { values in
      try Self.append(values, to: descriptor, in: folder)
      count += values.count
    }
    // Network file systems may not say before this that the disk is full.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw ScratchFileError.last("write", folder) }
    guard count > 0 else {
      values = UnsafeBufferPointer(start: nil, count: 0)
      return
    }
    let bytes = count * MemoryLayout<Float>.stride
    guard let pages = mmap(nil, bytes, PROT_READ, MAP_PRIVATE, descriptor, 0), pages != MAP_FAILED else {
      throw ScratchFileError.last("map", folder)
    }
    values = UnsafeBufferPointer(start: pages.bindMemory(to: Float.self, capacity: count), count: count)
  }

  deinit {
    guard let start = values.baseAddress else { return }
    munmap(UnsafeMutableRawPointer(mutating: start), values.count * MemoryLayout<Float>.stride)
  }

  /// Writes all of `values` at the end of a file in `folder`.
  package static func append(
    _ values: [Float], to descriptor: Int32, in folder: String
  ) throws(ScratchFileError) {
    let failure: ScratchFileError? = values.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written >= 0 {
          rest = rest.dropFirst(written)
        } else if errno != EINTR {
          return .last("write", folder)
        }
      }
      return nil
    }
    if let failure { throw failure }
  }
}

/// Why there is no scratch file.
public enum ScratchFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The operating system's reason why none could be made in a folder.
  case cannotCreate(folder: String, reason: String)
  /// The operating system's reason why an operation on it failed.
  case failed(operation: String, folder: String, reason: String)

  /// One line naming the folder.
  public var description: String {
    switch self {
    case .cannotCreate(let folder, let reason): "\(folder): cannot create a scratch file (\(reason))"
    case .failed(let operation, let folder, let reason):
      "\(folder): cannot \(operation) a scratch file (\(reason))"
    }
  }

  /// The error that `errno` holds.
  fileprivate static func last(_ operation: String, _ folder: String) -> ScratchFileError {
    .failed(operation: operation, folder: folder, reason: String(cString: strerror(errno)))
  }

  /// The error that `errno` holds after an attempt to make the file.
  fileprivate static func notCreated(_ folder: String) -> ScratchFileError {
    .cannotCreate(folder: folder, reason: String(cString: strerror(errno)))
  }
}
