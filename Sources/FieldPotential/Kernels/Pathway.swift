/// One of the network's two populations.
public enum Population: String, Sendable, Hashable, CaseIterable {
  /// Excitatory neurons.
  case excitatory = "E"
  /// Inhibitory neurons.
  case inhibitory = "I"
}

/// The synapses of one population onto another; the presynaptic one comes first.
public enum Pathway: String, Sendable, Hashable, CaseIterable {
  /// Excitatory onto excitatory.
  case EE
  /// Excitatory onto inhibitory.
  case EI
  /// Inhibitory onto excitatory.
  case IE
  /// Inhibitory onto inhibitory.
  case II

  /// Whose spikes the synapses carry.
  public var presynaptic: Population { self == .EE || self == .EI ? .excitatory : .inhibitory }
  /// Whose membranes the synapses are on.
  public var postsynaptic: Population { self == .EE || self == .IE ? .excitatory : .inhibitory }
}

/// Where the synapses of a pathway are on a postsynaptic cell.
public struct SynapseDistribution: Sendable, Equatable {
  /// Synapses per postsynaptic cell, by the name of the layer that they lie in. They are spread over the
  /// layer's segments in proportion to membrane area.
  public var synapsesPerCell: [String: Double]
  /// What they may contact.
  public var sections: Set<SectionType>

  /// Synapse numbers by layer and the types of sections that they may contact.
  public init(synapsesPerCell: [String: Double], sections: Set<SectionType>) {
    self.synapsesPerCell = synapsesPerCell
    self.sections = sections
  }
}

extension [Pathway: SynapseDistribution] {
  /// Synapses as in the published program: on dendrites only for excitatory cells, on dendrites and the soma
  /// for inhibitory ones.
  public static let asInPublishedCode: Self = [
    .EE: SynapseDistribution(
      synapsesPerCell: ["upper": 500, "lower": 500], sections: [.basalDendrite, .apicalDendrite]),
    .EI: SynapseDistribution(
      synapsesPerCell: ["lower": 1000], sections: [.soma, .basalDendrite, .apicalDendrite]),
    .IE: SynapseDistribution(synapsesPerCell: ["lower": 250], sections: [.basalDendrite, .apicalDendrite]),
    .II: SynapseDistribution(
      synapsesPerCell: ["lower": 250], sections: [.soma, .basalDendrite, .apicalDendrite]),
  ]

  /// Synapses as in the published text: excitation on dendrites only, inhibition also on the soma.
  public static let asInPublishedText: Self = {
    var pathways = asInPublishedCode
    pathways[.EI]?.sections.remove(.soma)
    pathways[.IE]?.sections.insert(.soma)
    return pathways
  }()
}
