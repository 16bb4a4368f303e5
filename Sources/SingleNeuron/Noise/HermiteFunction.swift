import Foundation
import Numerics

/// The solution U(y) = H_{−a}(−y) of U'' = 2y U' + 2a U that stays bounded as y → −∞: the Hermite function of complex order
/// −a with Re a ≥ 0, from one argument to another.
///
/// U is the growing one of two solutions wherever Re a ≥ 0, so that integration upwards forgets errors: it begins far enough
/// below with the leading term of U'/U and goes by Taylor's series, which always converges, scaled to U = 1 at each step so
/// that nothing overflows. U has no zeros there: U(x)/U(y) is the mean of e^{−aT} over the time T, in units of τ, in which an
/// Ornstein–Uhlenbeck process first comes from x to y > x.
struct HermiteFunction {
  /// U'/U at the lower argument.
  let lowerSlope: Complex
  /// U'/U at the upper argument.
  let upperSlope: Complex
  /// ln of U(upper)/U(lower), up to multiples of 2πi.
  let logarithm: Complex

  /// U between two arguments.
  init(order a: Complex, from lower: Double, to upper: Double) {
    precondition(a.real >= 0 && lower < upper, "orders −a with Re a ≥ 0, arguments upwards")
    // The other solution falls as e^{y²} from here.
    let start = -(min(lower, 0) * min(lower, 0) + 40).squareRoot()
    let root = (Complex(start * start) + 2 * a).squareRoot
    let first = 2 * a / (root - Complex(start))
    (lowerSlope, _) = Self.advance(first, order: a, from: start, to: lower)
    (upperSlope, logarithm) = Self.advance(lowerSlope, order: a, from: lower, to: upper)
  }

  /// U'/U at `end` from that at `start`, and the logarithm of the growth of U.
  private static func advance(
    _ slope: Complex, order a: Complex, from start: Double, to end: Double
  ) -> (slope: Complex, logarithm: Complex) {
    var (y, slope, logarithm) = (start, slope, Complex(0))
    while y < end {
      // A step in which neither solution changes by more than some e's.
      let fastest = abs(y) + (Complex(y * y) + 2 * a).squareRoot.magnitude
      let step = min(end - y, 2 / max(fastest, 4))
      var (previous, term) = (Complex(1), step * slope)
      var (value, derivative) = (previous + term, term)
      var n = 0.0
      while n < 8 || max(term.magnitude, previous.magnitude) > 1e-18 * value.magnitude {
        let next =
          (2 * y * step * (n + 1) * term + 2 * step * step * ((Complex(n) + a) * previous))
          / ((n + 1) * (n + 2))
        (previous, term) = (term, next)
        value = value + next
        derivative = derivative + (n + 2) * next
        n += 1
      }
      slope = derivative / value / step
      logarithm = logarithm + value.logarithm
      y = end - y > step ? y + step : end
    }
    return (slope, logarithm)
  }
}
