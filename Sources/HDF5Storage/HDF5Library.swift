import CHDF5
import Foundation

/// The HDF5 library as one shared resource.
///
/// HDF5 keeps global tables of identifiers and is, in many builds, not thread-safe. All calls go through
/// ``locked(_:)``. The lock is re-entrant, because objects may be released while it is held.
package enum HDF5Library {
  private static let lock = NSRecursiveLock()
  /// How many calls deep the thread is that holds the lock.
  nonisolated(unsafe) private static var depth = 0

  /// HDF5 would clean up when the process exits, and crash there on a file that could not be written to the
  /// end. Every file is closed by its owner, so nothing is left to clean up.
  private static let exitHandlerRemoved: Void = { _ = H5dont_atexit() }()

  /// Runs `body` while no other thread uses HDF5, with the library's own error printing switched off.
  ///
  /// HDF5 keeps its error handler per thread, so it is switched off at every entry.
  package static func locked<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    lock.lock()
    depth += 1
    if depth == 1 { ForeignFiles.busySince?.pointee = ForeignFiles.now }
    defer {
      depth -= 1
      if depth == 0 { ForeignFiles.busySince?.pointee = 0 }
      lock.unlock()
    }
    exitHandlerRemoved
    LZFFilter.registered
    H5Eset_auto2(chdf5_error_stack(), nil, nil)
    return try body()
  }

  /// The numbers of identifiers open at the moment: objects in files, data spaces, types and property lists.
  package static var openIdentifiers: [Int] {
    locked {
      [Int(H5Fget_obj_count(chdf5_any_file(), chdf5_any_object()))]
        + [H5I_DATASPACE, H5I_DATATYPE, H5I_GENPROP_LST, H5I_ATTR].map { kind in
          var count: hsize_t = 0
          H5Inmembers(kind, &count)
          return Int(count)
        }
    }
  }

  /// What HDF5 says about the call that failed last on this thread: the outermost message, then the cause; and whether
  /// that was a call to the operating system.
  static var lastFailure: (reason: String, isOfSystem: Bool) {
    var messages: [String] = []
    withUnsafeMutablePointer(to: &messages) { messages in
      _ = H5Ewalk2(
        chdf5_error_stack(), H5E_WALK_DOWNWARD,
        { _, entry, messages in
          if let description = entry?.pointee.desc {
            messages?.assumingMemoryBound(to: [String].self).pointee.append(String(cString: description))
          }
          return 0
        }, messages)
    }
    guard let outermost = messages.first, let innermost = messages.last else {
      return ("no reason given", false)
    }
    let summary = systemMessage(in: outermost) ?? outermost
    let cause = systemMessage(in: innermost) ?? innermost
    return (
      summary == cause ? cause : "\(summary): \(cause)", messages.contains { systemMessage(in: $0) != nil }
    )
  }

  static var failureReason: String { lastFailure.reason }

  /// What the operating system says, in HDF5's long account of a call to it.
  private static func systemMessage(in account: String) -> String? {
    guard let start = account.range(of: "error message = '") else { return nil }
    return String(account[start.upperBound...].prefix { $0 != "'" })
  }
}
