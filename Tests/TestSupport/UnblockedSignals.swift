import Foundation

/// Starts programs so that signals reach them: they would inherit that the threads of a pool, on which tests run, have
/// all signals blocked.
package func withUnblockedSignals(_ start: () throws -> Void) rethrows {
  var (none, blocked) = (sigset_t(), sigset_t())
  sigemptyset(&none)
  pthread_sigmask(SIG_SETMASK, &none, &blocked)
  defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
  try start()
}
