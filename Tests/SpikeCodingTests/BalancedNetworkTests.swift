import Numerics
import ParameterChecks
import RandomStreams
import SpikeCoding
import Testing

@Suite("Network of two populations") struct BalancedNetworkTests {
  /// Spikes, and voltages of the steps that the golden run keeps.
  private struct Trace: BalancedObserver {
    var spikesE: [Double] = [], spikesI: [Double] = [], voltagesE: [Double] = [], voltagesI: [Double] = []

    mutating func observe(_ step: BalancedStepView) {
      spikesE.append(Double(step.spikeE))
      spikesI.append(Double(step.spikeI))
      guard GoldenRun.isKept(spikesE.count - 1, first: 200) else { return }
      voltagesE += step.voltagesE
      voltagesI += step.voltagesI
    }
  }

  /// Noise in the order voltage, threshold of each neuron.
  private struct InterleavedNoise: NoiseSource {
    let numbers: [Double]
    let populations: [Int]
    private var place = 0, population = 0, left: Int

    init(_ numbers: [Double], populations: [Int]) {
      (self.numbers, self.populations, left) = (numbers, populations, populations[0])
    }

    mutating func next() -> (voltage: SIMD8<Double>, threshold: SIMD8<Double>) {
      var (xi, zeta) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
      for lane in 0..<min(8, left) {
        (xi[lane], zeta[lane]) = (numbers[place], numbers[place + 1])
        place += 2
      }
      left -= 8
      if left <= 0 {
        population = (population + 1) % populations.count
        left = populations[population]
      }
      return (xi, zeta)
    }
  }

  private func small() -> BalancedParameters {
    var parameters = BalancedParameters()
    (parameters.excitatory, parameters.inhibitory, parameters.signals) = (24, 6, 2)
    parameters.plasticity.recurrentRate = 1e-2
    parameters.plasticity.feedforwardRate = 1e-3
    return parameters
  }

  @Test("4000 steps of a small network with stored noise: all 1074 spikes, voltages and weights to 1e-12")
  func golden() throws {
    let run = try GoldenRun.twoPopulations(), parameters = small()
    var weights = BalancedWeights(unconnected: parameters, key: StreamKey(seed: 1))
    weights.feedforward = Matrix(rows: 24, columns: 2, run.array("F0"))
    #expect(weights.IE.elements == run.array("IE0"))
    var network = BalancedNetwork(parameters, weights)
    var noise = InterleavedNoise(run.array("noise").map { $0 / 4096 }, populations: [24, 6])
    var trace = Trace()
    let currents = run.array("currents")
    // In two inputs, so that what lies between them counts as well.
    for part in [0..<3000, 3000..<8000] {
      network.run(
        InputSequence(signals: 2, currents: Array(currents[part])), noise: &noise, learning: .all,
        observer: &trace)
    }
    #expect(trace.spikesE == run.array("spikes_E"))
    #expect(trace.spikesI == run.array("spikes_I"))
    #expect((trace.spikesE + trace.spikesI).count { $0 >= 0 } == 1074)
    #expect(largestDifference(trace.voltagesE, run.array("voltages_E")) < 1e-12)
    #expect(largestDifference(trace.voltagesI, run.array("voltages_I")) < 1e-12)
    let learnt = network.weights
    for (name, matrix) in [
      ("F", learnt.feedforward), ("EE", learnt.EE), ("IE", learnt.IE), ("EI", learnt.EI), ("II", learnt.II),
    ] {
      #expect(largestDifference(matrix.elements, run.array(name)) < 1e-12, "\(name)")
    }
  }

  @Test("a stored state goes on as if it had not been stored")
  func resumption() throws {
    var parameters = small()
    parameters.synapticDelay = 0.5
    let key = StreamKey(seed: 5)
    let start = BalancedNetwork(parameters, BalancedWeights(unconnected: parameters, key: key))
    var whole = Learning(start, InputParameters(), plasticity: .all, key: key)
    for _ in 0..<4 { try whole.advance(limit: 4000) }
    var part = Learning(start, InputParameters(), plasticity: .all, key: key)
    for _ in 0..<2 { try part.advance(limit: 4000) }
    let restored = start.with(part.network.arrays)
    #expect(restored.arrays == part.network.arrays)
    var rest = Learning(restored, InputParameters(), plasticity: .all, key: key, steps: part.steps)
    for _ in 0..<2 { try rest.advance(limit: 4000) }
    #expect(rest.network.arrays == whole.network.arrays)
  }

  @Test("weights keep their signs, the autapses, and the gaps of a sparse network")
  func signs() throws {
    var parameters = small()
    parameters.connectionProbability = 0.5
    let key = StreamKey(seed: 7), connections = BalancedConnections(parameters, key: key)
    let start = BalancedNetwork(drawn: parameters, key: key)
    // Each neuron begins with one inhibitory partner, as in a full network.
    #expect(start.weights.IE.elements.count { $0 == 0.5 } == 24)
    #expect(start.weights.EI.elements.count { $0 == -0.15 } == 24)
    var learning = Learning(start, InputParameters(), plasticity: .all, key: key)
    for _ in 0..<20 { try learning.advance(limit: 20_000) }
    let weights = learning.network.weights
    for to in 0..<24 {
      for from in 0..<24 {
        #expect(to == from ? weights.EE[to, from] == -0.02 : weights.EE[to, from] >= 0)
        if connections.EE[to, from] == 0 { #expect(weights.EE[to, from] == 0) }
      }
    }
    #expect(weights.IE.elements.allSatisfy { $0 >= 0 } && weights.IE.elements.contains { $0 > 0 })
    #expect(weights.EI.elements.allSatisfy { $0 <= 0 } && weights.EI.elements.contains { $0 < 0 })
    #expect(weights.II.elements.allSatisfy { $0 <= 0 })
    #expect(zip(weights.EI.elements, connections.EI.elements).allSatisfy { $0 == 0 || $1 == 1 })
    #expect(zip(weights.IE.elements, connections.IE.elements).allSatisfy { $0 == 0 || $1 == 1 })
  }

  @Test("a delayed synapse brings the same charge as a jump, most of it about its delay later")
  func delay() {
    struct Kicks: BalancedObserver {
      var kicks: [Double] = []
      mutating func observe(_ step: BalancedStepView) { kicks.append(step.kickE[1]) }
    }
    var parameters = BalancedParameters()
    (parameters.excitatory, parameters.inhibitory, parameters.signals) = (2, 1, 1)
    parameters.synapticDelay = 2
    var weights = BalancedWeights(unconnected: parameters, key: StreamKey(seed: 1))
    weights.feedforward = Matrix(rows: 2, columns: 1, [1, 0])
    weights.EE = Matrix(rows: 2, columns: 2, [-0.02, 0, 0.3, -0.02])
    weights.IE = Matrix(rows: 1, columns: 2, [0, 0])
    var network = BalancedNetwork(parameters, weights), noise = NoNoise(), kicks = Kicks()
    var currents = [Double](repeating: 0, count: 400)
    // 0.6 in one step of 0.1 ms; the reset of 0.02 does not end the spikes, but the refractory period does.
    currents[0] = 5_100
    network.run(InputSequence(signals: 1, currents: currents), noise: &noise, learning: [], observer: &kicks)
    #expect(abs(kicks.kicks.reduce(0, +) - 0.3) < 1e-6)
    // Time to peak of t e^(−t/τ) is τ, 20 steps, after the step of the spike.
    let peak = kicks.kicks.indices.max { kicks.kicks[$0] < kicks.kicks[$1] }!
    #expect(abs(peak - 20) <= 2)
  }

  @Test("impossible parameters are refused by key")
  func refusals() {
    func broken(_ change: (inout BalancedParameters) -> Void) -> [String] {
      var parameters = BalancedParameters(), rules = ParameterRules()
      change(&parameters)
      parameters.check(&rules)
      return rules.problems.map(\.keyPath)
    }
    #expect(broken { _ in } == [])
    #expect(broken { $0.inhibitory = 0 } == ["network.inhibitory"])
    #expect(broken { $0.timeStep = 4 } == ["network.leak_rate_Hz"])
    #expect(broken { $0.synapticDelay = 0.05 } == ["network.synaptic_delay_ms"])
    #expect(broken { $0.connectionProbability = 1.1 } == ["network.connection_probability"])
    #expect(broken { $0.refractoryPeriod = -1 } == ["network.t_ref_ms"])
  }
}
