import Foundation

/// A failed operation on a file, or a file that is in the way.
package enum FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The operating system's reason why an operation failed.
  case failed(operation: String, path: String, reason: String)
  /// The operating system's reason why a file or folder could not be made.
  case cannotCreate(path: String, reason: String)
  /// An output exists already and is not overwritten.
  case exists(path: String)
  /// A needed file is not there.
  case missing(path: String)

  /// One line naming the file.
  package var description: String {
    switch self {
    case .failed(let operation, let path, let reason): "\(shown(path)): cannot \(operation) (\(reason))"
    case .cannotCreate(let path, let reason): "\(shown(path)): cannot create (\(reason))"
    case .exists(let path): "\(shown(path)): exists already, and is not overwritten"
    case .missing(let path): "\(shown(path)): does not exist"
    }
  }

  /// An empty path, as unset shell variables give, has to be seen.
  private func shown(_ path: String) -> String { path.isEmpty ? "''" : path }

  /// The error that `errno` holds.
  package static func last(_ operation: String, _ path: String) -> FileError {
    .failed(operation: operation, path: path, reason: String(cString: strerror(errno)))
  }

  /// The error that `errno` holds after an attempt to make a file or folder.
  package static func notCreated(_ path: String) -> FileError {
    .cannotCreate(path: path, reason: String(cString: strerror(errno)))
  }
}
