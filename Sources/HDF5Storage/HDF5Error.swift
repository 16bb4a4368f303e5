/// Where in which file something went wrong.
public struct HDF5Location: Sendable, Equatable, CustomStringConvertible {
  /// Path of the file.
  public let file: String
  /// Absolute path of the object in the file; an attribute is written `/object@attribute`.
  public let object: String

  /// `file: /object`.
  public var description: String { "\(file): \(object)" }

  func attribute(_ name: String) -> HDF5Location {
    HDF5Location(file: file, object: "\(object)@\(name)")
  }
}

/// What can go wrong with a file and what is in it.
public enum HDF5Error: Error, Sendable, Equatable {
  /// The file does not exist, may not be accessed, is locked by another process, or is damaged.
  case cannotOpen(file: String, reason: String)
  /// The file cannot be created, for instance because its folder is missing.
  case cannotCreate(file: String, reason: String)
  /// A file that was to be created exists already.
  case fileExists(file: String)
  /// The file is not an HDF5 file (an empty file is none).
  case notHDF5(file: String)
  /// The file is shorter than its header says.
  case truncated(file: String)
  /// The file differs from the checksum in it.
  case damaged(file: String)
  /// The file has been closed.
  case closed(file: String)
  /// There is no object or attribute of this name.
  case noSuchObject(HDF5Location)
  /// An object that was to be created exists already.
  case objectExists(HDF5Location)
  /// An object or its elements are of another kind than asked for.
  case wrongType(HDF5Location, expected: String, actual: String)
  /// The extents differ from those asked for.
  case wrongShape(HDF5Location, expected: [Int], actual: [Int])
  /// Rows beyond the first dimension were asked for.
  case rowsOutOfRange(HDF5Location, rows: Range<Int>, available: Int)
  /// The contents claim to be larger than the file or this machine's memory can hold.
  case tooLarge(HDF5Location, shape: [Int], limitInBytes: Int)
  /// A string cannot be stored.
  case invalidString(HDF5Location, reason: String)
  /// The elements were written with a filter that the library does not have.
  case missingFilter(HDF5Location, filter: String)
  /// What is stored is not as HDF5 files are.
  case malformed(HDF5Location, reason: String)
  /// The operating system could not read.
  case readFailed(HDF5Location, reason: String)
  /// HDF5 could not write.
  case writeFailed(HDF5Location, reason: String)
  /// The operating system refused to write, for instance because the disk is full. What HDF5 holds of the file is not
  /// sound any more.
  case storageFailed(HDF5Location, reason: String)
}

extension HDF5Error: CustomStringConvertible {
  /// One line naming the file, the object and what is wrong with it.
  public var description: String {
    switch self {
    case .cannotOpen(let file, let reason): "\(file): cannot open (\(reason))"
    case .cannotCreate(let file, let reason): "\(file): cannot create (\(reason))"
    case .fileExists(let file): "\(file): exists already"
    case .notHDF5(let file): "\(file): not an HDF5 file"
    case .truncated(let file): "\(file): truncated HDF5 file"
    case .damaged(let file):
      "\(file): damaged, or changed since it was written: differs from the checksum in it"
    case .closed(let file): "\(file): used after it was closed"
    case .noSuchObject(let location): "\(location): does not exist"
    case .objectExists(let location): "\(location): exists already"
    case .wrongType(let location, let expected, let actual):
      "\(location): wrong type (got \(actual), expected \(expected))"
    case .wrongShape(let location, let expected, let actual):
      "\(location): wrong shape (got \(actual), expected \(expected))"
    case .rowsOutOfRange(let location, let rows, let available):
      "\(location): no rows \(rows) (there are \(available))"
    case .tooLarge(let location, let shape, let limit):
      "\(location): shape \(shape) is too large (expected at most \(limit) bytes)"
    case .invalidString(let location, let reason): "\(location): cannot store string (\(reason))"
    case .missingFilter(let location, let filter):
      "\(location): is compressed by a filter that is missing here (\(filter)); h5repack -f GZIP=4 writes it anew"
    case .malformed(let location, let reason): "\(location): damaged (\(reason))"
    case .readFailed(let location, let reason): "\(location): cannot read (\(reason))"
    case .writeFailed(let location, let reason), .storageFailed(let location, let reason):
      "\(location): cannot write (\(reason))"
    }
  }
}

/// What an HDF5 call was made for; decides which error its failure becomes.
enum Operation {
  case read
  case write

  func failure(at location: HDF5Location) -> HDF5Error {
    let failure = HDF5Library.lastFailure
    switch self {
    case .read:
      return failure.isOfSystem
        ? .readFailed(location, reason: failure.reason) : .malformed(location, reason: failure.reason)
    case .write:
      return failure.isOfSystem
        ? .storageFailed(location, reason: failure.reason) : .writeFailed(location, reason: failure.reason)
    }
  }

  /// Returns the result of an HDF5 call, or throws if it is negative, which is how HDF5 reports failure.
  @discardableResult
  func check<Status: SignedInteger>(_ status: Status, at location: HDF5Location) throws(HDF5Error) -> Status {
    guard status >= 0 else { throw failure(at: location) }
    return status
  }
}
