import Foundation

/// The lower triangular L with L Lᵀ = A for a symmetric, positive definite matrix A.
package struct CholeskyFactorisation: Sendable, Equatable {
  /// L.
  package let lower: Matrix
  /// log det L, half of log det A.
  package let logDeterminantOfLower: Double

  /// Factorises a square matrix; nil unless it is symmetric, up to 1e-9 of an element, and positive definite.
  package init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    var lower = Matrix(rows: matrix.rows, columns: matrix.columns)
    var logDeterminant = 0.0
    for row in 0..<matrix.rows {
      for column in 0...row {
        let (value, mirrored) = (matrix[row, column], matrix[column, row])
        guard abs(value - mirrored) <= 1e-9 * max(abs(value), abs(mirrored)) else { return nil }
        var rest = value
        for k in 0..<column { rest -= lower[row, k] * lower[column, k] }
        if row == column {
          guard rest > 0 else { return nil }
          lower[row, row] = rest.squareRoot()
          logDeterminant += log(lower[row, row])
        } else {
          lower[row, column] = rest / lower[column, column]
        }
      }
    }
    self.lower = lower
    logDeterminantOfLower = logDeterminant
  }

  /// L v.
  package func multiplied(_ vector: [Double]) -> [Double] {
    vector.indices.map { row in (0...row).reduce(0) { $0 + lower[row, $1] * vector[$1] } }
  }

  /// The x with L x = b.
  package func solveLower(_ b: [Double]) -> [Double] {
    var x = b
    for row in x.indices {
      for k in 0..<row { x[row] -= lower[row, k] * x[k] }
      x[row] /= lower[row, row]
    }
    return x
  }

  /// The squared norm of the x with L x = b − a, without memory of its own.
  package func squaredNorm(of b: [Double], from a: [Double]) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: b.count) { x in
      lower.elements.withUnsafeBufferPointer { lower in
        var sum = 0.0
        for row in 0..<b.count {
          var value = b[row] - a[row]
          for k in 0..<row { value -= lower[row * b.count + k] * x[k] }
          x[row] = value / lower[row * b.count + row]
          sum += x[row] * x[row]
        }
        return sum
      }
    }
  }

  /// The x with A x = b.
  package func solve(_ b: [Double]) -> [Double] {
    var x = solveLower(b)
    for row in x.indices.reversed() {
      for k in (row + 1)..<max(row + 1, x.count) { x[row] -= lower[k, row] * x[k] }
      x[row] /= lower[row, row]
    }
    return x
  }
}
