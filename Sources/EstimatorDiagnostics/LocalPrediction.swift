import Numerics
import Statistics

/// What a number would be at a point, by linear regression on points around it.
///
/// Of n points with p coordinates, the number y predicted at the point with the leverage h from residuals of standard
/// deviation s makes (x − y) / (s √(1 + h)) of one more number, x, which has Student's t distribution with n − p − 1 degrees of
/// freedom if numbers are normally distributed about a plane.
struct LocalPrediction {
  /// One and the coordinates relative to the point, a row for each of the points around it.
  private let design: Matrix
  private let normal: CholeskyFactorisation
  private let leverage: Double
  private let distribution: StudentDistribution

  /// Probabilities are no more exact than this.
  private static let leastProbability = 1e-15

  /// A prediction at a point from others, which are at least two more than there are coordinates.
  init(at point: [Double], from others: [[Double]]) {
    let own = Self.regression(on: others.map { other in [1] + zip(other, point).map { $0 - $1 } })
    // Where the others do not span all coordinates, their mean has to do.
    let known = own ?? Self.regression(on: others.map { _ in [1] })!
    (design, normal) = known
    leverage = normal.solve([1] + Array(repeating: 0, count: design.columns - 1))[0]
    distribution = StudentDistribution(degreesOfFreedom: others.count - design.columns)
  }

  private static func regression(on rows: [[Double]]) -> (Matrix, CholeskyFactorisation)? {
    let columns = rows[0].count
    let design = Matrix(rows: rows.count, columns: columns, rows.flatMap { $0 })
    var normal = Matrix(rows: columns, columns: columns)
    for row in rows { for i in 0..<columns { for j in 0..<columns { normal[i, j] += row[i] * row[j] } } }
    guard rows.count > columns, let factorisation = CholeskyFactorisation(normal) else { return nil }
    return (design, factorisation)
  }

  /// The two-sided probability of a number as far from what the others, one for each point, predict.
  func probability(of value: Double, among others: [Double]) -> Double {
    // Relative to their mean, which costs no digits.
    let mean = Moments(others).mean
    var right = [Double](repeating: 0, count: design.columns)
    for (row, other) in others.enumerated() {
      for column in right.indices { right[column] += design[row, column] * (other - mean) }
    }
    let coefficients = normal.solve(right)
    let squares = others.enumerated().reduce(0) { sum, other in
      let fitted = coefficients.indices.reduce(0) { $0 + design[other.offset, $1] * coefficients[$1] }
      let residual = other.element - mean - fitted
      return sum + residual * residual
    }
    let deviation = (squares / Double(distribution.degreesOfFreedom) * (1 + leverage)).squareRoot()
    let distance = abs(value - mean - coefficients[0])
    guard deviation > 0 else { return distance == 0 ? 1 : Self.leastProbability }
    return max(2 * distribution.cumulative(-distance / deviation), Self.leastProbability)
  }
}
