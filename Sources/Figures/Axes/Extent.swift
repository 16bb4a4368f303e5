/// The range that finite values cover; empty until the first one.
package struct Extent: Sendable, Equatable {
  /// The least finite value.
  package private(set) var lower: Double?
  /// The greatest finite value.
  package private(set) var upper: Double?
  /// The least value above zero, where a logarithmic axis can begin.
  package private(set) var lowestPositive: Double?

  /// The extent of `values`; NaN and infinities do not count.
  package init(_ values: some Sequence<Double> = []) {
    for value in values where value.isFinite {
      lower = min(lower ?? value, value)
      upper = max(upper ?? value, value)
      if value > 0 { lowestPositive = min(lowestPositive ?? value, value) }
    }
  }

  /// Whether there was no finite value.
  package var isEmpty: Bool { lower == nil }

  /// Widens the extent to include another.
  package mutating func formUnion(_ other: Extent) {
    self = Extent([self, other].flatMap { [$0.lower, $0.upper, $0.lowestPositive].compactMap(\.self) })
  }
}
