import Foundation
import Numerics

/// The integrand f(u) = e^{u²} (1 + erf u) of Siegert's formula and its integral, as multiples of e^{s²} with s the upper
/// limit where that is positive, 0 elsewhere: bounded for all arguments.
struct SiegertIntegral {
  /// Limits of the integral.
  let lower, upper: Double
  /// s.
  private let scale: Double

  /// An integral from `lower` to `upper`.
  init(from lower: Double, to upper: Double) {
    precondition(lower < upper, "the lower limit comes first")
    (self.lower, self.upper) = (lower, upper)
    scale = max(upper, 0)
  }

  /// e^{−s²}: underflows to 0 where the integral exceeds all numbers.
  var unit: Double { exp(-scale * scale) }

  /// f(u) e^{−s²} for u ≤ `upper`.
  func integrand(_ u: Double) -> Double {
    u < 0 ? scaledComplementaryErrorFunction(-u) * unit : exp((u - scale) * (u + scale)) * erfc(-u)
  }

  /// The integral times e^{−s²}.
  var value: Double {
    var sum = 0.0
    if lower < 0 { sum += unit * Self.tail(from: -min(upper, 0), to: -lower) }
    var end = upper
    // From above, in panels over which the exponential falls by e^{−8}, until the rest does not matter.
    while end > max(lower, 0), scale * scale - end * end < 48 {
      let start = max(lower, 0, (end * end - 8).squareRoot(orZero: 0))
      sum += Self.rule.integral(from: start, to: end, integrand)
      end = start
    }
    return sum
  }

  /// Where the asymptotic series takes over: its first missing term is 10⁻¹³ of the sum.
  private static let far = 18.0

  /// Gauss and Legendre's rule for one panel.
  static let rule = GaussLegendre(20)

  /// ∫ erfcx x dx for 0 ≤ `lower` ≤ `upper`.
  static func tail(from lower: Double, to upper: Double) -> Double {
    var sum = 0.0
    var start = lower
    while start < min(upper, far) {
      let end = min(upper, far, start + max(1, start / 2))
      sum += rule.integral(from: start, to: end, scaledComplementaryErrorFunction)
      start = end
    }
    return start < upper ? sum + asymptoticTail(from: start, to: upper) : sum
  }

  /// The same for ends ≥ ``far``, by integrating the asymptotic series of erfcx.
  private static func asymptoticTail(from lower: Double, to upper: Double) -> Double {
    func series(_ x: Double) -> Double {
      let y = 1 / (x * x)
      return y * (1 / 4.0 - y * (3 / 16.0 - y * (5 / 16.0 - y * (105 / 128.0 - y * 189 / 64.0))))
    }
    let ratio = log1p((upper - lower) / lower)
    return (ratio + (series(upper) - series(lower))) / Double.pi.squareRoot()
  }
}

extension Double {
  /// The square root, or `zero` of negative numbers.
  fileprivate func squareRoot(orZero zero: Double) -> Double { self > 0 ? squareRoot() : zero }
}
