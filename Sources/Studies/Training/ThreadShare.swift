import Foundation

/// How many threads each network of an ensemble gets: networks side by side are faster than threads that share the batches
/// of one. What finished networks leave goes to those that are still trained.
final class ThreadShare: @unchecked Sendable {
  private let lock = NSLock()
  private let threads: Int
  private var unfinished: Int
  private var abandoned = false
  /// Networks that are trained at the same time.
  let workers: Int

  /// The shares of `threads` threads among so many networks.
  init(threads: Int, networks: Int) {
    self.threads = threads
    unfinished = networks
    workers = min(threads, networks)
  }

  /// Threads for a network now.
  var current: Int { lock.withLock { threads / max(1, min(workers, unfinished)) } }

  /// Whether the training of another network has failed.
  var isAbandoned: Bool { lock.withLock { abandoned } }

  /// Notes that a training has failed.
  func abandon() { lock.withLock { abandoned = true } }

  /// Notes that a network is trained.
  func finishOne() { lock.withLock { unfinished -= 1 } }
}
