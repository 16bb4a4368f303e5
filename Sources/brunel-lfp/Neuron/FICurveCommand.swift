import ArgumentParser
import Foundation
import RandomStreams
import SingleNeuron
import Studies

struct FICurveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fi-curve",
    abstract: "Rate of a single neuron against its current, in theory and simulated.",
    discussion: """
      A leaky integrate-and-fire neuron, C dV/dt = (E_L - V)/R + I, that of the network if nothing else is said; under a \
      constant current, or white noise with --sigma-mV: docs/single-neurons.md.

      Example:
        brunel-lfp fi-curve --to-nA 2 --vary t_ref_ms=0,2,5 --figure fi.svg
        brunel-lfp fi-curve --sigma-mV 4 --simulate grid --output noisy.csv
        brunel-lfp fi-curve --rate-Hz 100
        brunel-lfp fi-curve --demo rate-neuron --figure rate.svg
      """)

  @Option(name: .customLong("from-nA"), parsing: .unconditional, help: "Least current.") var from = 0.0
  @Option(
    name: .customLong("to-nA"), parsing: .unconditional,
    help: "Largest current. (default: five times the rheobase)")
  var to: Double?
  @Option(
    name: .customLong("step-nA"), parsing: .unconditional,
    help: "Distance of currents. (default: a fiftieth of the range)")
  var step: Double?
  @OptionGroup(title: "The neuron") var neuronOptions: NeuronOptions
  @Option(help: "A parameter and the values of one curve each, such as theta_mV=15,20,25.") var vary:
    VariedParameter?
  @Option(
    name: .customLong("sigma-mV"), parsing: .unconditional,
    help: "Deviation of white noise, Brunel's sigma: the free potential has that over the root of 2.")
  var noise: Double?
  @Option(help: "Also count spikes: exact, grid (the network's) or euler.") var simulate: Integrator?
  @Option(
    name: .customLong("jump-mV"), parsing: .unconditional,
    help:
      "Size of the Poisson inputs that noise is simulated with. (default: 0.1, or the largest that can be)")
  var jump: Double?
  @Option(
    name: .customLong("duration-s"), parsing: .unconditional,
    help: "Simulated time for each current, with noise of eight neurons.")
  var duration = 10.0
  @Option(name: .customLong("dt-ms"), parsing: .unconditional, help: "Time step of grid and euler.")
  var timeStep = 0.1
  @Option(parsing: .unconditional, help: "Seed of the Poisson inputs.") var seed: UInt64 = 1
  @Option(
    name: .customLong("rate-Hz"), parsing: .unconditional,
    help: "In place of a curve: the current at which the neuron fires so often.")
  var rate: Double?
  @Option(
    name: .customLong("at-nA"), parsing: .unconditional,
    help: "In place of a curve: what the neuron does under this current, and the derivatives of its rate.")
  var at: Double?
  @Option(
    name: .customLong("start-mV"), parsing: .unconditional,
    help: "With --at-nA: the potential at time 0 (E_L).")
  var start: Double?
  @Option(help: "In place of a curve: what lectures show, traces, spikes, tuning-curve or rate-neuron.")
  var demo: NeuronDemonstration?
  @Option(help: "File to write (CSV): the curve.") var output: String?
  @Option(help: "File to write (SVG).") var figure: String?
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireDistinct([("--output", output), ("--figure", figure)])
    try requireSVG(figure, "--figure")
    try requireOneQuestion()
    if let demo {
      let summary = try demo.run(figure: figure)
      return try result.report(summary, summary.text)
    }
    let neuron = try neuronOptions.neuron()
    if let rate { return try reportCurrent(neuron, rate) }
    if let at { return try reportCurrent(neuron, at: at) }
    try reportCurve(neuron)
  }

  /// Only one of the things that stand in place of a curve, and with it only what has a meaning.
  private func requireOneQuestion() throws {
    let questions = [("--rate-Hz", rate != nil), ("--at-nA", at != nil), ("--demo", demo != nil)]
      .filter(\.1).map(\.0)
    if questions.count > 1 {
      throw CommandLineProblem(description: "\(questions[0]) and \(questions[1]) exclude each other")
    }
    guard let question = questions.first else {
      if start != nil { throw CommandLineProblem(description: "--start-mV: has a meaning only with --at-nA") }
      return
    }
    let others: [(String, Bool)] = [
      ("--to-nA", to != nil), ("--step-nA", step != nil), ("--vary", vary != nil),
      ("--sigma-mV", noise != nil),
      ("--simulate", simulate != nil), ("--output", output != nil),
      ("--figure", figure != nil && question != "--demo"),
      ("--start-mV", start != nil && question != "--at-nA"),
      (neuronOptions.firstGiven ?? "", neuronOptions.firstGiven != nil && question == "--demo"),
    ]
    if let other = others.first(where: \.1)?.0 {
      throw CommandLineProblem(description: "\(other): has no meaning with \(question)")
    }
  }

  private func reportCurrent(_ neuron: LIFNeuron, _ rate: Double) throws {
    guard let current = neuron.current(forRate: rate) else {
      throw CommandLineProblem(
        description:
          "--rate-Hz: got \(rate), expected more than 0 and less than 1/t_ref = \(neuron.highestRate) Hz")
    }
    try result.report(["I_nA": current, "rate_Hz": rate], "\(current) nA")
  }

  private func reportCurrent(_ neuron: LIFNeuron, at current: Double) throws {
    try require(current.isFinite, "--at-nA", current, "a finite number")
    let start = start ?? neuron.restingPotential
    try require(start.isFinite, "--start-mV", start, "a finite number")
    let report = CurrentReport(neuron, current: current, start: start)
    let derivatives = NeuronParameter.allCases.map { parameter in
      let unit = parameter.rawValue.split(separator: "_").last ?? ""
      return String(
        format: "d rate/d %@  %.6g Hz/%@", String(parameter.rawValue.dropLast(unit.count + 1)),
        report.derivatives[parameter.rawValue] ?? 0, String(unit))
    }
    let first = report.firstSpike.map { String(format: "reached after %.6g ms", $0) } ?? "never reached"
    try result.report(
      report,
      ([
        String(
          format: "membrane heads for %.6g mV; threshold of %.6g mV %@", report.asymptote, neuron.threshold,
          first),
        String(format: "rate  %.6g Hz", report.rate),
      ] + derivatives).joined(separator: "\n"))
  }

  private func reportCurve(_ neuron: LIFNeuron) throws {
    var options = CurrentCurve.Options()
    options.neuron = neuron
    options.currents = try currents(neuron)
    options.varied = vary.map { ($0.parameter, $0.values) }
    for neuron in options.neurons { try neuron.requirePossible() }
    if let noise {
      try require(noise >= 0 && noise.isFinite, "--sigma-mV", noise, "a number not less than 0")
    }
    if noise != nil, simulate == .euler {
      throw CommandLineProblem(description: "--simulate: got euler, expected exact or grid with --sigma-mV")
    }
    try require(duration > 0 && duration <= 1e6, "--duration-s", duration, "more than 0 and at most 1000000")
    try require(
      timeStep >= 1e-7 * duration && timeStep <= 1000 * duration, "--dt-ms", timeStep,
      "at most --duration-s and at least 10⁻¹⁰ of it")
    let steps = duration * 1000 / timeStep
    try require(
      simulate == nil || simulate == .exact || abs(steps - steps.rounded()) < 1e-6 * steps, "--duration-s",
      duration,
      "a whole number of time steps of \(timeStep) ms")
    if simulate == .grid {
      for pause in options.neurons.map({ $0.refractoryPeriod / timeStep }) {
        try require(
          abs(pause - pause.rounded()) < 1e-6, "--t-ref-ms", pause * timeStep,
          "a whole number of time steps of \(timeStep) ms")
      }
    }
    (options.noise, options.integrator) = (noise, simulate)
    (options.duration, options.timeStep, options.seed) = (duration, timeStep, seed)
    try chooseJump(&options)
    try CurrentCurve.requireCreatable(table: output, figure: figure)
    let curve = try curve(options)
    try curve.write(table: output, figure: figure)
    try result.report(curve, curve.table.markdown)
  }

  /// The size of the inputs that noise is simulated with, and checks whether it can be.
  private func chooseJump(_ options: inout CurrentCurve.Options) throws {
    if let jump { try require(jump > 0 && jump.isFinite, "--jump-mV", jump, "a number greater than 0") }
    guard simulate != nil, let noise, let largest = options.largestJump else { return }
    try require(noise > 0, "--sigma-mV", noise, "more than 0 with --simulate, or no noise at all")
    options.jump = jump ?? min(options.jump, largest)
    try require(
      options.jump <= largest, "--jump-mV", options.jump,
      "at most \(Float(largest)): larger inputs of these means deviate more")
    let inputs = noise * noise / (options.jump * options.jump * options.shortestTimeConstant / 1000)
    try require(
      inputs <= 1e7, "--jump-mV", options.jump, "larger inputs: these are \(Float(inputs)) in a second")
  }

  private func curve(_ options: CurrentCurve.Options) throws -> CurrentCurve {
    do {
      return try CurrentCurve(options)
    } catch let error as SamplerError {
      throw CommandLineProblem(
        description: "--jump-mV: got \(options.jump), expected fewer, larger inputs in a time step (\(error))"
      )
    }
  }

  private func currents(_ neuron: LIFNeuron) throws -> [Double] {
    let to = to ?? max(5 * neuron.rheobase, from + 1)
    try require(from.isFinite, "--from-nA", from, "a finite number")
    try require(to > from && to.isFinite, "--to-nA", to, "more than --from-nA = \(from)")
    let step = step ?? (to - from) / 50
    try require(step > 0 && step.isFinite, "--step-nA", step, "a number greater than 0")
    let count = ((to - from) / step * (1 + 1e-12)).rounded(.down)
    try require(count < 100_000, "--step-nA", step, "at most 100000 currents")
    return (0...Int(count)).map { from + Double($0) * step }
  }

  private func require(_ isRight: Bool, _ option: String, _ got: Double, _ expected: String) throws {
    if !isRight { throw CommandLineProblem(description: "\(option): got \(got), expected \(expected)") }
  }
}

/// A parameter of a neuron and values for it, `theta_mV=15,20,25`.
struct VariedParameter: ExpressibleByArgument {
  let parameter: NeuronParameter
  let values: [Double]

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let parameter = NeuronParameter(rawValue: String(parts[0])) else { return nil }
    let values = parts[1].split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard values.allSatisfy({ $0?.isFinite ?? false }) else { return nil }
    self.parameter = parameter
    self.values = values.compactMap { $0 }
  }
}

extension Integrator: ExpressibleByArgument {}
extension NeuronDemonstration: ExpressibleByArgument {}
