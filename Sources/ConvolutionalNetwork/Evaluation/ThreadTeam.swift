import Foundation
import Synchronization

/// Runs the same work on a number of threads, each of which learns its own number.
///
/// The threads live as long as the team. A training step hands out work four times in a millisecond or two, and
/// waking a sleeping thread takes a tenth of a millisecond; so threads look out for work for a while before they
/// sleep.
final class ThreadTeam {
  let threads: Int
  private let work = SharedWork()
  private let sleepers: [Sleeper]

  /// Starts `threads` − 1 threads; the caller is the remaining one.
  init(threads: Int) {
    precondition(threads >= 1, "a team needs a thread")
    self.threads = threads
    sleepers = (1..<threads).map { _ in Sleeper() }
    for (index, sleeper) in sleepers.enumerated() {
      let thread = Thread { [work] in work.serve(thread: index + 1, sleeper) }
      thread.start()
    }
  }

  deinit {
    work.finish()
    for sleeper in sleepers { sleeper.wake() }
  }

  /// Calls `body` once for every thread number and returns when all are done. Calls run at the same time: each
  /// must write only to memory of its own, which the compiler cannot check for pointers.
  func perform(_ body: (Int) -> Void) {
    guard threads > 1 else { return body(0) }
    withoutActuallyEscaping(body) { body in
      work.begin(body, helpers: threads - 1)
      for sleeper in sleepers { sleeper.wake() }
      body(0)
      work.waitForHelpers()
    }
  }

  /// Calls `body` once for every item in 0 ..< `count`, on whichever thread is free.
  func performItems(_ count: Int, _ body: (_ thread: Int, _ item: Int) -> Void) {
    let next = Atomic<Int>(0)
    perform { thread in
      while true {
        let item = next.add(1, ordering: .relaxed).oldValue
        guard item < count else { return }
        body(thread, item)
      }
    }
  }

  /// Cuts 0 ..< `count` into one range per thread.
  func performRanges(_ count: Int, _ body: (Range<Int>) -> Void) {
    perform { thread in
      body(Crew(member: thread, count: threads, barrier: nil).part(of: count))
    }
  }
}

/// What all threads of a team see.
private final class SharedWork: Sendable {
  /// Counts the calls of `begin`; −1 tells the threads to end.
  private let round = Atomic<Int>(0)
  /// Threads that have not finished the round.
  private let helpers = Atomic<Int>(0)
  /// Written between rounds only; `round` and `helpers` order the accesses.
  nonisolated(unsafe) private var body: ((Int) -> Void)?

  func begin(_ body: @escaping (Int) -> Void, helpers count: Int) {
    self.body = body
    helpers.store(count, ordering: .relaxed)
    round.add(1, ordering: .sequentiallyConsistent)
  }

  func waitForHelpers() {
    var spins = 0
    while helpers.load(ordering: .acquiring) > 0 {
      spins += 1
      if spins > 1000 { sched_yield() }
    }
    body = nil
  }

  func finish() { round.store(-1, ordering: .sequentiallyConsistent) }

  /// The life of a thread.
  func serve(thread: Int, _ sleeper: Sleeper) {
    var finished = 0
    while true {
      var spins = 0
      while round.load(ordering: .acquiring) == finished {
        spins += 1
        if spins > 20_000 {
          sleeper.sleep { round.load(ordering: .sequentiallyConsistent) == finished }
          spins = 0
        }
      }
      finished = round.load(ordering: .acquiring)
      guard finished >= 0 else { return }
      run(thread)
      helpers.subtract(1, ordering: .releasing)
    }
  }

  /// Not inlined, so that no reference to the body outlives the call.
  @inline(never)
  private func run(_ thread: Int) { body?(thread) }
}

/// Lets one thread sleep until it is woken.
private final class Sleeper: Sendable {
  private let isAsleep = Atomic<Bool>(false)
  private let semaphore = DispatchSemaphore(value: 0)

  /// Sleeps if `condition` still holds once the intention is visible to `wake`.
  func sleep(while condition: () -> Bool) {
    isAsleep.store(true, ordering: .sequentiallyConsistent)
    // Whoever takes the flag back decides: the sleeper itself, or `wake`, whose signal must then be awaited.
    if !condition(), isAsleep.exchange(false, ordering: .sequentiallyConsistent) { return }
    semaphore.wait()
  }

  func wake() {
    if isAsleep.exchange(false, ordering: .sequentiallyConsistent) { semaphore.signal() }
  }
}
