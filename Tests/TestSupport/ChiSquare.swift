import Foundation

/// Pearson's χ² of observed counts, as the standard normal deviate of Wilson and Hilferty (1931).
///
/// The tests use fixed keys; they ask for a deviate below 4, which chance exceeds once in 30,000 times.
package func chiSquareDeviate(_ observed: [Int], expected: [Double]) -> Double {
  var chiSquare = 0.0
  for (count, mean) in zip(observed, expected) {
    chiSquare += (Double(count) - mean) * (Double(count) - mean) / mean
  }
  let freedom = Double(observed.count - 1)
  let spread = 2 / (9 * freedom)
  return (cbrt(chiSquare / freedom) - (1 - spread)) / spread.squareRoot()
}
