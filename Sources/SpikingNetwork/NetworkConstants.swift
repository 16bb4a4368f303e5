import Foundation
import RandomStreams

/// Parameters lowered once to what the step loop uses: potentials relative to rest, times in steps.
package struct NetworkConstants: Sendable {
  let excitatory: Int
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
  let delaySteps: Int
  let refractorySteps: UInt16
  let timeStep: Double
  let drive: PoissonTable

  var neurons: Int { excitatory + inhibitory }
  /// Neurons rounded up to whole blocks.
  package var blocks: Int { (neurons + NeuronBlock.size - 1) / NeuronBlock.size }

  /// Validates and lowers; throws ``NetworkError`` for the first impossible value.
  package init(_ p: NetworkParameters) throws {
    func require(_ condition: Bool, _ quantity: String, _ value: Double, _ expected: String) throws {
      guard condition else {
        throw NetworkError.invalid(quantity: quantity, value: value, expected: expected)
      }
    }
    func steps(_ quantity: String, _ milliseconds: Double, from least: Int, through most: Int) throws -> Int {
      let exact = milliseconds / p.timeStep
      let whole = exact.rounded()
      guard abs(exact - whole) <= 1e-9 * max(1, abs(exact)) else {
        throw NetworkError.notMultipleOfTimeStep(
          quantity: quantity, milliseconds: milliseconds, timeStep: p.timeStep)
      }
      try require(
        whole >= Double(least) && whole <= Double(most), quantity, milliseconds,
        "\(least) to \(most) time steps of \(p.timeStep) ms")
      return Int(whole)
    }
    try require(p.timeStep > 0 && p.timeStep.isFinite, "time step", p.timeStep, "> 0 ms")
    try require(p.excitatoryNeurons > 0, "excitatory neurons", Double(p.excitatoryNeurons), "> 0")
    try require(p.inhibitoryNeurons > 0, "inhibitory neurons", Double(p.inhibitoryNeurons), "> 0")
    try require(p.neurons <= 1 << 24, "neurons", Double(p.neurons), "at most 2²⁴")
    for (name, degree, population) in [
      ("excitatory in-degree", p.excitatoryInDegree, p.excitatoryNeurons),
      ("inhibitory in-degree", p.inhibitoryInDegree, p.inhibitoryNeurons),
    ] {
      try require(degree >= 0 && degree < 1 << 15, name, Double(degree), "0 to 32767")
      if !p.allowsMultapses {
        let sources = p.allowsAutapses ? population : population - 1
        try require(
          degree <= sources, name, Double(degree),
          "at most \(sources), as sources are drawn without replacement")
      }
    }
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
    delaySteps = try steps("delay", p.delay, from: 1, through: 1 << 16)
    refractorySteps = UInt16(try steps("refractory period", p.refractoryPeriod, from: 0, through: 65_535))
    timeStep = p.timeStep
    drive = try PoissonTable(mean: p.externalSpikesPerStep)
  }
}
