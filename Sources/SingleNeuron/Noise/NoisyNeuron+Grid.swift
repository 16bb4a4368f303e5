import Foundation

extension NoisyNeuron {
  /// −ζ(1/2)/√(2π), by how much of a step's standard deviation a random walk overshoots a barrier on the mean (Broadie,
  /// Glasserman and Kou 1997, doi:10.1111/1467-9965.00035).
  private static let overshoot = 0.582_597_157_939_010_7

  /// The rate in Hz of the neuron on a grid of `timeStep` ms as ``GridNeuron`` has it, for small jumps:
  ///
  /// - the threshold is looked at on the grid only: θ + 0.5826 σ √(dt/τ);
  /// - the inputs of a step act undecayed at its end: μ and σ² grow by (dt/τ)/(1 − e^{−dt/τ}) and (2dt/τ)/(1 − e^{−2dt/τ});
  /// - spikes are late by dt/2 on average.
  package func rate(_ input: WhiteNoise, onGridOf timeStep: Double) -> Double {
    let (neuron, input) = onGrid(input, timeStep: timeStep)
    return neuron.rate(input)
  }

  /// The neuron and its input that have, without a grid, the rate of this one on a grid.
  package func onGrid(_ input: WhiteNoise, timeStep: Double) -> (neuron: NoisyNeuron, input: WhiteNoise) {
    let step = timeStep / membraneTimeConstant
    let seen = WhiteNoise(
      mean: input.mean * step / -expm1(-step),
      deviation: input.deviation * (2 * step / -expm1(-2 * step)).squareRoot())
    let neuron = NoisyNeuron(
      membraneTimeConstant: membraneTimeConstant, refractoryPeriod: refractoryPeriod + timeStep / 2,
      threshold: threshold + Self.overshoot * input.deviation * step.squareRoot(), reset: reset)
    return (neuron, seen)
  }
}
