import NeuralEngineering
import Numerics
import Testing

@Suite("The minimal example, stage by stage beside NumPy")
struct GoldenRunTests {
  private let golden: GoldenRun

  init() throws { golden = try GoldenRun.shared.get() }

  /// The largest difference relative to the largest reference.
  private func difference(_ values: [Double], _ reference: [Double]) -> Double {
    guard values.count == reference.count else { return .infinity }
    return zip(values, reference).map { abs($0 - $1) }.max()! / reference.map(\.magnitude).max()!
  }

  @Test("gains and biases agree to 1e-12", arguments: ["a", "b"])
  func gains(name: String) throws {
    let population = try golden.population(name)
    for (value, reference) in zip(
      population.gains + population.biases,
      try golden.doubles("gain_\(name)") + golden.doubles("bias_\(name)"))
    {
      #expect(abs(value - reference) <= 1e-12 * abs(reference))
    }
  }

  @Test("spikes counted for tuning curves are the same", arguments: ["a", "b"])
  func counts(name: String) throws {
    let population = try golden.population(name)
    let voltages = try golden.counts("initial_voltage_\(name)")
    let curves = TuningCurves(measuring: population, at: TuningCurves.samples(100), steps: 500) { sample in
      voltages[sample * population.count..<(sample + 1) * population.count].map { Double($0) / 65536 }
    }
    let reference = try golden.counts("counts_\(name)")
    for sample in 0..<100 {
      for neuron in 0..<population.count {
        #expect(curves.rates[neuron, sample] == Double(reference[sample * population.count + neuron]) / 0.5)
      }
    }
  }

  /// Curves from stored counts.
  private func curves(_ name: String) throws -> TuningCurves {
    let (counts, neurons) = (try golden.counts("counts_\(name)"), try golden.population(name).count)
    var rates = Matrix(rows: neurons, columns: 100)
    for sample in 0..<100 {
      for neuron in 0..<neurons { rates[neuron, sample] = Double(counts[sample * neurons + neuron]) / 0.5 }
    }
    return TuningCurves(samples: TuningCurves.samples(100), rates: rates)
  }

  @Test(
    "decoders agree to 1e-8, for five functions as the program reads them",
    arguments: ["x", "x^2", "sin(pi*x)", "0.5*x^3-0.25", "abs(x)"])
  func decodersOfA(function: String) throws {
    let curves = try curves("a")
    let formula = try Formula(function, of: "x")
    let decoders = try Decoders(
      curves, of: curves.samples.map(formula.value), solver: .pseudoInverse, timeStep: 0.001)
    #expect(difference(decoders.weights, try golden.doubles("decoder_a \(function)")) < 1e-8)
  }

  @Test("decoders of B agree to 1e-8")
  func decodersOfB() throws {
    let curves = try curves("b")
    let decoders = try Decoders(curves, of: curves.samples, solver: .pseudoInverse, timeStep: 0.001)
    #expect(difference(decoders.weights, try golden.doubles("decoder_b")) < 1e-8)
  }

  @Test("weights are the same with stored decoders")
  func weights() throws {
    #expect(try golden.populations().weights.flatMap { $0 } == golden.doubles("weights"))
  }

  @Test("voltages and synaptic input of the first 100 steps agree to 1e-12")
  func voltages() throws {
    let populations = try golden.populations()
    let (input, a, b) = (try golden.doubles("input"), populations.a, populations.b)
    let decoded = populations.run(input: input).decodedByA
    var (membranesA, membranesB) = (MembraneLanes(a), MembraneLanes(b))
    var (voltagesA, voltagesB, inputs): ([Double], [Double], [Double]) = ([], [], [])
    for step in 0..<100 {
      membranesA.advance(representing: input[step]) { _ in }
      membranesB.advance(representing: decoded[step]) { _ in }
      voltagesA += (0..<a.count).map { membranesA[$0] }
      voltagesB += (0..<b.count).map { membranesB[$0] }
      inputs += b.encoders.map { $0 * decoded[step] }
    }
    #expect(difference(voltagesA, try golden.doubles("voltage_a")) < 1e-12)
    #expect(difference(voltagesB, try golden.doubles("voltage_b")) < 1e-12)
    #expect(difference(inputs, try golden.doubles("synaptic_input")) < 1e-12)
  }

  @Test("with stored decoders all 20,881 spikes are the same, and the output to 1e-10")
  func run() throws {
    let run = try golden.populations().run(input: golden.doubles("input"), keepsSpikes: true)
    #expect(try run.spikesA == golden.spikes("a") && run.spikesB == golden.spikes("b"))
    #expect(run.spikeCounts.a == 9567 && run.spikeCounts.b == 11314)
    #expect(run.spikesA.count == 9567 && run.spikesB.count == 11314)
    let output = try golden.doubles("output")
    #expect(run.output.count == 10_001 && difference(run.output, output) < 1e-10)
  }

  @Test("the ideal is filtered twice, and the output is nearest to it")
  func ideal() throws {
    let synapse = ExponentialSynapse(timeConstant: 0.1, timeStep: 0.001)
    let squares = try golden.doubles("input").map { $0 * $0 }
    let twice = synapse.filtered(synapse.filtered(squares))
    #expect(difference(twice, try golden.doubles("ideal")) < 1e-14)
    func rms(_ ideal: [Double]) throws -> Double {
      SignalError(of: try golden.doubles("output"), from: ideal, timeStep: 0.001).rms
    }
    #expect(abs(try rms(twice) - 0.026837224367936) < 1e-12)
    #expect(abs(try rms(synapse.filtered(squares)) - 0.063805936398888) < 1e-12)
    #expect(abs(try rms(squares) - 0.126819915745091) < 1e-12)
  }
}
