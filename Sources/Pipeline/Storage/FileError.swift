import Foundation

/// A failed operation on a file, or a file that is in the way.
public enum FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The operating system's reason why an operation failed.
  case failed(operation: String, path: String, reason: String)
  /// An output exists already and is not overwritten.
  case exists(path: String)
  /// A needed file is not there.
  case missing(path: String)

  /// One line naming the file.
  public var description: String {
    switch self {
    case .failed(let operation, let path, let reason): "\(path): cannot \(operation) (\(reason))"
    case .exists(let path): "\(path): exists already, and is not overwritten"
    case .missing(let path): "\(path): does not exist"
    }
  }

  /// The error that `errno` holds.
  static func last(_ operation: String, _ path: String) -> FileError {
    .failed(operation: operation, path: path, reason: String(cString: strerror(errno)))
  }
}
