/// A neuron integrated by Euler's method as lecture notes do it: refractoriness is a clock that runs down by the step, and
/// the membrane moves when it is below 0.
///
/// Step and clock are in s, as there: a sum of rounded decimal fractions decides whether a neuron with t_ref of 200 steps
/// pauses for 200 or 201 of them, and results depend on it. ``GridNeuron`` counts steps.
package struct EulerNeuron: Sendable {
  private let neuron: LIFNeuron
  /// In s.
  private let timeStep, membraneTimeConstant, refractoryPeriod: Double
  private var clock = 0.0
  /// The membrane potential in mV.
  package private(set) var potential: Double

  /// A neuron at rest that is integrated in steps of `timeStep` ms.
  package init(_ neuron: LIFNeuron, timeStep: Double) {
    self.neuron = neuron
    self.timeStep = timeStep / 1000
    membraneTimeConstant = neuron.membraneTimeConstant / 1000
    refractoryPeriod = neuron.refractoryPeriod / 1000
    potential = neuron.restingPotential
  }

  /// Goes on by a step under a current in nA; returns whether there is a spike.
  package mutating func step(current: Double) -> Bool {
    clock -= timeStep
    if clock < 0 {
      potential =
        potential * (1 - timeStep / membraneTimeConstant)
        + neuron.asymptote(current) * timeStep / membraneTimeConstant
    }
    guard potential > neuron.threshold else { return false }
    clock = refractoryPeriod
    potential = neuron.resetPotential
    return true
  }
}
