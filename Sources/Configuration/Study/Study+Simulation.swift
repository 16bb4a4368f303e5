import SpikingNetwork

extension Study {
  /// The simulation of a sample with these parameters, in the order of ``box``.
  package func simulation(parameters: [Double]) throws -> Simulation {
    try simulation(
      configuration.network(with: zip(box.dimensions, parameters).map { ($0.key, $1) }))
  }

  /// The simulation of one network.
  package func simulation(_ network: NetworkConfiguration) throws -> Simulation {
    var p = NetworkParameters()
    p.excitatoryNeurons = network.excitatoryNeurons
    p.inhibitoryNeurons = network.inhibitoryNeurons
    p.excitatoryInDegree = network.excitatoryInDegree
    p.inhibitoryInDegree = network.inhibitoryInDegree
    p.eta = network.eta
    p.g = network.g
    p.efficacy = network.J
    p.membraneTimeConstant = network.membraneTimeConstant
    p.refractoryPeriod = network.refractoryPeriod
    p.threshold = network.threshold
    p.resetPotential = network.resetPotential
    p.restingPotential = network.restingPotential
    p.delay = network.delay
    p.timeStep = configuration.simulation.timeStep
    p.allowsMultapses = network.allowsMultapses
    p.allowsAutapses = network.allowsAutapses
    p.membraneTimeConstantSpread = Spread(network.spread.membraneTimeConstant)
    p.refractoryPeriodSpread = Spread(network.spread.refractoryPeriod)
    p.thresholdSpread = Spread(network.spread.threshold)
    p.delaySpread = Spread(network.spread.delay)
    return try Simulation(
      parameters: p, duration: Double(configuration.simulation.duration),
      transient: Double(configuration.simulation.transient))
  }
}

extension Spread {
  /// The simulator's form of a configured spread; nil for none.
  fileprivate init?(_ choice: SpreadChoice) {
    guard case .normal(let standardDeviation, let bounds) = choice else { return nil }
    self.init(standardDeviation: standardDeviation, bounds: bounds.lower...bounds.upper)
  }
}
