import ParameterChecks

/// A parameter of a neuron, by the name that it has on the command line and in tables.
package enum NeuronParameter: String, Sendable, CaseIterable {
  case capacitance = "C_nF"
  case resistance = "R_MOhm"
  case membraneTimeConstant = "tau_m_ms"
  case threshold = "theta_mV"
  case reset = "V_reset_mV"
  case rest = "E_L_mV"
  case refractoryPeriod = "t_ref_ms"
}

extension LIFNeuron {
  /// The value of a parameter, in its unit.
  ///
  /// Of R, C and τ = RC, a new R leaves C as it is, and a new C or τ leaves R.
  package subscript(parameter: NeuronParameter) -> Double {
    get {
      switch parameter {
      case .capacitance: capacitance
      case .resistance: resistance
      case .membraneTimeConstant: membraneTimeConstant
      case .threshold: threshold
      case .reset: resetPotential
      case .rest: restingPotential
      case .refractoryPeriod: refractoryPeriod
      }
    }
    set {
      switch parameter {
      case .capacitance: membraneTimeConstant = resistance * newValue
      case .resistance: (membraneTimeConstant, resistance) = (newValue * capacitance, newValue)
      case .membraneTimeConstant: membraneTimeConstant = newValue
      case .threshold: threshold = newValue
      case .reset: resetPotential = newValue
      case .rest: restingPotential = newValue
      case .refractoryPeriod: refractoryPeriod = newValue
      }
    }
  }

  /// Notes everything that is wrong with the parameters.
  package func check(_ rules: inout ParameterRules) {
    func key(_ parameter: NeuronParameter) -> String { parameter.rawValue }
    rules.requirePositive(resistance, key(.resistance))
    rules.requirePositive(membraneTimeConstant, key(.membraneTimeConstant))
    for parameter in [NeuronParameter.threshold, .reset, .rest] {
      rules.requireFinite(self[parameter], key(parameter))
    }
    rules.requireNotNegative(refractoryPeriod, key(.refractoryPeriod))
    rules.require(
      resetPotential < threshold, key(.reset), with: [key(.threshold)], "is not below the threshold",
      got: resetPotential, expected: "less than \(key(.threshold)) = \(threshold)")
  }
}
