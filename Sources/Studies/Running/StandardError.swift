import Foundation

/// Where progress, notes and errors are told.
package enum StandardError {
  /// Writes a text. If that fails, as on a full disk or after a terminal was closed, the work goes on without it.
  package static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
