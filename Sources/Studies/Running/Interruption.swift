import Foundation
import Synchronization

/// The signal that asked the process to stop; 0 while none did.
private let receivedSignal = Atomic<Int32>(0)

/// Whether there is work that can come to an end by itself.
private let hasWork = Atomic<Bool>(false)

/// Stopping on Ctrl-C or SIGTERM: the first one lets running work finish, a second one, or one before any work that can,
/// ends the process at once.
package enum Interruption {
  /// Work stopped because the user, or a job scheduler, asked for it.
  package struct Interrupted: Error, CustomStringConvertible {
    /// The signal received.
    package let signal: Int32
    /// What is left undone and how to go on.
    package let description: String
    /// The exit status that shells expect: 130 after Ctrl-C.
    package var exitStatus: Int32 { 128 + signal }
  }

  /// From now on signals end the process with the status that shells expect.
  package static func handleSignals() {
    for signal in [SIGINT, SIGTERM] {
      Foundation.signal(signal) { received in
        // Only async-signal-safe calls here.
        let isFirst = receivedSignal.compareExchange(expected: 0, desired: received, ordering: .relaxed)
          .exchanged
        if !isFirst || !hasWork.load(ordering: .relaxed) { _exit(128 + received) }
      }
    }
  }

  /// From now on the first signal sets ``isRequested`` instead of ending the process.
  static func letWorkFinish() { hasWork.store(true, ordering: .relaxed) }

  /// Whether work should come to an end.
  package static var isRequested: Bool { receivedSignal.load(ordering: .relaxed) != 0 }

  /// Throws ``Interrupted`` with the message if the process was asked to stop.
  static func check(_ message: @autoclosure () -> String) throws {
    let signal = receivedSignal.load(ordering: .relaxed)
    if signal != 0 { throw Interrupted(signal: signal, description: message()) }
  }
}
