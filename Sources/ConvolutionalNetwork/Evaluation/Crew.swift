import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One of several threads that run a chunk together, each a part of every pass.
///
/// Parts are cut so that each result is computed by one thread as by a single one: results have the same bits.
struct Crew {
  /// Number of this thread in the crew, from 0.
  let member: Int
  /// Threads of the crew.
  let count: Int
  private let barrier: SpinBarrier?

  /// A thread that runs a chunk by itself.
  static let alone = Crew(member: 0, count: 1, barrier: nil)

  /// Member `member` of `count` threads that share a barrier.
  init(member: Int, count: Int, barrier: SpinBarrier?) {
    self.member = member
    self.count = count
    self.barrier = barrier
  }

  /// Whether this is the thread that does what cannot be shared.
  var isFirst: Bool { member == 0 }

  /// This thread's part of 0 ..< `total`.
  func part(of total: Int) -> Range<Int> {
    total * member / count..<total * (member + 1) / count
  }

  /// Waits until all threads of the crew have come here; what they wrote before can then be read.
  func wait() { barrier?.wait(count) }
}

/// Where threads wait for each other, for microseconds: they look out instead of sleeping.
final class SpinBarrier: Sendable {
  private let arrived = Atomic<Int>(0)
  private let round = Atomic<Int>(0)

  /// Returns when `count` threads have called it.
  func wait(_ count: Int) {
    let current = round.load(ordering: .acquiring)
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == count {
      arrived.store(0, ordering: .relaxed)
      round.add(1, ordering: .releasing)
      return
    }
    var spins = 0
    while round.load(ordering: .acquiring) == current {
      spins += 1
      if spins > 1000 { sched_yield() }
    }
  }
}
