/// The coefficients c for which Σᵢ (yᵢ − Σⱼ xᵢⱼ cⱼ)² + λ Σⱼ cⱼ² Σᵢ xᵢⱼ² is smallest; those of columns of zeros are 0.
///
/// - Parameters:
///   - x: One row for each value.
///   - y: The values.
///   - shrinkage: λ, a little of which decides where the values do not.
/// - Returns: One coefficient for each column; nil where they are not determined.
package func leastSquares(_ x: Matrix, _ y: [Double], shrinkage: Double = 0) -> [Double]? {
  precondition(x.rows == y.count, "a value for each row")
  var normal = Matrix(rows: x.columns, columns: x.columns)
  var right = [Double](repeating: 0, count: x.columns)
  for row in 0..<x.rows {
    for i in 0..<x.columns {
      right[i] += x[row, i] * y[row]
      for j in 0..<x.columns { normal[i, j] += x[row, i] * x[row, j] }
    }
  }
  for i in 0..<x.columns { normal[i, i] = normal[i, i] == 0 ? 1 : normal[i, i] * (1 + shrinkage) }
  return CholeskyFactorisation(normal)?.solve(right)
}
