import Foundation

/// A neuron integrated exactly from one point of a time grid to the next, with the semantics of the network and of NEST's
/// `iaf_psc_delta`: inputs of a step act at its end, V ≥ θ is looked at there only, and after a spike V stays at V_r for
/// t_ref in whole steps, in which inputs are lost.
///
/// A spike is late by up to a step, so that rates are lower than the exact ones.
package struct GridNeuron: Sendable {
  private let neuron: LIFNeuron
  private let decay: Double
  private let refractorySteps: Int
  private var stepsLeft = 0
  /// The membrane potential in mV.
  package private(set) var potential: Double

  /// A neuron at rest, or at `potential` mV, that is integrated in steps of `timeStep` ms.
  package init(_ neuron: LIFNeuron, timeStep: Double, potential: Double? = nil) {
    self.neuron = neuron
    decay = exp(-timeStep / neuron.membraneTimeConstant)
    // Counted, not summed up: sums of rounded steps end a step early or late.
    refractorySteps = Int((neuron.refractoryPeriod / timeStep).rounded())
    self.potential = potential ?? neuron.restingPotential
  }

  /// Goes on by a step under a current in nA, with a jump in mV at its end; returns whether there is a spike there.
  package mutating func step(current: Double = 0, jump: Double = 0) -> Bool {
    if stepsLeft > 0 {
      stepsLeft -= 1
      return false
    }
    let asymptote = neuron.asymptote(current)
    potential = asymptote + (potential - asymptote) * decay + jump
    guard potential >= neuron.threshold else { return false }
    potential = neuron.resetPotential
    stepsLeft = refractorySteps
    return true
  }
}
