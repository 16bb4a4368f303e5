/// Mean and standard deviation of the finite values of a sample.
struct Moments {
  /// How many values were finite.
  let count: Int
  /// NaN without values.
  let mean: Double
  /// Square root of the mean squared deviation (ddof 0); NaN without values.
  let standardDeviation: Double

  init(_ values: [Double]) {
    let finite = values.filter(\.isFinite)
    let mean = finite.reduce(0, +) / Double(finite.count)
    count = finite.count
    self.mean = mean
    standardDeviation =
      (finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(finite.count)).squareRoot()
  }
}
