import Foundation
import Numerics
import Testing

@Suite("Complex numbers")
struct ComplexTests {
  private let numbers = [Complex(1, 2), Complex(-3, 0.5), Complex(0.1, -4), Complex(-2, -1)]

  private func isNear(_ a: Complex, _ b: Complex) -> Bool {
    (a - b).magnitude <= 1e-15 * max(1, b.magnitude) * 4
  }

  @Test("division undoes multiplication, the root squared and the logarithm's exponential are the number")
  func inverses() {
    for a in numbers {
      for b in numbers { #expect(isNear(a * b / b, a)) }
      #expect(isNear(a.squareRoot * a.squareRoot, a) && a.squareRoot.real >= 0)
      #expect(isNear(a.logarithm.exponential, a))
      #expect(isNear(a.exponentialMinusOne + Complex(1), a.exponential))
    }
    #expect(isNear(Complex(0, Double.pi).exponential, Complex(-1)))
  }

  @Test("e to a small power less 1 keeps its digits")
  func small() {
    let value = Complex(1e-12, -3e-13).exponentialMinusOne
    #expect(abs(value.real / (1e-12 + 0.5e-24 - 0.045e-24) - 1) < 1e-15)
    #expect(abs(value.imaginary / -3e-13 - 1) < 2e-12)
  }
}
