import Foundation
import Numerics

/// A leaky integrate-and-fire neuron driven by white noise (Siegert 1951; Ricciardi 1977; Brunel 2000,
/// doi:10.1023/A:1008925309027).
package struct NoisyNeuron: Sendable, Equatable {
  /// Membrane time constant τ and refractory period t_ref in ms.
  package let membraneTimeConstant, refractoryPeriod: Double
  /// Threshold θ and reset V_r in mV above rest.
  package let threshold, reset: Double

  /// A neuron; times in ms, potentials in mV above rest, the reset below the threshold.
  package init(membraneTimeConstant: Double, refractoryPeriod: Double, threshold: Double, reset: Double) {
    self.membraneTimeConstant = membraneTimeConstant
    self.refractoryPeriod = refractoryPeriod
    self.threshold = threshold
    self.reset = reset
  }

  /// A neuron under noise instead of a current.
  package init(_ neuron: LIFNeuron) {
    self.init(
      membraneTimeConstant: neuron.membraneTimeConstant, refractoryPeriod: neuron.refractoryPeriod,
      threshold: neuron.threshold - neuron.restingPotential,
      reset: neuron.resetPotential - neuron.restingPotential)
  }

  /// The rate in Hz (Brunel 2000, Eq. 21),
  ///
  ///     1/ν = t_ref + τ √π ∫ e^{u²} (1 + erf u) du  from (V_r − μ)/σ to (θ − μ)/σ,
  ///
  /// to 10⁻¹² wherever it is a number greater than 0; without noise, that of the mean alone.
  package func rate(_ input: WhiteNoise) -> Double { moments(input).rate }

  /// The derivative of the rate by the mean, in Hz/mV, and by the square of σ, in Hz/mV².
  package func slopes(_ input: WhiteNoise) -> (mean: Double, variance: Double) {
    let (rate, integral, interval) = moments(input)
    guard let integral, rate > 0 else { return (0, 0) }
    let atThreshold = integral.integrand(integral.upper), atReset = integral.integrand(integral.lower)
    let sigma = input.deviation
    let factor = rate * membraneTimeConstant * Double.pi.squareRoot() / interval
    return (
      factor * (atThreshold - atReset) / sigma,
      factor * (integral.upper * atThreshold - integral.lower * atReset) / (2 * sigma * sigma)
    )
  }

  /// The coefficient of variation of the intervals (Brunel 2000, appendix A.1),
  ///
  ///     CV² = 2π (ν τ)² ∫ e^{x²} dx ∫_{−∞}^{x} e^{y²} (1 + erf y)² dy  over the same range,
  ///
  /// to 10⁻⁸ or better; 0 without noise. Refractoriness adds no variance.
  package func coefficientOfVariation(_ input: WhiteNoise) -> Double {
    let (_, integral, interval) = moments(input)
    guard let integral else { return 0 }
    let ratio = membraneTimeConstant / interval
    return (2 * Double.pi * ratio * ratio * IntervalVariance(integral).value).squareRoot()
  }

  /// The limits in units of σ from the mean.
  func limits(_ input: WhiteNoise) -> (reset: Double, threshold: Double) {
    ((reset - input.mean) / input.deviation, (threshold - input.mean) / input.deviation)
  }

  /// The rate, the integral if there is noise, and the mean interval in ms times its unit.
  private func moments(_ input: WhiteNoise) -> (rate: Double, integral: SiegertIntegral?, interval: Double) {
    let limits = limits(input)
    // Noise below the precision of the potentials is none.
    guard limits.reset < limits.threshold, limits.reset.isFinite, limits.threshold.isFinite else {
      let excess = input.mean - threshold
      let period = refractoryPeriod + membraneTimeConstant * log1p((threshold - reset) / excess)
      return (excess > 0 ? 1000 / period : 0, nil, excess > 0 ? period : .infinity)
    }
    let integral = SiegertIntegral(from: limits.reset, to: limits.threshold)
    let interval =
      refractoryPeriod * integral.unit + membraneTimeConstant * Double.pi.squareRoot() * integral.value
    return (1000 * integral.unit / interval, integral, interval)
  }
}
