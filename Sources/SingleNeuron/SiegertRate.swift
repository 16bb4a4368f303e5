import Foundation
import Numerics

/// The stationary rate of a leaky integrate-and-fire neuron driven by white noise (Siegert 1951; Brunel 2000,
/// doi:10.1023/A:1008925309027, Eq. 21),
///
///     1/ν = t_ref + τ √π ∫ e^{u²} (1 + erf u) du  from (V_r − μ)/σ to (θ − μ)/σ.
///
/// σ is Brunel's: τ dV/dt = −V + μ + σ √τ ξ(t), so that the free potential has the standard deviation σ/√2.
package struct SiegertRate: Sendable {
  /// Membrane time constant τ and refractory period t_ref in ms.
  private let membraneTimeConstant, refractoryPeriod: Double
  /// Threshold θ and reset V_r in mV relative to rest.
  private let threshold, reset: Double

  /// A neuron; times in ms, potentials in mV relative to rest.
  package init(membraneTimeConstant: Double, refractoryPeriod: Double, threshold: Double, reset: Double) {
    self.membraneTimeConstant = membraneTimeConstant
    self.refractoryPeriod = refractoryPeriod
    self.threshold = threshold
    self.reset = reset
  }

  /// The rate in Hz for an input with mean μ and standard deviation σ > 0, both in mV.
  package func rate(mean: Double, deviation: Double) -> Double {
    let integral = Self.integral(from: (reset - mean) / deviation, to: (threshold - mean) / deviation)
    return 1000 / (refractoryPeriod + membraneTimeConstant * Double.pi.squareRoot() * integral)
  }

  /// ∫ e^{u²} (1 + erf u) du from `lower` to `upper`; infinite where it exceeds all numbers.
  static func integral(from lower: Double, to upper: Double) -> Double {
    guard upper < 27 else { return .infinity }
    // Far below zero the integrand is erfcx(−u), whose integral has an asymptotic series.
    if upper <= -far { return scaledErrorIntegral(from: -upper, to: -lower) }
    let start = max(lower, -far)
    let tail = lower < start ? scaledErrorIntegral(from: far, to: -lower) : 0
    let pieces = max(1, Int((upper - start).rounded(.up)))
    let width = (upper - start) / Double(pieces)
    return (0..<pieces).reduce(tail) { sum, piece in
      let from = start + Double(piece) * width
      return zip(rule.nodes, rule.weights).reduce(sum) { sum, point in
        let u = from + point.0 * width
        return sum + width * point.1 * exp(u * u) * erfc(-u)
      }
    }
  }

  private static let rule = GaussLegendre(20)
  /// Where the series takes over: its first missing term is 10⁻¹³ of the sum.
  private static let far = 18.0

  /// ∫ e^{x²} erfc x dx for both ends ≥ ``far``.
  private static func scaledErrorIntegral(from lower: Double, to upper: Double) -> Double {
    func series(_ x: Double) -> Double {
      let y = 1 / (x * x)
      return log(x) + y * (1 / 4.0 - y * (3 / 16.0 - y * (5 / 16.0 - y * 105 / 128.0)))
    }
    return (series(upper) - series(lower)) / Double.pi.squareRoot()
  }
}
