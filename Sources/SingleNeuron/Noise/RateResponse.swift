import Foundation
import Numerics

/// The linear response of a noisy neuron's rate: with a mean μ + μ₁ e^{λt} and a variance σ² + s₁ e^{λt} it is
/// ν (1 + n e^{λt}), n = `mean`·μ₁ + `variance`·s₁.
package struct RateResponse: Sendable, Equatable {
  /// Relative change by the mean, in 1/mV.
  package let mean: Complex
  /// Relative change by σ², in 1/mV².
  package let variance: Complex
}

extension NoisyNeuron {
  /// The response to perturbations e^{λt} with Re λ ≥ 0 in 1/ms, such as iω, λ ≠ 0 (Brunel and Hakim 1999,
  /// doi:10.1162/089976699300016179; Brunel 2000, section 4).
  ///
  /// With a = λτ, U(y) = H_{−a}(−y), Δf = f(y_θ) − f(y_r) and d = U(y_θ) − e^{−λ t_ref} U(y_r),
  ///
  ///     n_μ = ΔU' / ((1 + a) d) / σ,  n_s = ΔU'' / (2 (2 + a) d) / σ²,
  ///
  /// to 10⁻⁹, less at λ so small that a response differs from the slope of ``rate(_:)`` by as little.
  package func response(_ input: WhiteNoise, _ lambda: Complex) -> RateResponse {
    precondition(input.deviation > 0, "a linear response needs noise")
    let limits = limits(input)
    let a = membraneTimeConstant * lambda
    let function = HermiteFunction(order: a, from: limits.reset, to: limits.threshold)
    // In units of U(y_θ).
    let pause = -(refractoryPeriod * lambda)
    let atReset = (-function.logarithm).exponential
    let difference = -((pause - function.logarithm).exponentialMinusOne)
    let slopes = function.upperSlope - atReset * function.lowerSlope
    func curvature(_ y: Double, _ slope: Complex) -> Complex { 2 * (y * slope + a) }
    let curvatures =
      curvature(limits.threshold, function.upperSlope)
      - atReset * curvature(limits.reset, function.lowerSlope)
    let sigma = input.deviation
    return RateResponse(
      mean: slopes / ((Complex(1) + a) * difference) / sigma,
      variance: curvatures / (2 * (Complex(2) + a) * difference) / (sigma * sigma))
  }
}
