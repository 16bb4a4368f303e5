import Numerics

extension Matrix {
  /// The elements of a row.
  func row(_ index: Int) -> ArraySlice<Double> { elements[index * columns..<(index + 1) * columns] }

  /// A v.
  func times(_ vector: [Double]) -> [Double] {
    (0..<rows).map { zip(row($0), vector).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// Aᵀ v.
  func transposedTimes(_ vector: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: columns)
    for index in 0..<rows {
      for (column, element) in zip(product.indices, row(index)) { product[column] += vector[index] * element }
    }
    return product
  }

  /// A Aᵀ.
  var timesTransposed: Matrix {
    var product = Matrix(rows: rows, columns: rows)
    for i in 0..<rows {
      for j in 0...i {
        let element = zip(row(i), row(j)).reduce(0) { $0 + $1.0 * $1.1 }
        product[i, j] = element
        product[j, i] = element
      }
    }
    return product
  }
}
