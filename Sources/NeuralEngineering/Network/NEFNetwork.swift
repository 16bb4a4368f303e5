import ParameterChecks
import RandomStreams

extension StreamPurpose {
  static let population = StreamPurpose("population")
}

/// Two populations of which the second computes a function of what the first represents: drawn, measured, decoded and
/// connected.
package struct NEFNetwork: Sendable {
  /// How it was made.
  package let parameters: NEFParameters
  /// f: what B is to represent for each x.
  package let function: Formula
  /// Tuning curves of A.
  package let curvesA: TuningCurves
  /// Tuning curves of B.
  package let curvesB: TuningCurves
  /// Decoders of f(x) from A.
  package let decodersA: Decoders
  /// Decoders of x from B.
  package let decodersB: Decoders
  /// What is simulated.
  package let populations: CoupledPopulations

  /// Draws the populations and finds the decoders.
  ///
  /// - Throws: `ParameterError`; ``ValueError`` if the function has no value for a sample; ``DecoderError``.
  package init(_ parameters: NEFParameters, function: Formula) throws {
    var rules = ParameterRules()
    parameters.check(&rules)
    try ParameterError.report(rules.problems)
    let samples = TuningCurves.samples(parameters.samples)
    let values = try samples.map { x in try ValueError.checked(function.value(at: x), of: function, at: x) }
    func made(
      _ population: PopulationParameters, _ index: UInt64
    ) throws -> (Population, TuningCurves) {
      let key = StreamKey(seed: parameters.seed).derived(.population, index)
      let population = try Population(population, neuron: parameters.neuron, key: key)
      let curves =
        parameters.hasAnalyticCurves
        ? TuningCurves(of: population, at: samples)
        : TuningCurves(measuring: population, at: samples, steps: parameters.countingSteps, key: key)
      return (population, curves)
    }
    let (a, curvesA) = try made(parameters.a, 0)
    let (b, curvesB) = try made(parameters.b, 1)
    let timeStep = parameters.neuron.timeStep
    decodersA = try Decoders(curvesA, of: values, solver: parameters.solver, timeStep: timeStep)
    decodersB = try Decoders(curvesB, of: samples, solver: parameters.solver, timeStep: timeStep)
    populations = CoupledPopulations(
      a: a, b: b, decodersA: decodersA.weights, decodersB: decodersB.weights,
      synapse: ExponentialSynapse(timeConstant: parameters.synapticTimeConstant, timeStep: timeStep))
    (self.parameters, self.function, self.curvesA, self.curvesB) = (parameters, function, curvesA, curvesB)
  }

  /// Simulates an input, a formula of the time t in s.
  ///
  /// - Throws: ``ValueError`` if the input, or the function of it, has no value at some time.
  package func run(input: Formula, keepsSpikes: Bool = false) throws -> NEFRun {
    let x = try (0..<parameters.steps).map { step in
      let time = parameters.time(ofStep: step)
      return try ValueError.checked(input.value(at: time), of: input, at: time, isInput: true)
    }
    let values = try x.map { x in try ValueError.checked(function.value(at: x), of: function, at: x) }
    let onceFiltered = populations.synapse.filtered(values)
    return NEFRun(
      input: x, ideal: populations.synapse.filtered(onceFiltered), idealOfA: onceFiltered,
      populations: populations, keepsSpikes: keepsSpikes)
  }
}
