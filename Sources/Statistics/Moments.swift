/// Mean and spread of some numbers; NaN of none.
package struct Moments: Sendable, Equatable {
  /// How many numbers.
  package let count: Int
  /// Their mean.
  package let mean: Double
  /// The sum of their squares.
  package let squares: Double
  /// The sum of the squares of their deviations from the mean.
  package let squaredDeviations: Double

  /// Moments of all values.
  package init(_ values: [Double]) { self.init(values, values.indices) }

  /// Moments of the values at some positions, which may occur several times, as in a resample.
  package init(_ values: [Double], at positions: [Int]) { self.init(values, positions) }

  private init(_ values: [Double], _ positions: some Collection<Int>) {
    count = positions.count
    var (sum, squares) = (0.0, 0.0)
    for position in positions {
      sum += values[position]
      squares += values[position] * values[position]
    }
    let mean = sum / Double(count)
    var squaredDeviations = 0.0
    for position in positions {
      squaredDeviations += (values[position] - mean) * (values[position] - mean)
    }
    self.mean = mean
    self.squares = squares
    self.squaredDeviations = squaredDeviations
  }

  /// Square root of the mean squared deviation (ddof 0).
  package var standardDeviation: Double { (squaredDeviations / Double(count)).squareRoot() }
  /// Standard deviation of what the numbers are a sample of (ddof 1); of at least two.
  package var sampleStandardDeviation: Double { (squaredDeviations / Double(count - 1)).squareRoot() }
  /// Square root of the mean square.
  package var rootMeanSquare: Double { (squares / Double(count)).squareRoot() }
}
