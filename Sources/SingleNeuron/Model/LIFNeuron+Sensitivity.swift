import Foundation

extension LIFNeuron {
  /// The derivative of the rate by a parameter under a current in nA: Hz per unit of the parameter; 0 where the neuron is
  /// silent.
  ///
  /// R at constant C, as of a membrane with more or fewer channels, moves τ too; C and τ at constant R.
  package func sensitivity(to parameter: NeuronParameter, current: Double) -> Double {
    let aboveThreshold = excess(current)
    guard aboveThreshold > 0, let period = period(current) else { return 0 }
    let aboveReset = aboveThreshold + (threshold - resetPotential)
    let tau = membraneTimeConstant
    let byTimeConstant = log1p((threshold - resetPotential) / aboveThreshold)
    let byAsymptote = tau * (1 / aboveReset - 1 / aboveThreshold)
    let ofPeriod =
      switch parameter {
      case .capacitance: resistance * byTimeConstant
      case .resistance: capacitance * byTimeConstant + current * byAsymptote
      case .membraneTimeConstant: byTimeConstant
      case .threshold: tau / aboveThreshold
      case .reset: -tau / aboveReset
      case .rest: byAsymptote
      case .refractoryPeriod: 1.0
      }
    return -1000 / (period * period) * ofPeriod
  }

  /// The derivative of the rate by R at constant τ: Hz per MΩ. By the current, it is that times R/I.
  package func sensitivityToResistance(atConstantTimeConstantAnd current: Double) -> Double {
    sensitivity(to: .rest, current: current) * current
  }
}
