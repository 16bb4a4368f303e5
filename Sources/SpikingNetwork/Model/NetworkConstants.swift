import Foundation
import ParameterChecks
import RandomStreams

/// Parameters lowered once to what the step loop uses: potentials relative to rest, times in steps.
package struct NetworkConstants: Sendable {
  package let excitatory: Int
  let inhibitory: Int
  let excitatoryInDegree: Int
  let inhibitoryInDegree: Int
  let allowsMultapses: Bool
  let allowsAutapses: Bool
  /// exp(−dt/τ_m).
  let decay: Float
  /// J in mV.
  let excitatoryWeight: Float
  /// −g·J in mV.
  let inhibitoryWeight: Float
  /// What remains of a synaptic current after a step, exp(−dt/τ_syn); nil if inputs arrive at once.
  let currentDecay: Float?
  let threshold: Float
  let reset: Float
  /// The delays that synapses may have, in steps and increasing order.
  let delays: [Int]
  /// The distribution of drawn delays, unless all are equal.
  let delayLaw: RoundedNormal?
  /// The synapses, if they are listed.
  let explicitWiring: ExplicitWiring?
  /// From what neurons' properties are drawn, unless all are equal and inputs arrive at once.
  package let neuronDistributions: NeuronDistributions?
  let refractorySteps: UInt16
  let timeStep: Double
  package let drive: PoissonTable

  package var neurons: Int { excitatory + inhibitory }
  /// Lines that hold all neurons.
  package var lines: Int { NeuronLine.count(for: neurons) }
  /// The delay of all synapses, if it is the same.
  package var uniformDelay: Int? { delays.count == 1 ? delays[0] : nil }
  /// Mean number of recurrent inputs of a neuron.
  var meanInDegree: Double {
    explicitWiring.map { Double($0.count) / Double(neurons) }
      ?? Double(excitatoryInDegree + inhibitoryInDegree)
  }

  /// Checks and lowers a network that is simulated in steps of `timeStep` ms; throws all that is impossible.
  package init(_ p: NetworkParameters, timeStep: Double) throws(ParameterError) {
    var rules = ParameterRules(allowsContradictions: true)
    p.check(&rules, timeStep: timeStep)
    try ParameterError.report(rules.problems)

    excitatory = p.excitatoryNeurons
    inhibitory = p.inhibitoryNeurons
    excitatoryInDegree = p.excitatoryInDegree
    inhibitoryInDegree = p.inhibitoryInDegree
    allowsMultapses = p.allowsMultapses
    allowsAutapses = p.allowsAutapses
    decay = Float(exp(-timeStep / p.membraneTimeConstant))
    currentDecay = p.synapticTimeConstant > 0 ? Float(exp(-timeStep / p.synapticTimeConstant)) : nil
    excitatoryWeight = Float(p.efficacy)
    inhibitoryWeight = Float(-p.g * p.efficacy)
    threshold = Float(p.threshold - p.restingPotential)
    reset = Float(p.resetPotential - p.restingPotential)
    func steps(_ time: Double) -> Int { Int((time / timeStep).rounded()) }
    refractorySteps = UInt16(steps(p.refractoryPeriod))
    self.timeStep = timeStep
    guard let drive = try? PoissonTable(mean: p.externalSpikes(in: timeStep)) else {
      preconditionFailure("the rules allow means that can be drawn")
    }
    self.drive = drive
    neuronDistributions = NeuronDistributions(p, timeStep: timeStep)
    if case .explicit(let synapses) = p.connectivity {
      let wiring = ExplicitWiring(synapses, in: p, timeStep: timeStep)
      (delays, delayLaw, explicitWiring) = (wiring.delays, nil, wiring)
    } else {
      let distribution = p.spread.delay.distribution(around: p.delay)
      delayLaw =
        distribution.standardDeviation > 0
        ? RoundedNormal(distribution, step: timeStep, least: NetworkParameters.delayRange.lowerBound) : nil
      delays =
        delayLaw.map { Array($0.lowest..<($0.lowest + $0.probabilities.count)) } ?? [steps(p.delay)]
      explicitWiring = nil
    }
  }
}

extension NeuronDistributions {
  /// The distributions of a network; nil if none has a spread and there are no synaptic currents.
  init?(_ p: NetworkParameters, timeStep: Double) {
    let spread = p.spread
    let differ = [spread.membraneTimeConstant, spread.threshold, spread.refractoryPeriod].contains {
      $0 != nil
    }
    guard differ || p.synapticTimeConstant > 0 else { return nil }
    self.init(
      membraneTimeConstant: spread.membraneTimeConstant.distribution(around: p.membraneTimeConstant),
      threshold: spread.threshold.distribution(around: p.threshold),
      refractoryPeriod: spread.refractoryPeriod.distribution(around: p.refractoryPeriod),
      restingPotential: p.restingPotential, synapticTimeConstant: p.synapticTimeConstant, timeStep: timeStep)
  }
}
