import SpikingNetwork

extension StudyConfiguration {
  /// The network of a sample: the configured one with the sampled parameters, in the order of `sampling.drawn`.
  public func network(with parameters: [Double]) -> NetworkParameters {
    var network = network
    let scalars = NetworkParameters.scalars
    for (key, value) in zip(sampling.drawn.keys, parameters) { network[keyPath: scalars[key]!] = value }
    return network
  }

  /// The value nearest to one drawn from a range that the parameter can take: delay and refractory period are multiples of
  /// the time step, the connection fraction gives whole in-degrees, all others can be any real number.
  public func nearestAdmissible(_ value: Double, of parameter: String) -> Double {
    switch parameter {
    case "t_ref_ms", "delay_ms":
      // Dividing by the steps per bin, a whole number, gives 1.5 where 15 * 0.1 would not.
      let stepsPerMillisecond = (1 / simulation.timeStep).rounded()
      return (value * stepsPerMillisecond).rounded() / stepsPerMillisecond
    case "connection_fraction":
      let divisor = Double(
        greatestCommonDivisor(network.excitatoryNeurons, network.inhibitoryNeurons))
      return (value * divisor).rounded() / divisor
    default: return value
    }
  }

  private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}
