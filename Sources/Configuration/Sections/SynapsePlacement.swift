/// A part of a cell on which synapses can lie.
public enum CellPart: String, Sendable, CaseIterable {
  /// The soma (type 1 in SWC files).
  case soma
  /// Basal dendrites (type 3).
  case basal
  /// Apical dendrites (type 4).
  case apical
}

extension CellPart: ConfigurationChoice {}

/// The depths of the two layers that synapses are assigned to, in µm.
public struct LayerDepths: Sendable, Equatable {
  /// The upper layer.
  public var upper = Interval(-300, 0)
  /// The lower layer.
  public var lower = Interval(-500, -300)

  /// The layers of the paper.
  public init() {}
}

extension LayerDepths: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("upper", \.upper, .increasing),
      ConfigurationKey("lower", \.lower, .increasing),
    ]
  }
}

/// A number of synapses in each layer.
public struct LayerCounts: Sendable, Equatable {
  /// Synapses in the upper layer.
  public var upper: Int
  /// Synapses in the lower layer.
  public var lower: Int

  /// The numbers given.
  public init(upper: Int, lower: Int) {
    self.upper = upper
    self.lower = lower
  }
}

extension LayerCounts: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("upper", \.upper, .atLeast(0)),
      ConfigurationKey("lower", \.lower, .atLeast(0)),
    ]
  }
}

/// A connection between populations, presynaptic first.
public enum Pathway: String, Sendable, CaseIterable {
  /// From excitatory to excitatory cells.
  case excitatoryToExcitatory = "E_to_E"
  /// From inhibitory to excitatory cells.
  case inhibitoryToExcitatory = "I_to_E"
  /// From excitatory to inhibitory cells.
  case excitatoryToInhibitory = "E_to_I"
  /// From inhibitory to inhibitory cells.
  case inhibitoryToInhibitory = "I_to_I"
}

/// One value for each pathway.
public struct Pathways<Value: Sendable & Equatable>: Sendable, Equatable {
  private var values: [Pathway: Value]

  /// The values given.
  public init(
    excitatoryToExcitatory: Value, inhibitoryToExcitatory: Value, excitatoryToInhibitory: Value,
    inhibitoryToInhibitory: Value
  ) {
    values = [
      .excitatoryToExcitatory: excitatoryToExcitatory,
      .inhibitoryToExcitatory: inhibitoryToExcitatory,
      .excitatoryToInhibitory: excitatoryToInhibitory,
      .inhibitoryToInhibitory: inhibitoryToInhibitory,
    ]
  }

  /// The value of one pathway.
  public subscript(pathway: Pathway) -> Value {
    get { values[pathway]! }
    set { values[pathway] = newValue }
  }
}

extension Pathways: ConfigurationValue where Value: ConfigurationValue {}

extension Pathways: ConfigurationSection where Value: ConfigurationValue {
  package static var keys: [ConfigurationKey<Self>] {
    Pathway.allCases.map { ConfigurationKey($0.rawValue, \.[$0]) }
  }
}
