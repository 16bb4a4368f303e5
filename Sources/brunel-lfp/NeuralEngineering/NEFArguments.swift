import ArgumentParser
import NeuralEngineering
import ParameterChecks

/// What is computed, and by which neurons.
struct NEFArguments: ParsableArguments {
  @Option(parsing: .unconditional, help: "What B is to represent: a function of x.") var function = "x^2"
  @Option(
    parsing: .unconditional,
    help: "What A gets: sin (of the time t in s), cos, ramp (from -1 to 1), or a function of t, such as 0.5.")
  var input = "sin"
  @Option(parsing: .unconditional, help: "Simulated time in s.") var durationS = 10.0
  @Option(parsing: .unconditional, help: "Neurons of population A.") var neuronsA = 50
  @Option(parsing: .unconditional, help: "Neurons of population B.") var neuronsB = 40
  @Option(parsing: .unconditional, help: "A's rates in Hz where they are largest: from, to. (default: 25,75)")
  var ratesA: NumberList?
  @Option(
    parsing: .unconditional, help: "B's rates in Hz where they are largest: from, to. (default: 50,100)")
  var ratesB: NumberList?
  @Option(
    parsing: .unconditional,
    help: "Where neurons begin to fire on an axis from -1 to 1: from, to. (default: -1,1)")
  var intercepts: NumberList?
  @Option(parsing: .unconditional, help: "Time step in ms.") var dtMs = 1.0
  @Option(parsing: .unconditional, help: "Membrane time constant in ms.") var tauMMs = 20.0
  @Option(parsing: .unconditional, help: "Refractory period in ms.") var tRefMs = 2.0
  @Option(parsing: .unconditional, help: "Time constant of the synapses in ms.") var tauSynMs = 100.0
  @Option(parsing: .unconditional, help: "Values of x for which decoders are made.") var samples = 100
  @Option(parsing: .unconditional, help: "Time in s for which spikes are counted at each of them.")
  var countS = 0.5
  @Flag(help: "Tuning curves by theory, not by counted spikes.") var analytic = false
  @Option(
    parsing: .unconditional,
    help:
      "Decoders for rates with noise, given as a share of the largest rate, such as 0.01; none, if not given."
  )
  var ridge: Double?
  @Option(parsing: .unconditional, help: "Root of all random streams; a whole number from 0.") var seed:
    UInt64 = 1

  /// What was given, checked.
  ///
  /// - Throws: `ParameterError`, `CommandLineProblem`, naming the options.
  func parameters() throws -> NEFParameters {
    var parameters = NEFParameters()
    parameters.neuron = LeakyNeuron(
      timeStep: dtMs / 1000, membraneTimeConstant: tauMMs / 1000, refractoryPeriod: tRefMs / 1000)
    parameters.synapticTimeConstant = tauSynMs / 1000
    (parameters.a.neurons, parameters.b.neurons) = (neuronsA, neuronsB)
    if let ratesA { parameters.a.maximumRates = try range(ratesA, "--rates-a") }
    if let ratesB { parameters.b.maximumRates = try range(ratesB, "--rates-b") }
    if let intercepts {
      let range = try range(intercepts, "--intercepts")
      (parameters.a.intercepts, parameters.b.intercepts) = (range, range)
    }
    (parameters.samples, parameters.countingTime) = (samples, countS)
    parameters.hasAnalyticCurves = analytic
    if let ridge { parameters.solver = .ridge(noise: ridge) }
    (parameters.duration, parameters.seed) = (durationS, seed)
    var rules = ParameterRules()
    parameters.check(&rules)
    try ParameterError.report(rules.problems)
    return parameters
  }

  private func range(_ list: NumberList, _ option: String) throws -> ClosedRange<Double> {
    guard list.values.count == 2, list.values[0] <= list.values[1] else {
      let got = list.values.map { "\($0)" }.joined(separator: ",")
      throw CommandLineProblem(
        description: "\(option): got \(got), expected two numbers, the smaller one first")
    }
    return list.values[0]...list.values[1]
  }

  /// The function of x and the input, a function of t.
  ///
  /// - Throws: `CommandLineProblem` naming the option.
  func formulas(_ parameters: NEFParameters) throws -> (function: Formula, input: Formula) {
    func read(_ option: String, _ text: String, _ formula: () throws(FormulaError) -> Formula) throws
      -> Formula
    {
      do { return try formula() } catch {
        throw CommandLineProblem(description: "\(option): \(text) \(error)")
      }
    }
    return (
      try read("--function", function) { () throws(FormulaError) in try Formula(function, of: "x") },
      try read("--input", input) { () throws(FormulaError) in
        try InputSignal.formula(input, duration: parameters.duration)
      }
    )
  }
}
