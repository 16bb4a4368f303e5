import SpikingNetwork
import Yams

extension NetworkParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("excitatory_neurons", \.excitatoryNeurons),
      ConfigurationKey("inhibitory_neurons", \.inhibitoryNeurons),
      ConfigurationKey("connection_fraction", \.connectionFraction),
      ConfigurationKey("eta", \.eta),
      ConfigurationKey("g", \.g),
      ConfigurationKey("J_mV", \.efficacy),
      ConfigurationKey("tau_m_ms", \.membraneTimeConstant),
      ConfigurationKey("tau_syn_ms", \.synapticTimeConstant, impliedBefore: 0),
      ConfigurationKey("t_ref_ms", \.refractoryPeriod),
      ConfigurationKey("theta_mV", \.threshold),
      ConfigurationKey("V_reset_mV", \.resetPotential),
      ConfigurationKey("E_L_mV", \.restingPotential),
      ConfigurationKey("delay_ms", \.delay),
      ConfigurationKey("multapses", \.allowsMultapses),
      ConfigurationKey("autapses", \.allowsAutapses),
      ConfigurationKey("spread", \.spread),
    ]
  }

  /// Where each real number of the section is kept, by its key: the parameters that a sampling design can vary.
  public static var scalars: [String: WritableKeyPath<NetworkParameters, Double>] {
    Dictionary(uniqueKeysWithValues: keys.compactMap { key in key.scalar.map { (key.name, $0) } })
  }

  /// The names of these parameters, in the order of the section.
  public static var scalarNames: [String] { keys.filter { $0.scalar != nil }.map(\.name) }
}

extension NetworkSpread: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("tau_m_ms", \.membraneTimeConstant),
      ConfigurationKey("t_ref_ms", \.refractoryPeriod),
      ConfigurationKey("theta_mV", \.threshold),
      ConfigurationKey("delay_ms", \.delay),
    ]
  }
}

/// A spread, written `none` or `[standard deviation, lower, upper]`.
extension Spread?: ConfigurationValue {
  package mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if node.plainText == "none" {
      self = nil
      return
    }
    let expected = "none or [standard deviation, lower, upper] with lower <= upper"
    guard let sequence = node.sequence, sequence.count == 3 else {
      return reader.reject(node, at: keyPath, "is not a spread", expected: expected)
    }
    guard let numbers = [Double](node, at: keyPath, by: reader) else { return }
    guard numbers[1] <= numbers[2] else {
      return reader.reject(
        node, at: keyPath, "is out of range", got: numbers.canonical.flow, expected: expected)
    }
    self = Spread(standardDeviation: numbers[0], bounds: numbers[1]...numbers[2])
  }

  package var canonical: CanonicalYAML {
    guard let spread = self else { return .text("none") }
    return .list(
      [spread.standardDeviation, spread.bounds.lowerBound, spread.bounds.upperBound].map(\.canonical))
  }
}

extension SimulationTiming: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("duration_ms", \.duration),
      ConfigurationKey("transient_ms", \.transient),
      ConfigurationKey("dt_ms", \.timeStep),
      ConfigurationKey("bin_ms", \.bin, impliedBefore: 1),
    ]
  }
}
