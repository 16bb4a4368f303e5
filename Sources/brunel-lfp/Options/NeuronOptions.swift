import ArgumentParser
import ParameterChecks
import SingleNeuron

/// Options for the parameters of a single neuron.
struct NeuronOptions: ParsableArguments {
  @Option(name: .customLong("tau-m-ms"), parsing: .unconditional, help: "Membrane time constant, RC (20).")
  var membraneTimeConstant: Double?
  @Option(name: .customLong("C-nF"), parsing: .unconditional, help: "Membrane capacitance, in its place.")
  var capacitance: Double?
  @Option(
    name: .customLong("R-MOhm"), parsing: .unconditional,
    help: "Membrane resistance (40); 1 gives currents in mV.")
  var resistance: Double?
  @Option(name: .customLong("theta-mV"), parsing: .unconditional, help: "Threshold (20).")
  var threshold: Double?
  @Option(name: .customLong("V-reset-mV"), parsing: .unconditional, help: "Potential after a spike (10).")
  var reset: Double?
  @Option(name: .customLong("E-L-mV"), parsing: .unconditional, help: "Resting potential (0).")
  var rest: Double?
  @Option(name: .customLong("t-ref-ms"), parsing: .unconditional, help: "Refractory period (2).")
  var refractoryPeriod: Double?

  private var given: [(parameter: NeuronParameter, value: Double)] {
    // R first, as it moves τ.
    let all: [(NeuronParameter, Double?)] = [
      (.resistance, resistance), (.capacitance, capacitance), (.threshold, threshold), (.reset, reset),
      (.rest, rest), (.refractoryPeriod, refractoryPeriod), (.membraneTimeConstant, membraneTimeConstant),
    ]
    return all.compactMap { parameter, value in value.map { (parameter, $0) } }
  }

  /// The first option given; nil if none is.
  var firstGiven: String? { given.first.map { $0.parameter.option } }

  /// The neuron.
  ///
  /// - Throws: `CommandLineProblem` naming the option that is wrong.
  func neuron() throws -> LIFNeuron {
    if capacitance != nil, membraneTimeConstant != nil {
      throw CommandLineProblem(
        description: "--C-nF: expected only one of it and --tau-m-ms, which is R times C")
    }
    var neuron = LIFNeuron()
    let standard = neuron.membraneTimeConstant
    for (parameter, value) in given {
      neuron[parameter] = value
      // Without a capacitance it is the time constant that is kept.
      if parameter == .resistance { neuron.membraneTimeConstant = standard }
    }
    try neuron.requirePossible()
    return neuron
  }
}

extension NeuronParameter {
  /// The option that sets it.
  var option: String { "--" + rawValue.replacing("_", with: "-") }
}

extension LIFNeuron {
  /// Throws what is wrong with a neuron, by its options.
  func requirePossible() throws {
    var rules = ParameterRules()
    check(&rules)
    guard let problem = rules.problems.first else { return }
    let parameter = NeuronParameter(rawValue: problem.keyPath)
    // τ is R times C, whichever was given.
    let text = problem.description.replacing(problem.keyPath + ":", with: "")
    throw CommandLineProblem(description: "\(parameter?.option ?? problem.keyPath):\(text)")
  }
}
