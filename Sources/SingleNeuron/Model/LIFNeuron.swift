/// A leaky integrate-and-fire neuron, C dV/dt = (E_L − V)/R + I: a spike when V exceeds θ, then V = V_r for t_ref.
///
/// Times in ms, potentials in mV, currents in nA, so that resistances are in MΩ and capacitances in nF. The dimensionless
/// neuron of much of the literature has R = 1, E_L = V_r = 0 and θ = 1; its "currents" are potentials.
package struct LIFNeuron: Sendable, Equatable {
  /// Membrane time constant τ = RC in ms.
  package var membraneTimeConstant = 20.0
  /// Membrane resistance R in MΩ.
  package var resistance = 40.0
  /// Resting potential E_L in mV.
  package var restingPotential = 0.0
  /// Threshold θ in mV.
  package var threshold = 20.0
  /// Potential V_r after a spike in mV, below the threshold; it need not be E_L.
  package var resetPotential = 10.0
  /// Refractory period t_ref in ms.
  package var refractoryPeriod = 2.0

  /// The neuron of Brunel's network, with 40 MΩ.
  package init() {}

  /// A neuron in dimensionless units of potential and current; times in ms.
  package static func dimensionless(
    membraneTimeConstant: Double, refractoryPeriod: Double
  ) -> LIFNeuron {
    var neuron = LIFNeuron()
    (neuron.membraneTimeConstant, neuron.refractoryPeriod) = (membraneTimeConstant, refractoryPeriod)
    (neuron.resistance, neuron.threshold, neuron.resetPotential) = (1, 1, 0)
    return neuron
  }

  /// Membrane capacitance C in nF.
  package var capacitance: Double { membraneTimeConstant / resistance }
}
