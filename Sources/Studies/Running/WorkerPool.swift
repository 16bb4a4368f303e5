import Foundation

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

  /// What `work` makes of each element, in their order, `workers` at a time.
  ///
  /// - Parameter stopped: What is said where a request to stop came before all were done.
  /// - Throws: The first error thrown by `work`, or `Interruption.Interrupted`.
  package static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], workers: Int, stopped: String,
    _ work: @escaping @Sendable (Element) throws -> Result
  ) throws -> [Result] {
    let results = Results<Result>(count: elements.count)
    try forEach(Array(elements.enumerated()), workers: workers) { results.put(try work($1), at: $0) }
    try Interruption.check(stopped)
    return results.all
  }

  /// Its lock is one that ThreadSanitizer sees: the slow path of `Mutex` is compiled without it.
  private final class Results<Result: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Result?]

    init(count: Int) { values = [Result?](repeating: nil, count: count) }

    func put(_ result: Result, at index: Int) { lock.withLock { values[index] = result } }
    var all: [Result] { lock.withLock { values.compactMap(\.self) } }
  }

  /// The elements that are left, with such a lock, too.
  private final class Queue: @unchecked Sendable {
    private let lock = NSLock()
    private let count: Int
    private var next = 0
    private var error: (any Error)?

    init(count: Int) { self.count = count }

    func take() -> Int? {
      lock.withLock {
        guard next < count, error == nil, !Interruption.isRequested else { return nil }
        defer { next += 1 }
        return next
      }
    }

    func fail(_ error: any Error) { lock.withLock { self.error = self.error ?? error } }

    var firstError: (any Error)? { lock.withLock { error } }
  }
}
