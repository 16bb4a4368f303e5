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
  case EE = "E_to_E"
  /// Inhibitory onto excitatory.
  case IE = "I_to_E"
  /// Excitatory onto inhibitory.
  case EI = "E_to_I"
  /// Inhibitory onto inhibitory.
  case II = "I_to_I"

  /// Whose spikes the synapses carry.
  public var presynaptic: Population { self == .EE || self == .EI ? .excitatory : .inhibitory }
  /// Whose membranes the synapses are on.
  public var postsynaptic: Population { self == .EE || self == .IE ? .excitatory : .inhibitory }
}

/// One value for each pathway.
public struct Pathways<Value: Sendable & Equatable>: Sendable, Equatable {
  private var values: [Value]

  /// The value that `value` gives for each pathway.
  public init(_ value: (Pathway) -> Value) { values = Pathway.allCases.map(value) }

  /// The value of one pathway.
  public subscript(pathway: Pathway) -> Value {
    get { values[Self.index(pathway)] }
    set { values[Self.index(pathway)] = newValue }
  }

  private static func index(_ pathway: Pathway) -> Int { Pathway.allCases.firstIndex(of: pathway)! }
}

extension Pathways<[SectionType]> {
  /// Synapses as in the published program: on dendrites only for excitatory cells, on dendrites and the soma for
  /// inhibitory ones.
  public static var asInPublishedCode: Self {
    Pathways {
      $0.postsynaptic == .excitatory
        ? [.basalDendrite, .apicalDendrite] : [.basalDendrite, .apicalDendrite, .soma]
    }
  }

  /// Synapses as in the published text: excitation on dendrites only, inhibition also on the soma.
  public static var asInPublishedText: Self {
    Pathways {
      $0.presynaptic == .excitatory
        ? [.basalDendrite, .apicalDendrite] : [.basalDendrite, .apicalDendrite, .soma]
    }
  }
}
