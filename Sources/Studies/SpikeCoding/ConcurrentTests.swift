import Foundation

/// Tests that do not depend on each other, on all cores.
enum ConcurrentTests {
  /// What `work` makes of each element, in their order.
  ///
  /// - Throws: `Interruption.Interrupted` if it was asked for before all were done, or the first error of `work`.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ label: String, isQuiet: Bool,
    _ work: @escaping @Sendable (Element) throws -> Result
  ) throws -> [Result] {
    let progress = Progress(label, total: elements.count, unit: "networks", isQuiet: isQuiet)
    let results = try WorkerPool.map(
      elements, workers: ProcessInfo.processInfo.activeProcessorCount,
      stopped: "stopped while testing; the same call goes on with what was learnt"
    ) { element in
      let result = try work(element)
      progress.advance()
      return result
    }
    progress.finish()
    return results
  }
}
