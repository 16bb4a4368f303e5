/// Which neurons are connected.
public enum Connectivity: Sendable, Equatable {
  /// Every neuron has the network's in-degrees; its sources are drawn at random.
  case fixedInDegree
  /// The synapses listed, each with its delay, and no others; in-degrees, the common delay and its spread have no
  /// meaning then. A pair may be listed several times. For small networks.
  case explicit([Synapse])
}

/// A connection from one neuron to another.
public struct Synapse: Sendable, Equatable {
  /// Neuron whose spikes it transmits; excitatory neurons are 0 ..< N_E, inhibitory ones follow.
  public var source: Int
  /// Neuron that receives them.
  public var target: Int
  /// Delay in ms, a whole number of time steps.
  public var delay: Double

  /// A synapse from `source` to `target` with a delay in ms.
  public init(source: Int, target: Int, delay: Double) {
    self.source = source
    self.target = target
    self.delay = delay
  }
}
