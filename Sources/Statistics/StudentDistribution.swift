import Foundation

/// Student's t distribution with a whole number of degrees of freedom.
package struct StudentDistribution: Sendable, Equatable {
  /// ν.
  package let degreesOfFreedom: Int

  /// A distribution with at least one degree of freedom.
  package init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom >= 1, "at least one degree of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of values up to `t`: a finite sum of powers of cos²(atan(t/√ν)) (Abramowitz & Stegun 26.7.3 and 26.7.4).
  package func cumulative(_ t: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : t < 0 ? 0 : 1 }
    let angle = atan(t / Double(degreesOfFreedom).squareRoot())
    let (sine, cosine) = (sin(angle), cos(angle))
    let isOdd = degreesOfFreedom % 2 == 1
    // 1 + (1/2) c² + (1·3)/(2·4) c⁴ + …, or c + (2/3) c³ + (2·4)/(3·5) c⁵ + …
    var (term, sum) = isOdd ? (cosine, cosine) : (1, 1)
    if degreesOfFreedom == 1 { sum = 0 }
    for k in stride(from: isOdd ? 3 : 2, to: degreesOfFreedom, by: 2) {
      term *= cosine * cosine * Double(k - 1) / Double(k)
      sum += term
    }
    let central = isOdd ? 2 / Double.pi * (angle + sine * sum) : sine * sum
    return 0.5 + 0.5 * central
  }

  /// The logarithm of the density in the centre of a t distribution of several dimensions with unit scale; of a standard
  /// normal distribution for nil degrees of freedom.
  package static func logDensityInCentre(dimensions: Int, degreesOfFreedom: Int?) -> Double {
    let d = Double(dimensions)
    guard let degreesOfFreedom else { return -0.5 * d * log(2 * Double.pi) }
    let nu = Double(degreesOfFreedom)
    return lgamma((nu + d) / 2) - lgamma(nu / 2) - 0.5 * d * log(nu * Double.pi)
  }

  /// What is added to that logarithm at a squared distance from the centre.
  package static func logDecay(squaredDistance: Double, dimensions: Int, degreesOfFreedom: Int?) -> Double {
    guard let degreesOfFreedom else { return -0.5 * squaredDistance }
    let nu = Double(degreesOfFreedom)
    return -0.5 * (nu + Double(dimensions)) * log1p(squaredDistance / nu)
  }
}
