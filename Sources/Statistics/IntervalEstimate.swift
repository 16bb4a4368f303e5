import Foundation

/// A value with an interval that tells how certain it is.
package struct IntervalEstimate: Sendable, Equatable, Codable {
  /// The value.
  package let value: Double
  /// Lower end of the interval.
  package let lower: Double
  /// Upper end of the interval.
  package let upper: Double

  /// A value and the ends of its interval.
  package init(value: Double, lower: Double, upper: Double) {
    self.value = value
    self.lower = lower
    self.upper = upper
  }

  /// Value and interval multiplied by a positive factor.
  package func scaled(by factor: Double) -> IntervalEstimate {
    IntervalEstimate(value: value * factor, lower: lower * factor, upper: upper * factor)
  }

  /// The value with its interval in brackets, each number in a format such as `%.3f`.
  package func text(_ format: String) -> String {
    String(format: "\(format) [\(format), \(format)]", value, lower, upper)
  }
}
