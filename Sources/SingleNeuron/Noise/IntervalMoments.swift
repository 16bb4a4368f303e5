/// Mean and spread of interspike intervals.
package struct IntervalMoments: Sendable, Equatable {
  /// Number of intervals.
  package private(set) var count = 0
  /// Their mean in ms.
  package private(set) var mean = 0.0
  private var squares = 0.0

  /// Of no intervals.
  package init() {}

  /// Takes in one more interval in ms.
  mutating func add(_ interval: Double) {
    count += 1
    let difference = interval - mean
    mean += difference / Double(count)
    squares += difference * (interval - mean)
  }

  /// Takes in all intervals of another train.
  mutating func add(_ other: IntervalMoments) {
    guard other.count > 0 else { return }
    let difference = other.mean - mean
    let total = Double(count + other.count)
    squares += other.squares + difference * difference * Double(count) * Double(other.count) / total
    mean += difference * Double(other.count) / total
    count += other.count
  }

  /// The rate in Hz, one over the mean; NaN without intervals.
  package var rate: Double { count > 0 ? 1000 / mean : .nan }
  /// Standard deviation (ddof 0) over mean; NaN without intervals.
  package var coefficientOfVariation: Double {
    count > 0 ? (squares / Double(count)).squareRoot() / mean : .nan
  }
  /// The standard error of the rate in Hz, of independent intervals.
  package var rateError: Double { coefficientOfVariation * rate / Double(count).squareRoot() }
}
