import CLAPACK

/// Eigenvalues and orthonormal eigenvectors of a symmetric matrix, by LAPACK (divide and conquer).
package struct SymmetricEigensystem: Sendable {
  /// The eigenvalues, ascending.
  package let values: [Double]
  /// The eigenvectors, one a row, in the order of the eigenvalues.
  package let vectors: Matrix

  /// LAPACK has found no eigenvalues, which finite numbers do not bring about.
  package struct Failure: Error, Equatable {
    /// What `dsyevd` returned.
    package let info: Int
  }

  /// Solves for a square matrix, of which only the lower triangle is read.
  package init(_ matrix: consuming Matrix) throws(Failure) {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    var order = Int32(matrix.rows)
    var values = [Double](repeating: 0, count: matrix.rows)
    var work = [0.0]
    var integerWork: [Int32] = [0]
    var info: Int32 = 0
    // A first call with lengths of -1 asks for the size of the work space.
    for isQuery in [true, false] {
      var workLength: Int32 = isQuery ? -1 : Int32(work.count)
      var integerWorkLength: Int32 = isQuery ? -1 : Int32(integerWork.count)
      // By columns, as LAPACK reads, the lower triangle is the upper one.
      matrix.withElements {
        dsyevd_(
          "V", "U", &order, &$0, &order, &values, &work, &workLength, &integerWork, &integerWorkLength, &info,
          1, 1)
      }
      guard info == 0 else { throw Failure(info: Int(info)) }
      if isQuery {
        work = [Double](repeating: 0, count: Int(work[0]))
        integerWork = [Int32](repeating: 0, count: Int(integerWork[0]))
      }
    }
    self.values = values
    vectors = matrix
  }
}
