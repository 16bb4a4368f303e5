import Yams

/// How one quantity varies between neurons or synapses, written `none` or `[standard deviation, lower, upper]`: a
/// normal distribution around the nominal value, cut off at bounds.
public enum SpreadChoice: Sendable, Equatable {
  /// All have the nominal value.
  case none
  /// Standard deviation before the cut, and bounds, in the quantity's unit.
  case normal(standardDeviation: Double, bounds: Interval)
}

extension SpreadChoice: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if node.plainText == "none" {
      self = .none
      return
    }
    guard let sequence = node.sequence, sequence.count == 3 else {
      reader.reject(
        node, at: keyPath, "is not a spread", expected: "none or [standard deviation, lower, upper]")
      return nil
    }
    guard let numbers = [Double](node, at: keyPath, by: reader) else { return nil }
    self = .normal(standardDeviation: numbers[0], bounds: Interval(numbers[1], numbers[2]))
  }

  package var canonical: CanonicalYAML {
    switch self {
    case .none: .text("none")
    case .normal(let standardDeviation, let bounds):
      .list([standardDeviation.canonical, bounds.lower.canonical, bounds.upper.canonical])
    }
  }
}

extension Constraint where Value == SpreadChoice {
  /// A deviation that is not negative, and bounds in order.
  package static var spread: Constraint {
    Constraint(expected: "none or [standard deviation >= 0, lower, upper] with lower <= upper") {
      guard case .normal(let standardDeviation, let bounds) = $0 else { return true }
      return standardDeviation >= 0 && standardDeviation.isFinite && bounds.lower <= bounds.upper
        && bounds.lower.isFinite && bounds.upper.isFinite
    }
  }
}

/// The section `network.spread`: quantities that differ between neurons, or, the delay, between synapses. External
/// drive and kernels keep the nominal values.
public struct SpreadConfiguration: Sendable, Equatable {
  /// Of the membrane time constant, in ms, between neurons.
  public var membraneTimeConstant = SpreadChoice.none
  /// Of the refractory period, in ms, between neurons; drawn values are rounded to the time step.
  public var refractoryPeriod = SpreadChoice.none
  /// Of the firing threshold, in mV, between neurons.
  public var threshold = SpreadChoice.none
  /// Of the synaptic delay, in ms, between synapses; drawn values are rounded to the time step.
  public var delay = SpreadChoice.none

  /// None.
  public init() {}
}

extension SpreadConfiguration: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("tau_m_ms", \.membraneTimeConstant, .spread),
      ConfigurationKey("t_ref_ms", \.refractoryPeriod, .spread),
      ConfigurationKey("theta_mV", \.threshold, .spread),
      ConfigurationKey("delay_ms", \.delay, .spread),
    ]
  }

  /// The bounds hold the nominal values, and only what a neuron or synapse can have.
  package func inconsistencies(_ network: NetworkConfiguration, timeStep: Double) -> [ConfigurationProblem] {
    var rules = ConsistencyRules()
    let lowest = max(network.resetPotential, network.restingPotential)
    for (name, spread, nominal, isPossible, expected) in [
      ("tau_m_ms", membraneTimeConstant, network.membraneTimeConstant, { $0 > 0 }, "more than 0"),
      ("t_ref_ms", refractoryPeriod, network.refractoryPeriod, { $0 >= 0 }, "at least 0"),
      ("theta_mV", threshold, network.threshold, { $0 > lowest }, "more than V_reset_mV and E_L_mV"),
      ("delay_ms", delay, network.delay, { $0 >= timeStep * (1 - 1e-9) }, "at least dt_ms"),
    ] as [(String, SpreadChoice, Double, (Double) -> Bool, String)] {
      guard case .normal(_, let bounds) = spread else { continue }
      rules.require(
        isPossible(bounds.lower), "network.spread.\(name)", "has a lower bound that is too small",
        got: bounds.lower,
        expected: expected)
      rules.require(
        bounds.lower <= nominal && nominal <= bounds.upper, "network.spread.\(name)",
        with: ["network.\(name)"],
        "does not hold the nominal value", got: spread.canonical.flow,
        expected: "bounds around \(name) = \(nominal.canonical.flow)")
    }
    return rules.broken
  }
}
