import Foundation
import Synchronization

/// Tests that do not depend on each other, on all cores.
enum ConcurrentTests {
  /// What `work` makes of each element, in their order.
  ///
  /// - Throws: `Interruption.Interrupted` if it was asked for before all were done, or the first error of `work`.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ label: String, isQuiet: Bool,
    _ work: @escaping @Sendable (Element) throws -> Result
  ) throws -> [Result] {
    let results = Results<Result>(count: elements.count)
    let progress = Progress(label, total: elements.count, unit: "networks", isQuiet: isQuiet)
    try WorkerPool.forEach(
      Array(elements.enumerated()), workers: ProcessInfo.processInfo.activeProcessorCount
    ) { index, element in
      results[index] = try work(element)
      progress.advance()
    }
    progress.finish()
    try Interruption.check("stopped while testing; the same call goes on with what was learnt")
    return results.all
  }

  private final class Results<Result: Sendable>: Sendable {
    private let values: Mutex<[Result?]>

    init(count: Int) { values = Mutex([Result?](repeating: nil, count: count)) }

    subscript(index: Int) -> Result? {
      get { values.withLock { $0[index] } }
      set { values.withLock { $0[index] = newValue } }
    }

    var all: [Result] { values.withLock { $0.compactMap(\.self) } }
  }
}
