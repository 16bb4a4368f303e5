import Foundation

/// A leaky integrate-and-fire neuron without units of voltage: τ dv/dt = J − v, at rest v = 0, a spike at v > 1, then v = 0 for the
/// refractory period. A voltage below 0 is set to 0.
///
/// Its steps are those of forward Euler; the refractory period is counted in steps.
package struct LeakyNeuron: Sendable, Equatable {
  /// Time step dt in s.
  package var timeStep: Double
  /// Membrane time constant τ in s.
  package var membraneTimeConstant: Double
  /// Refractory period t_ref in s.
  package var refractoryPeriod: Double

  /// By default the neuron of the NEF's minimal example: 1 ms, 20 ms, 2 ms.
  package init(
    timeStep: Double = 0.001, membraneTimeConstant: Double = 0.02, refractoryPeriod: Double = 0.002
  ) {
    self.timeStep = timeStep
    self.membraneTimeConstant = membraneTimeConstant
    self.refractoryPeriod = refractoryPeriod
  }

  /// Steps for which v is held after a spike: the refractory period, rounded up.
  package var refractorySteps: Int {
    // A quotient such as 0.003/0.001 is whole up to rounding.
    Int((refractoryPeriod / timeStep - 1e-9).rounded(.up))
  }

  /// Rates are below 1/t_ref, in Hz.
  package var rateLimit: Double { 1 / refractoryPeriod }

  /// The rate in Hz at a constant current J, in continuous time: 1/(t_ref − τ ln(1 − 1/J)), 0 for J ≤ 1.
  ///
  /// On the grid of time steps a spike is late by up to a step, so that measured rates are lower.
  package func rate(current: Double) -> Double {
    guard current > 1 else { return 0 }
    return 1 / (refractoryPeriod - membraneTimeConstant * log1p(-1 / current))
  }

  /// The gain α and bias β with which the current J = α e x + β is 1, where firing begins, at e x = `intercept`, and gives
  /// the rate `maximumRate` at e x = 1 (Eliasmith and Anderson 2003, Neural Engineering, MIT Press, ch. 4).
  ///
  /// - Parameters:
  ///   - intercept: Below 1; the gain grows without bound as it comes near.
  ///   - maximumRate: In Hz, above 0 and below ``rateLimit``.
  package func gainAndBias(
    intercept: Double, maximumRate: Double
  ) throws(PopulationError) -> (gain: Double, bias: Double) {
    guard intercept < 1, intercept.isFinite else { throw .intercept(intercept) }
    guard maximumRate > 0, maximumRate < rateLimit else { throw .maximumRate(maximumRate, limit: rateLimit) }
    // J − 1 at e x = 1.
    let excess = 1 / expm1((1 / maximumRate - refractoryPeriod) / membraneTimeConstant)
    let gain = excess / (1 - intercept)
    return (gain, 1 - gain * intercept)
  }
}

/// Values with which there is no neuron.
package enum PopulationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// An intercept at or above 1.
  case intercept(Double)
  /// A maximum rate in Hz that is not positive, or not below what the refractory period allows.
  case maximumRate(Double, limit: Double)
  /// An encoder that is neither 1 nor −1.
  case encoder(Double)

  /// What was got, and what was expected; on one line.
  package var description: String {
    switch self {
    case .intercept(let value): "an intercept is \(value), expected a number below 1"
    case .maximumRate(let value, let limit):
      "a maximum rate is \(value) Hz, expected more than 0 and less than 1/t_ref = \(limit) Hz"
    case .encoder(let value): "an encoder is \(value), expected 1 or -1"
    }
  }
}
