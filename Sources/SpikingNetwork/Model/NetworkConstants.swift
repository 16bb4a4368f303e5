import Foundation
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
  let threshold: Float
  let reset: Float
  /// The delays that synapses may have, in steps and increasing order.
  let delays: [Int]
  /// The distribution of drawn delays, unless all are equal.
  let delayLaw: RoundedNormal?
  /// The synapses, if they are listed.
  let explicitWiring: ExplicitWiring?
  /// From what neurons' properties are drawn, unless all are equal.
  package let neuronDistributions: NeuronDistributions?
  let refractorySteps: UInt16
  let timeStep: Double
  package let drive: PoissonTable

  package var neurons: Int { excitatory + inhibitory }
  /// Neurons rounded up to whole blocks.
  package var blocks: Int { NeuronBlock.count(for: neurons) }
  /// The delay of all synapses, if it is the same.
  package var uniformDelay: Int? { delays.count == 1 ? delays[0] : nil }
  /// Mean number of recurrent inputs of a neuron.
  var meanInDegree: Double {
    explicitWiring.map { Double($0.count) / Double(neurons) }
      ?? Double(excitatoryInDegree + inhibitoryInDegree)
  }

  /// Validates and lowers; throws ``NetworkError`` for the first impossible value.
  package init(_ p: NetworkParameters) throws {
    let require = NetworkError.require
    try require(p.timeStep > 0 && p.timeStep.isFinite, "time step", p.timeStep, "> 0 ms")
    try require(p.excitatoryNeurons > 0, "excitatory neurons", Double(p.excitatoryNeurons), "> 0")
    try require(p.inhibitoryNeurons > 0, "inhibitory neurons", Double(p.inhibitoryNeurons), "> 0")
    try require(p.neurons <= 1 << 24, "neurons", Double(p.neurons), "at most 2²⁴")
    if p.connectivity == .fixedInDegree { try p.checkInDegrees() }
    try require(p.eta > 0 && p.eta.isFinite, "eta", p.eta, "> 0")
    try require(p.g >= 0 && p.g.isFinite, "g", p.g, ">= 0")
    try require(p.efficacy > 0 && p.efficacy.isFinite, "J", p.efficacy, "> 0 mV")
    try require(
      p.membraneTimeConstant > 0 && p.membraneTimeConstant.isFinite, "membrane time constant",
      p.membraneTimeConstant, "> 0 ms")
    try require(
      p.threshold.isFinite && p.threshold > p.restingPotential, "threshold", p.threshold,
      "above the resting potential of \(p.restingPotential) mV")
    try require(
      p.resetPotential.isFinite && p.resetPotential < p.threshold, "reset potential", p.resetPotential,
      "below the threshold of \(p.threshold) mV")

    excitatory = p.excitatoryNeurons
    inhibitory = p.inhibitoryNeurons
    excitatoryInDegree = p.excitatoryInDegree
    inhibitoryInDegree = p.inhibitoryInDegree
    allowsMultapses = p.allowsMultapses
    allowsAutapses = p.allowsAutapses
    decay = Float(exp(-p.timeStep / p.membraneTimeConstant))
    excitatoryWeight = Float(p.efficacy)
    inhibitoryWeight = Float(-p.g * p.efficacy)
    threshold = Float(p.threshold - p.restingPotential)
    reset = Float(p.resetPotential - p.restingPotential)
    refractorySteps = UInt16(
      try p.steps("refractory period", p.refractoryPeriod, within: NetworkParameters.refractoryRange))
    timeStep = p.timeStep
    drive = try PoissonTable(mean: p.externalSpikesPerStep)
    neuronDistributions = try p.neuronDistributions()
    switch p.connectivity {
    case .fixedInDegree:
      delayLaw = try p.delayLaw()
      let shortest = try p.delaySteps("delay", p.delay)
      delays = delayLaw.map { Array($0.lowest..<($0.lowest + $0.probabilities.count)) } ?? [shortest]
      explicitWiring = nil
    case .explicit(let synapses):
      let wiring = try ExplicitWiring(synapses, in: p)
      (delays, delayLaw, explicitWiring) = (wiring.delays, nil, wiring)
    }
  }
}
