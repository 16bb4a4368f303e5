import Foundation

/// The distribution of the sum of squares of independent standard normal numbers.
package struct ChiSquareDistribution: Sendable, Equatable {
  /// How many numbers.
  package let degreesOfFreedom: Int

  /// The sum of at least one square.
  package init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom >= 1, "at least one degree of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a sum up to `x`.
  package func cumulative(_ x: Double) -> Double { 1 - upperTail(x) }

  /// The probability of a sum beyond `x`, exact by the recurrence Q(a + 1, y) = Q(a, y) + yᵃ e^(−y) / Γ(a + 1) from
  /// Q(½, y) = erfc √y or Q(1, y) = e^(−y), with a half the degrees of freedom and y = x/2.
  package func upperTail(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x.isFinite else { return x.isNaN ? .nan : 0 }
    let y = x / 2
    let isOdd = degreesOfFreedom % 2 == 1
    var a = isOdd ? 0.5 : 1.0
    var tail = isOdd ? erfc(y.squareRoot()) : exp(-y)
    while a < Double(degreesOfFreedom) / 2 {
      tail += exp(a * log(y) - y - lgamma(a + 1))
      a += 1
    }
    return min(1, tail)
  }
}
