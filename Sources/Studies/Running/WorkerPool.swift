import Foundation
import Synchronization

/// Runs independent pieces of work on a fixed number of threads.
package enum WorkerPool {
  /// Calls `work` for every element, in order, `workers` at a time. The first error, or a request to stop, lets
  /// pieces that run finish and starts no others.
  ///
  /// - Throws: The first error thrown by `work`.
  package static func forEach<Element: Sendable>(
    _ elements: [Element], workers: Int, _ work: @escaping @Sendable (Element) throws -> Void
  ) throws {
    Interruption.letWorkFinish()
    let queue = Queue(count: elements.count)
    let threads = (0..<min(max(workers, 1), elements.count)).map { _ in
      let finished = DispatchSemaphore(value: 0)
      let thread = Thread {
        while let index = queue.take() {
          do { try work(elements[index]) } catch { queue.fail(error) }
        }
        finished.signal()
      }
      thread.stackSize = 8 << 20
      thread.start()
      return finished
    }
    for finished in threads { finished.wait() }
    if let error = queue.firstError { throw error }
  }

  private final class Queue: Sendable {
    private let state: Mutex<(next: Int, error: (any Error)?)>
    private let count: Int

    init(count: Int) {
      self.count = count
      state = Mutex((0, nil))
    }

    func take() -> Int? {
      state.withLock { state in
        guard state.next < count, state.error == nil, !Interruption.isRequested else { return nil }
        defer { state.next += 1 }
        return state.next
      }
    }

    func fail(_ error: any Error) {
      state.withLock { state in
        if state.error == nil { state.error = error }
      }
    }

    var firstError: (any Error)? { state.withLock { $0.error } }
  }
}
