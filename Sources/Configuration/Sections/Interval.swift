import Yams

/// A stretch of the real line, written `[lower, upper]`.
public struct Interval: Sendable, Equatable {
  /// The lower end.
  public var lower: Double
  /// The upper end.
  public var upper: Double

  /// The stretch from `lower` to `upper`.
  public init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether both ends are finite and the length is positive.
  package var isIncreasing: Bool { lower < upper && lower.isFinite && upper.isFinite }
}

extension Interval: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard let sequence = node.sequence, sequence.count == 2 else {
      reader.reject(node, at: keyPath, "is not a pair of numbers", expected: "[lower, upper]")
      return nil
    }
    guard let ends = [Double](node, at: keyPath, by: reader) else { return nil }
    self.init(ends[0], ends[1])
  }

  package var canonical: CanonicalYAML { .list([lower.canonical, upper.canonical]) }
}
