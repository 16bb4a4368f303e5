import Foundation
import Studies
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
  private struct Failure: Error, Equatable { let element: Int }

  /// What workers did, in the order in which they did it. Its lock is one that ThreadSanitizer sees, as in `WorkerPool`.
  private final class Log: @unchecked Sendable {
    private let lock = NSLock()
    private var entries: [Int] = []
    func add(_ entry: Int) { lock.withLock { entries.append(entry) } }
    var all: [Int] { lock.withLock { entries } }
  }

  @Test("every element is worked on once", arguments: [-1, 0, 1, 2, 7, 200])
  func once(workers: Int) throws {
    let log = Log()
    try WorkerPool.forEach(Array(0..<100), workers: workers) { log.add($0) }
    #expect(log.all.sorted() == Array(0..<100))
  }

  @Test("results stand in the order of the elements", arguments: [1, 3])
  func results(workers: Int) throws {
    let squares = try WorkerPool.map(Array(0..<100), workers: workers, stopped: "") { $0 * $0 }
    #expect(squares == (0..<100).map { $0 * $0 })
    #expect(throws: Failure(element: 7)) {
      try WorkerPool.map([1, 7, 3], workers: workers, stopped: "") { element in
        if element == 7 { throw Failure(element: element) }
        return element
      }
    }
  }

  @Test("nothing is done for no elements")
  func empty() throws {
    try WorkerPool.forEach([Int](), workers: 3) { _ in Issue.record("there is no element") }
  }

  @Test("a single worker keeps the order")
  func order() throws {
    let log = Log()
    try WorkerPool.forEach([5, 3, 9, 1], workers: 1) { log.add($0) }
    #expect(log.all == [5, 3, 9, 1])
  }

  @Test("workers start elements in order")
  func starts() throws {
    let log = Log()
    let workers = 4
    try WorkerPool.forEach(Array(0..<200), workers: workers) { log.add($0) }
    // Elements are taken in order but noted later: each of the other workers may hold an earlier one.
    var noted: Set<Int> = []
    for element in log.all {
      noted.insert(element)
      #expect((0..<element).filter { !noted.contains($0) }.count < workers)
    }
  }

  @Test("as many workers as asked for work at the same time")
  func simultaneous() throws {
    let arrived = Atomic<Int>(0)
    try WorkerPool.forEach([0, 1, 2], workers: 3) { _ in
      arrived.add(1, ordering: .relaxed)
      // Goes on only when all three are here.
      while arrived.load(ordering: .relaxed) < 3 {}
    }
    #expect(arrived.load(ordering: .relaxed) == 3)
  }

  @Test("an error is thrown and nothing is started after it")
  func error() {
    let log = Log()
    #expect(throws: Failure(element: 10)) {
      try WorkerPool.forEach(Array(0..<100), workers: 1) { element in
        log.add(element)
        if element == 10 { throw Failure(element: element) }
      }
    }
    #expect(log.all == Array(0...10))
  }

  @Test("of several errors the first is thrown, after running work has finished")
  func firstError() {
    let log = Log()
    let failed = Atomic<Bool>(false)
    #expect(throws: Failure(element: 1)) {
      try WorkerPool.forEach(Array(0..<100), workers: 2) { element in
        if element == 1 {
          defer { failed.store(true, ordering: .releasing) }
          throw Failure(element: 1)
        }
        // The other worker stays in its first element until the error is on its way, then takes its time.
        while !failed.load(ordering: .acquiring) {}
        for _ in 0..<1000 { log.add(element) }
        throw Failure(element: element)
      }
    }
    #expect(log.all.filter { $0 == 0 }.count == 1000)
  }
}
