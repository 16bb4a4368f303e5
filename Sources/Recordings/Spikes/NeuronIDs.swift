/// Ids of a population's neurons, as another program counts them: `1-8000,9001-11000`.
package struct NeuronIDs: Sendable, Equatable, CustomStringConvertible {
  private let ranges: [ClosedRange<Int>]

  /// Ids that follow one another.
  package init(_ range: ClosedRange<Int>) { ranges = [range] }

  /// Reads ids and ranges of ids, none negative, separated by commas; nil for anything else and where an id comes twice.
  package init?(_ text: String) {
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first >= 0,
        first <= last, last < Self.limit, !ranges.contains(where: { $0.overlaps(first...last) })
      else { return nil }
      ranges.append(first...last)
    }
    self.ranges = ranges
  }

  /// Ids are less than this.
  package static let limit = 1 << 48

  /// Number of neurons.
  package var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// As they were written.
  package var description: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(
      separator: ",")
  }

  /// Whether an id belongs to both.
  package func overlaps(_ other: NeuronIDs) -> Bool {
    ranges.contains { range in other.ranges.contains { $0.overlaps(range) } }
  }

  /// The number of the neuron with an id, counted from 0; nil if it is another one's.
  package func number(of id: Int) -> Int? {
    var before = 0
    for range in ranges {
      if range.contains(id) { return before + id - range.lowerBound }
      before += range.count
    }
    return nil
  }
}
