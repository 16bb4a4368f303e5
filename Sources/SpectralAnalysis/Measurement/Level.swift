import Foundation

/// A quantity of a measurement that may differ from recording to recording: one value, or log-uniform in a range.
public struct Level: Sendable, Equatable {
  /// The smallest value.
  public var lower: Double
  /// The largest value.
  public var upper: Double

  /// The same value in all recordings.
  public init(_ value: Double) { (lower, upper) = (value, value) }

  /// Log-uniform between two positive values.
  public init(_ range: ClosedRange<Double>) { (lower, upper) = (range.lowerBound, range.upperBound) }

  /// Nothing.
  public static let zero = Level(0)

  /// The value at a quantile between 0 and 1.
  public func value(at quantile: Double) -> Double {
    lower == upper ? lower : lower * pow(upper / lower, quantile)
  }

  /// Whether values can be drawn: one that is not negative, or a range of positive ones.
  var isPossible: Bool {
    lower.isFinite && upper.isFinite && (lower == upper ? lower >= 0 : lower > 0 && lower < upper)
  }
}
