import Foundation
import Statistics

/// A number measured on several trainings that differ in their seeds.
package struct RepeatedMeasurement: Sendable, Equatable, Codable {
  /// The number of each training.
  package let values: [Double]
  /// Their mean.
  package let mean: Double
  /// Their standard deviation (ddof 1); nil of a single one.
  package let standardDeviation: Double?

  enum CodingKeys: String, CodingKey {
    case values, mean
    case standardDeviation = "std"
  }

  /// The numbers of at least one training.
  package init(_ values: [Double]) {
    precondition(!values.isEmpty, "at least one training")
    let moments = Moments(values)
    self.values = values
    mean = moments.mean
    standardDeviation = values.count > 1 ? moments.sampleStandardDeviation : nil
  }

  /// Mean ± standard deviation, each multiplied by `scale` in a format such as `%.3f`.
  package func text(_ format: String, scale: Double = 1) -> String {
    String(format: format, mean * scale)
      + (standardDeviation.map { String(format: " ± " + format, $0 * scale) } ?? "")
  }
}
