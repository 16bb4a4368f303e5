/// The ways in which a neuron is integrated under a constant current.
package enum Integrator: String, Sendable, CaseIterable {
  /// Spike times in closed form.
  case exact
  /// Exact from one point of a time grid to the next: ``GridNeuron``.
  case grid
  /// Euler's method with a floating clock: ``EulerNeuron``.
  case euler

  /// Spikes of a neuron that starts at rest, under a current in nA, in a time in ms made of whole steps.
  package func spikeCount(_ neuron: LIFNeuron, current: Double, duration: Double, timeStep: Double) -> Int {
    let steps = Int((duration / timeStep).rounded())
    switch self {
    case .exact:
      return neuron.spikeCount(from: neuron.restingPotential, current: current, duration: duration)
    case .grid:
      var state = GridNeuron(neuron, timeStep: timeStep)
      return (0..<steps).reduce(0) { count, _ in count + (state.step(current: current) ? 1 : 0) }
    case .euler:
      var state = EulerNeuron(neuron, timeStep: timeStep)
      return (0..<steps).reduce(0) { count, _ in count + (state.step(current: current) ? 1 : 0) }
    }
  }
}
