/// What the kernels depend on of the network whose spikes make the field; by default that of Skaar et al. 2020.
public struct SourceNetwork: Sendable, Equatable {
  /// Neurons in the excitatory population.
  public var excitatoryNeurons = 10_000
  /// Neurons in the inhibitory population.
  public var inhibitoryNeurons = 2_500
  /// Synapses that every neuron has from the excitatory population.
  public var excitatoryInDegree = 1_000
  /// Synapses that every neuron has from the inhibitory population.
  public var inhibitoryInDegree = 250
  /// Time from a spike to the onset of the synaptic current, in ms.
  public var delay = 1.5

  /// The published values.
  public init() {}

  func neurons(in population: Population) -> Int {
    population == .excitatory ? excitatoryNeurons : inhibitoryNeurons
  }

  /// Synapses that a neuron has from a population.
  func inDegree(from population: Population) -> Int {
    population == .excitatory ? excitatoryInDegree : inhibitoryInDegree
  }
}
