import ParameterEstimation
import SpikingNetwork

extension Study {
  /// The simulation of a sample with these parameters, in the order of ``box``.
  func simulation(parameters: [Double]) throws -> Simulation {
    try simulation(
      configuration.network(with: zip(box.dimensions, parameters).map { ($0.key, $1) }))
  }

  /// The simulation of one network.
  func simulation(_ network: NetworkConfiguration) throws -> Simulation {
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
    return try Simulation(
      parameters: p, duration: Double(configuration.simulation.duration),
      transient: Double(configuration.simulation.transient))
  }
}
