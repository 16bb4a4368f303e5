import Foundation

/// The response of a leaky integrator to an alpha-shaped current,
///
///     dq/dt = -rate·q + (e/τ)·t·exp(-t/τ),  q(0) = 0,
///
/// in closed form. The current peaks at 1 after one time constant.
package struct AlphaResponse: Sendable {
  /// Time constant τ of the current, in ms.
  package let timeConstant: Double

  /// The response for an alpha current with the given time constant in ms.
  package init(timeConstant: Double) { self.timeConstant = timeConstant }

  /// q at a time in ms after the onset for a rate in 1/ms; zero before the onset.
  package func value(at time: Double, rate: Double) -> Double {
    if time <= 0 { return 0 }
    let difference = rate - 1 / timeConstant
    let x = difference * time
    let decay = exp(-time / timeConstant)
    let integral: Double
    if abs(x) < 0.5 {
      // t²·(1/2! - x/3! + x²/4! - …): the closed form below loses digits when the rates nearly coincide.
      var term = 0.5
      var series = 0.5
      for order in 3...16 {
        term *= -x / Double(order)
        series += term
      }
      integral = time * time * decay * series
    } else {
      integral = (time * decay - (decay - exp(-rate * time)) / difference) / difference
    }
    return M_E / timeConstant * integral
  }
}
