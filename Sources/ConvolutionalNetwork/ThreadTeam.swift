import Dispatch

/// Runs the same work on a number of threads, each of which learns its own number.
struct ThreadTeam {
  let threads: Int

  /// Calls `body` once for every thread number and returns when all are done. Calls run at the same time: each
  /// must write only to memory of its own, which the compiler cannot check for pointers.
  func perform(_ body: (Int) -> Void) {
    guard threads > 1 else { return body(0) }
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: threads) { body($0) }
    }
  }

  /// Cuts 0 ..< `count` into one range per thread.
  func performRanges(_ count: Int, _ body: (Range<Int>) -> Void) {
    perform { thread in
      body(count * thread / threads..<count * (thread + 1) / threads)
    }
  }
}
