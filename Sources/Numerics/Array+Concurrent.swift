import Dispatch

extension Array where Element: Sendable {
  /// A value for each index from 0, computed by as many threads, each one part of the indices.
  package init(count: Int, threads: Int, _ value: @Sendable (Int) -> Element) {
    let parts = Swift.max(1, Swift.min(threads, count))
    self.init(unsafeUninitializedCapacity: count) { values, initialised in
      nonisolated(unsafe) let values = values
      DispatchQueue.concurrentPerform(iterations: parts) { part in
        for index in count * part / parts..<count * (part + 1) / parts {
          values.initializeElement(at: index, to: value(index))
        }
      }
      initialised = count
    }
  }
}
