import Foundation
import Numerics

/// ∫ K(x) dx with K(x) = ∫_{−∞}^{x} e^{x² + y²} (1 + erf y)² dy over the range of a Siegert integral, as a multiple of
/// e^{2s²} with the same s: the variance of interspike intervals is 2π τ² times that.
struct IntervalVariance {
  private let integral: SiegertIntegral

  init(_ integral: SiegertIntegral) { self.integral = integral }

  /// The integral times e^{−2s²}.
  var value: Double {
    let (lower, upper) = (integral.lower, integral.upper)
    let unit = integral.unit * integral.unit
    var sum = 0.0
    // Below 0, K is smooth on the scale of its argument.
    var end = min(upper, 0)
    while end > lower, unit > 0 {
      let start = max(lower, end - max(0.5, -end / 2))
      sum += unit * SiegertIntegral.rule.integral(from: start, to: end, Self.belowZero)
      end = start
    }
    // Above, it grows as e^{2x²}.
    end = upper
    while end > max(lower, 0), upper * upper - end * end < 24 {
      let start = max(lower, 0, max(0, end * end - 4).squareRoot())
      sum += SiegertIntegral.rule.integral(from: start, to: end, aboveZero)
      end = start
    }
    return sum
  }

  /// K(x) for x ≤ 0: with y = x − t it is ∫ e^{−t(2|x| + t)} erfcx(|x| + t)² dt over t > 0.
  private static func belowZero(_ x: Double) -> Double {
    let distance = -x
    // Where the exponent is −48.
    let reach = 48 / (distance + (distance * distance + 48).squareRoot())
    let panels = 8
    return (0..<panels).reduce(0) { sum, panel in
      let (start, end) = (reach * Double(panel) / Double(panels), reach * Double(panel + 1) / Double(panels))
      return sum
        + SiegertIntegral.rule.integral(from: start, to: end) { t in
          let error = scaledComplementaryErrorFunction(distance + t)
          return exp(-t * (2 * distance + t)) * error * error
        }
    }
  }

  /// K(x) e^{−2s²} for x > 0.
  private func aboveZero(_ x: Double) -> Double {
    let scale = integral.upper
    func exponent(_ y: Double) -> Double { (x - scale) * (x + scale) + (y - scale) * (y + scale) }
    // The part of y < 0 is K(0) times e^{x²}.
    var sum = exp(x * x - 2 * scale * scale) * Self.belowZero(0)
    var end = x
    while end > 0, x * x - end * end < 48 {
      let start = max(0, end * end - 8).squareRoot()
      sum += SiegertIntegral.rule.integral(from: start, to: end) { y in
        let error = erfc(-y)
        return exp(exponent(y)) * error * error
      }
      end = start
    }
    return sum
  }
}
