import Numerics
import ParameterChecks
import RandomStreams
import SpikeCoding
import Testing

@Suite("Network of one population") struct CodingNetworkTests {
  /// Spikes, and voltages of the steps that the golden run keeps.
  private struct Trace: StepObserver {
    var spikes: [Double] = [], voltages: [Double] = []

    mutating func observe(_ step: NetworkStep) {
      spikes.append(Double(step.spike))
      if GoldenRun.isKept(spikes.count - 1, first: 300) { voltages += step.voltages }
    }
  }

  @Test("5000 steps of Fig. 2 with stored noise: all 2879 spikes, voltages and weights to 1e-12")
  func golden() throws {
    let run = try GoldenRun.onePopulation()
    let parameters = CodingParameters(), n = 20
    var weights = InitialWeights.unconnected.weights(neurons: n, signals: 2, key: StreamKey(seed: 1))
    weights.feedforward = Matrix(rows: n, columns: 2, run.array("F0"))
    var network = CodingNetwork(parameters, weights)
    let stored = run.array("noise").map { $0 / 4096 }
    // The noise of a step is that of all voltages, then that of all thresholds.
    let rows = stride(from: 0, to: stored.count, by: 2 * n)
    var noise = RecordedNoise(
      neurons: n, voltage: rows.flatMap { stored[$0..<($0 + n)] },
      threshold: rows.flatMap { stored[($0 + n)..<($0 + 2 * n)] })
    var trace = Trace()
    let currents = run.array("currents"), spikes = run.array("spikes")
    let F = run.array("F"), W = run.array("W")
    for piece in 0..<10 {
      let input = InputSequence(signals: 2, currents: Array(currents[(piece * 1000)..<((piece + 1) * 1000)]))
      network.run(input, noise: &noise, learning: .all, observer: &trace)
      let weights = network.weights
      #expect(
        largestDifference(weights.feedforward.elements, F[(piece * 2 * n)..<((piece + 1) * 2 * n)]) < 1e-12)
      #expect(
        largestDifference(weights.recurrent.elements, W[(piece * n * n)..<((piece + 1) * n * n)]) < 1e-12)
    }
    #expect(spikes.count { $0 >= 0 } == 2879)
    #expect(trace.spikes == spikes)
    #expect(largestDifference(trace.voltages, run.array("voltages")) < 1e-12)
    #expect(largestDifference(network.filteredSpikes, run.array("r")) < 1e-12)
    #expect(largestDifference(network.signal, run.array("x")) < 1e-12)
  }

  @Test("a stored state goes on as if it had not been stored, also within the spike of the last step")
  func resumption() throws {
    let parameters = CodingParameters(), key = StreamKey(seed: 5)
    let start = CodingNetwork(
      parameters, InitialWeights.random.weights(neurons: 20, signals: 2, key: key))
    var whole = Learning(start, InputParameters(), plasticity: .all, key: key)
    for _ in 0..<6 { try whole.advance(limit: 6000) }
    var part = Learning(start, InputParameters(), plasticity: .all, key: key)
    for _ in 0..<3 { try part.advance(limit: 6000) }
    let restored = CodingNetwork(parameters, part.network.state)
    #expect(restored.state == part.network.state)
    var rest = Learning(
      restored, InputParameters(), plasticity: .all, key: key, steps: part.steps)
    for _ in 0..<3 { try rest.advance(limit: 6000) }
    #expect(rest.network.state == whole.network.state)
    #expect(rest.steps == 6000)
  }

  @Test("at most one neuron spikes in a step, that with the largest margin, and its reset comes in the next")
  func oneSpike() {
    struct Silence: NoiseSource {
      mutating func next() -> (voltage: SIMD8<Double>, threshold: SIMD8<Double>) { (.zero, .zero) }
    }
    var parameters = CodingParameters()
    parameters.neurons = 10
    parameters.signals = 1
    var F = Matrix(rows: 10, columns: 1), omega = Matrix(rows: 10, columns: 10)
    for neuron in 0..<10 { F[neuron, 0] = neuron == 9 ? 0.7 : neuron == 3 ? 0.6 : 0.1 }
    for neuron in 0..<10 { omega[neuron, 9] = -0.5 }
    var network = CodingNetwork(parameters, CodingWeights(feedforward: F, recurrent: omega))
    var noise = Silence(), spikes = SpikeObserver()
    // 1 in the first step puts neurons 9 and 3 above 0.5; then nothing comes in.
    network.run(
      InputSequence(signals: 1, currents: [1000, 0, 0]), noise: &noise, learning: [], observer: &spikes)
    #expect(spikes.spikes == [9, -1, -1])
    // 0.7 → 0.665 − 0.5 → 0.95 of that.
    #expect(abs(network.voltages[9] - 0.95 * 0.165) < 1e-14)
    #expect(abs(network.voltages[3] - 0.95 * 0.07) < 1e-14)
    #expect(abs(network.filteredSpikes[9] - 0.95 * 0.95 * 0.95) < 1e-14)
  }

  @Test("each plasticity changes its own weights only")
  func plasticity() {
    let parameters = CodingParameters(), key = StreamKey(seed: 2)
    let start = CodingNetwork(
      parameters, InitialWeights.lopsided.weights(neurons: 20, signals: 2, key: key))
    let input = SmoothedNoise(InputParameters(), signals: 2).sequence(key: key)
    for (plasticity, changesF, changesOmega) in [
      (Plasticity.feedforward, true, false), (.recurrent, false, true), ([], false, false),
    ] {
      var network = start, noise = DrawnNoise(key: key), none = NoObserver()
      #expect(network.run(input, noise: &noise, learning: plasticity, observer: &none) > 100)
      #expect((network.weights.feedforward != start.weights.feedforward) == changesF)
      #expect((network.weights.recurrent != start.weights.recurrent) == changesOmega)
    }
  }

  @Test("learning that grows without bound is found, and the last good weights are kept")
  func instability() throws {
    var parameters = CodingParameters()
    parameters.plasticity.recurrentRate = 2.5
    let key = StreamKey(seed: 3)
    var learning = Learning(
      CodingNetwork(parameters, InitialWeights.lopsided.weights(neurons: 20, signals: 2, key: key)),
      InputParameters(), plasticity: .all, key: key)
    var found: UnstableLearning?
    do { while true { try learning.advance(limit: 300_000) } } catch { found = error }
    #expect(found != nil)
    #expect(learning.network.largestWeight < 1e3)
    #expect(learning.steps < 300_000)
  }

  @Test("a spike in every step is unstable after 100,000 steps only; NaN is at once")
  func checks() throws {
    try UnstableLearning.check(step: 100_000, largest: 1, firesAlways: true)
    #expect(throws: UnstableLearning.self) {
      try UnstableLearning.check(step: 101_000, largest: 1, firesAlways: true)
    }
    try UnstableLearning.check(step: 101_000, largest: 1, firesAlways: false)
    #expect(throws: UnstableLearning.self) {
      try UnstableLearning.check(step: 1000, largest: .nan, firesAlways: false)
    }
  }

  @Test("impossible parameters are refused by key")
  func refusals() {
    func broken(_ change: (inout CodingParameters) -> Void) -> [String] {
      var parameters = CodingParameters(), rules = ParameterRules()
      change(&parameters)
      parameters.check(&rules)
      return rules.problems.map(\.keyPath)
    }
    #expect(broken { _ in } == [])
    #expect(broken { $0.threshold = 0 } == ["network.threshold"])
    #expect(broken { $0.timeStep = -1 } == ["network.dt_ms"])
    #expect(broken { $0.neurons = 0 } == ["network.neurons"])
    #expect(broken { $0.leakRate = 1000 } == ["network.leak_rate_Hz"])
    #expect(broken { $0.plasticity.recurrentRate = 2 } == ["network.plasticity.recurrent_rate"])
    #expect(broken { $0.plasticity.recurrentRate = 1.5 } == [])
    var plasticity = PlasticityParameters()
    #expect(plasticity.notice == nil)
    plasticity.recurrentRate = 1
    #expect(plasticity.notice != nil)
  }
}
