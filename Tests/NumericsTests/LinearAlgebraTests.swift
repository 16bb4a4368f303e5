import Foundation
import Numerics
import Testing

@Suite("Linear algebra")
struct LinearAlgebraTests {
  /// L Lᵀ for L = [[2, 0, 0], [6, 1, 0], [-8, 5, 3]].
  private static let matrix = Matrix(rows: 3, columns: 3, [4, 12, -16, 12, 37, -43, -16, -43, 98])

  @Test("a matrix that is the square of a triangle gives the triangle back")
  func cholesky() throws {
    let factorisation = try #require(CholeskyFactorisation(Self.matrix))
    #expect(factorisation.lower == Matrix(rows: 3, columns: 3, [2, 0, 0, 6, 1, 0, -8, 5, 3]))
    #expect(abs(factorisation.logDeterminantOfLower - log(6)) < 1e-15)
    #expect(factorisation.multiplied([1, 2, 3]) == [2, 8, 11])
    #expect(factorisation.solveLower([2, 8, 11]) == [1, 2, 3])
    // A (1, 2, 3)ᵀ by hand.
    #expect(factorisation.solve([-20, -43, 192]) == [1, 2, 3])
  }

  @Test("what is not symmetric, not positive definite or not finite has no factors")
  func noFactors() {
    func factorisation(_ elements: [Double]) -> CholeskyFactorisation? {
      CholeskyFactorisation(Matrix(rows: 2, columns: 2, elements))
    }
    #expect(factorisation([1, 2, 2, 1]) == nil)
    #expect(factorisation([1, 1, 1, 1]) == nil)
    #expect(factorisation([-1, 0, 0, 1]) == nil)
    #expect(factorisation([1, 0.5, 0.4, 1]) == nil)
    #expect(factorisation([.nan, 0, 0, 1]) == nil)
    #expect(factorisation([.infinity, 0, 0, 1]) == nil)
    #expect(factorisation([1, 0.5, 0.5 * (1 + 1e-12), 1]) != nil)
  }

  @Test("least squares find the line y = 7/6 + x/2 through (0, 1), (1, 2) and (2, 2)")
  func line() throws {
    let x = Matrix(rows: 3, columns: 2, [1, 0, 1, 1, 1, 2])
    let coefficients = try #require(leastSquares(x, [1, 2, 2]))
    #expect(abs(coefficients[0] - 7.0 / 6) < 1e-14 && abs(coefficients[1] - 0.5) < 1e-14)
  }

  @Test("shrinkage divides a single column's coefficient, and decides between equal columns")
  func shrinkage() throws {
    let single = try #require(leastSquares(Matrix(rows: 2, columns: 1, [1, 2]), [3, 6], shrinkage: 0.5))
    #expect(abs(single[0] - 2) < 1e-15)
    let twice = Matrix(rows: 2, columns: 2, [1, 1, 2, 2])
    #expect(leastSquares(twice, [3, 6]) == nil)
    let halves = try #require(leastSquares(twice, [3, 6], shrinkage: 1e-6))
    for coefficient in halves { #expect(abs(coefficient - 1.5) < 1e-5) }
  }

  @Test("a column of zeros has the coefficient 0, and no column none")
  func zeros() throws {
    #expect(leastSquares(Matrix(rows: 4, columns: 2, [1, 0, 1, 0, 1, 0, 1, 0]), [2, 4, 1, 5]) == [3, 0])
    #expect(leastSquares(Matrix(rows: 0, columns: 0), []) == [])
    #expect(leastSquares(Matrix(rows: 1, columns: 1, [.infinity]), [1]) == nil)
  }

  @Test(
    "eigenvalues of the second difference are 4 sin²(kπ/2(n + 1)), its eigenvectors sines",
    arguments: [1, 2, 7, 60])
  func eigensystem(n: Int) throws {
    var matrix = Matrix(rows: n, columns: n)
    for i in 0..<n {
      matrix[i, i] = 2
      if i > 0 { (matrix[i, i - 1], matrix[i - 1, i]) = (-1, -1) }
    }
    let system = try SymmetricEigensystem(matrix)
    for k in 0..<n {
      let angle = Double(k + 1) * .pi / Double(n + 1)
      #expect(abs(system.values[k] - 4 * pow(sin(angle / 2), 2)) < 1e-13)
      let sign: Double = system.vectors[k, 0] < 0 ? -1 : 1
      for i in 0..<n {
        let expected = (2 / Double(n + 1)).squareRoot() * sin(Double(i + 1) * angle)
        #expect(abs(sign * system.vectors[k, i] - expected) < 1e-12)
      }
    }
  }

  @Test("only the lower triangle is read")
  func lowerTriangle() throws {
    // Eigenvalues of [[1, 2], [2, 1]].
    let system = try SymmetricEigensystem(Matrix(rows: 2, columns: 2, [1, 99, 2, 1]))
    #expect(abs(system.values[0] + 1) < 1e-15 && abs(system.values[1] - 3) < 1e-15)
  }
}
