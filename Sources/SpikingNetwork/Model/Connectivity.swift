/// Which neurons are connected.
public enum Connectivity: Sendable, Equatable {
  /// Every neuron receives input from the same share of each population; its sources are drawn at random.
  case fixedInDegree(fraction: Double)
  /// Every neuron has as many inputs from each population; its sources are drawn at random.
  case fixedInDegrees(excitatory: Int, inhibitory: Int)
  /// The synapses listed, each with its delay, and no others; the common delay and its spread have no meaning then. A pair
  /// may be listed several times. For small networks.
  case explicit([Synapse])

  /// Inputs of a neuron from each population; none where synapses are listed.
  func inDegrees(of network: NetworkParameters) -> (excitatory: Int, inhibitory: Int) {
    switch self {
    case .fixedInDegree(let fraction):
      // Impossible shares are for the checks to find.
      func share(_ neurons: Int) -> Int { Int(exactly: (fraction * Double(neurons)).rounded()) ?? 0 }
      return (share(network.excitatoryNeurons), share(network.inhibitoryNeurons))
    case .fixedInDegrees(let excitatory, let inhibitory): return (excitatory, inhibitory)
    case .explicit: return (0, 0)
    }
  }
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
