/// The minimal example of the Neural Engineering Framework: two populations, each representing one number, and one connection.
///
/// Times are in s, rates in Hz.
package struct NEFParameters: Sendable, Equatable {
  /// The populations' neurons; its time step is that of the simulation.
  package var neuron = LeakyNeuron()
  /// Time constant of both synapses.
  package var synapticTimeConstant = 0.1
  /// The population that represents the input.
  package var a = PopulationParameters(neurons: 50, maximumRates: 25...75)
  /// The population that represents the function.
  package var b = PopulationParameters(neurons: 40, maximumRates: 50...100)
  /// Values of x, from −1 on, for which decoders are made.
  package var samples = 100
  /// For how long spikes are counted at each of them.
  package var countingTime = 0.5
  /// Whether tuning curves are those of theory, instead of counted spikes.
  package var hasAnalyticCurves = false
  /// How decoders are found.
  package var solver = DecoderSolver.pseudoInverse
  /// Simulated time.
  package var duration = 10.0
  /// Root of all random streams.
  package var seed: UInt64 = 1

  /// The example's populations, times and rates.
  package init() {}

  /// Time steps of the simulation.
  package var steps: Int { Int((duration / neuron.timeStep).rounded()) }
  /// Time steps in which spikes are counted for tuning curves.
  package var countingSteps: Int { Int((countingTime / neuron.timeStep).rounded()) }

  /// The time in s at which a step begins.
  package func time(ofStep step: Int) -> Double {
    // Dividing by the steps per second, if whole, gives 1.001 where 1001 × 0.001 would not.
    let rate = (1 / neuron.timeStep).rounded()
    return abs(rate * neuron.timeStep - 1) < 1e-12 ? Double(step) / rate : Double(step) * neuron.timeStep
  }
}
