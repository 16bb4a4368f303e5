import Foundation
import Synchronization

/// Standard error, where progress, notes and errors are told. On a terminal one line may stand open, to be rewritten;
/// whatever else is written ends it first.
package final class StandardError: Sendable {
  /// That of the process. If writing fails, as on a full disk or after a terminal was closed, the work goes on without
  /// it.
  package static let shared = StandardError(isTerminal: isatty(2) == 1) {
    try? FileHandle.standardError.write(contentsOf: Data($0.utf8))
  }

  let isTerminal: Bool
  private let put: @Sendable (String) -> Void
  private let hasOpenLine = Mutex(false)

  /// Tells `put` everything.
  package init(isTerminal: Bool, put: @escaping @Sendable (String) -> Void) {
    self.isTerminal = isTerminal
    self.put = put
  }

  /// Writes whole lines to the standard error of the process.
  package static func write(_ lines: String) { shared.write(lines) }

  /// Writes whole lines.
  package func write(_ lines: String) {
    hasOpenLine.withLock { isOpen in
      put((isOpen ? "\n" : "") + lines)
      isOpen = false
    }
  }

  /// Writes a line in place of the open one, if there is one, and leaves it open.
  package func rewrite(_ line: String) {
    hasOpenLine.withLock { isOpen in
      // To the first column, and clear what is there.
      put("\r\u{1B}[K" + line)
      isOpen = true
    }
  }

  /// Ends the open line, if there is one.
  package func endLine() { write("") }
}
