/// Synapses per postsynaptic cell by the name of the layer that they lie in, for those pathways that do not follow from the
/// network's in-degrees.
///
/// From a pathway that is not named, a cell has as many synapses as its neuron in the network: those of excitatory onto
/// excitatory cells are divided evenly between the layers `upper` and `lower`, all others lie in `lower`, as in Skaar et al.
/// 2020 (Table 5).
public struct SynapseNumbers: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// Synapses by layer of the pathways named; none in layers that are left out.
  public var named: [Pathway: [String: Int]]

  /// Synapses of some pathways.
  public init(dictionaryLiteral elements: (Pathway, [String: Int])...) {
    named = Dictionary(uniqueKeysWithValues: elements)
  }

  /// Synapses of a pathway by layer, in a network.
  public func synapses(_ pathway: Pathway, in network: SourceNetwork) -> [String: Int] {
    if let named = named[pathway] { return named }
    let all = network.inDegree(from: pathway.presynaptic)
    return pathway == .EE ? ["upper": all / 2, "lower": all - all / 2] : ["lower": all]
  }

  /// The same with all pathways named.
  public func resolved(in network: SourceNetwork) -> SynapseNumbers {
    var result = self
    for pathway in Pathway.allCases { result.named[pathway] = synapses(pathway, in: network) }
    return result
  }
}

/// Which network the numbers of synapses belong to.
public enum SynapseOrigin: String, Sendable, CaseIterable {
  /// The network whose spikes make the field: numbers agree with its in-degrees.
  case thisNetwork = "this_network"
  /// Another one, such as one of full size where the simulated network is smaller.
  case anotherNetwork = "another_network"
}
