import Foundation

/// A map from data to fractions of an axis's length.
public struct Scale: Sendable, Equatable {
  /// How values are spaced.
  public enum Kind: Sendable {
    /// Equal differences are equally far apart.
    case linear
    /// Equal ratios are equally far apart; only positive values have a place.
    case logarithmic
  }

  /// How values are spaced.
  public let kind: Kind
  /// The value at fraction 0. May be greater than `end`: the axis is then reversed.
  public let start: Double
  /// The value at fraction 1.
  public let end: Double

  /// A scale from `start` to `end`. Limits that cannot span an axis (equal, not finite, or not positive
  /// on a logarithmic scale) are widened to a range around the valid one, or replaced by 0 … 1 or 1 … 10.
  public init(_ kind: Kind, from start: Double, to end: Double) {
    self.kind = kind
    func isValid(_ value: Double) -> Bool { value.isFinite && (kind == .linear || value > 0) }
    // Differences and ratios of more extreme numbers overflow.
    let least = kind == .linear ? -1e300 : 1e-300
    func bounded(_ value: Double) -> Double { min(max(value, least), 1e300) }
    let pair = [start, end].filter(isValid).map(bounded)
    if pair.count == 2 && pair[0] != pair[1] {
      (self.start, self.end) = (pair[0], pair[1])
    } else if let value = pair.first {
      switch kind {
      case .linear:
        let margin = value == 0 ? 1 : abs(value) * 0.1
        (self.start, self.end) = (value - margin, value + margin)
      case .logarithmic:
        (self.start, self.end) = (value / 2, value * 2)
      }
    } else {
      (self.start, self.end) = kind == .linear ? (0, 1) : (1, 10)
    }
  }

  /// Where `value` lies, 0 at `start` and 1 at `end`, or nil for values without a place: NaN, infinities,
  /// and zero or less on a logarithmic scale.
  public func fraction(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    let result: Double
    switch kind {
    case .linear:
      result = (value - start) / (end - start)
    case .logarithmic:
      guard value > 0 else { return nil }
      result = log(value / start) / log(end / start)
    }
    return result.isFinite ? result : nil
  }
}
