import Yams

extension StudyConfiguration {
  /// The network with some of its values replaced, such as those of one sample.
  ///
  /// - Parameter overrides: Names are the numeric keys of the section `network`, such as `eta`,
  ///   `J_mV` or `delay_ms`; values are in the unit that the name ends with.
  /// - Throws: Unknown names, and whatever is wrong with the network that results.
  public func network(with overrides: [(name: String, value: Double)]) throws(ConfigurationError)
    -> NetworkConfiguration
  {
    let (network, problems) = overridden(with: overrides)
    try Self.report(problems, of: nil)
    return network
  }

  /// The value nearest to one drawn from a range that the parameter can take: delay and refractory
  /// period are multiples of the time step, the others any real number.
  public func nearestAdmissible(_ value: Double, of parameter: String) -> Double {
    guard NetworkConfiguration.timesOnGrid.contains(parameter) else { return value }
    // Dividing by the steps per bin, a whole number, gives 1.5 where 15 * 0.1 would not.
    let stepsPerMillisecond = (1 / simulation.timeStep).rounded()
    return (value * stepsPerMillisecond).rounded() / stepsPerMillisecond
  }

  /// The network with some of its values replaced, and what is wrong with it.
  package func overridden(with overrides: [(name: String, value: Double)])
    -> (network: NetworkConfiguration, problems: [ConfigurationProblem])
  {
    var network = network
    let keys = NetworkConfiguration.keys
    let reader = ConfigurationReader(knownPaths: [])
    for (name, value) in overrides {
      let node = Node(value.canonical.flow)
      let keyPath = innerKeyPath("network", name)
      if let key = keys.first(where: { $0.name == name }) {
        key.read(&network, node, keyPath, reader)
      } else {
        reader.rejectUnknown(Node(name), name, at: keyPath, known: keys.map(\.name))
      }
    }
    let violations = network.violations(at: "network")
    reader.add(
      violations.isEmpty ? network.inconsistencies(timeStep: simulation.timeStep) : violations)
    return (network, reader.problems)
  }
}
