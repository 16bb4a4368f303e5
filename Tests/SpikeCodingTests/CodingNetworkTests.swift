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

@Suite("Learning of correlated signals and of thresholds") struct AdaptationTests {
  @Test("second moments are the running average of products of signals, and correlated as those are")
  func covariance() throws {
    var parameters = CodingParameters(), input = InputParameters()
    parameters.neurons = 5
    parameters.feedforwardRule = .covariance
    input.correlation = 0.6
    let key = StreamKey(seed: 9)
    var learning = Learning(
      CodingNetwork(parameters, InitialWeights.random.weights(neurons: 5, signals: 2, key: key)), input,
      plasticity: .all, key: key)
    while learning.steps < 100_000 { try learning.advance(limit: 100_000) }
    let source = SmoothedNoise(input, signals: 2)
    let currents = (0..<100).flatMap { source.sequence(key: key.derived(.codingInput, $0)).currents }
    let x = InputSequence(signals: 2, currents: currents).filtered(parameters)
    var expected = [1.0, 0, 0, 1]
    for step in 0..<100_000 {
      for i in 0..<2 {
        for j in 0..<2 {
          expected[2 * i + j] += 1e-4 * (x[2 * step + i] * x[2 * step + j] - expected[2 * i + j])
        }
      }
    }
    let c = learning.network.covariance
    #expect(largestDifference(c, expected) < 1e-9)
    // 20 s hold some 400 independent signals: 0.03.
    #expect(abs(c[1] / (c[0] * c[3]).squareRoot() - 0.6) < 0.12)
  }

  @Test("with the covariance rule a weight changes by ε_F (α x − C F / σ²)")
  func rule() {
    var parameters = CodingParameters()
    (parameters.neurons, parameters.feedforwardRule) = (1, .covariance)
    parameters.covarianceTime = 1e12
    let weights = CodingWeights(
      feedforward: Matrix(rows: 1, columns: 2, [0.8, 0.3]), recurrent: Matrix(rows: 1, columns: 1, [-0.5]))
    var network = CodingNetwork(parameters, weights), state = network.state
    state.covariance = [3, 1, 1, 5]
    network = CodingNetwork(parameters, state)
    var noise = NoNoise(), none = NoObserver()
    // x = (1, 0.5) after one step, V = 0.95.
    network.run(
      InputSequence(signals: 2, currents: [1000, 500]), noise: &noise, learning: .feedforward, observer: &none
    )
    let F = network.weights.feedforward
    #expect(abs(F[0, 0] - (0.8 + 1e-4 * (0.18 - (3 * 0.8 + 0.3) / 4))) < 1e-12)
    #expect(abs(F[0, 1] - (0.3 + 1e-4 * (0.09 - (0.8 + 5 * 0.3) / 4))) < 1e-12)
  }

  @Test("thresholds keep the rate of each neuron")
  func homeostasis() throws {
    var parameters = CodingParameters()
    parameters.targetRate = 10
    parameters.thresholdRate = 2e-3
    let key = StreamKey(seed: 10)
    var learning = Learning(
      CodingNetwork(parameters, InitialWeights.random.weights(neurons: 20, signals: 2, key: key)),
      InputParameters(), plasticity: .all, key: key)
    while learning.steps < 500_000 { try learning.advance(limit: 500_000) }
    var spikes = SpikeObserver(), noise = DrawnNoise(key: key), network = learning.network
    for index in 0..<100 {
      let piece = SmoothedNoise(InputParameters(), signals: 2).sequence(
        key: key.derived(.codingTest, UInt64(index)))
      network.run(piece, noise: &noise, learning: .all, observer: &spikes)
    }
    let counts = SpikeTrains(neurons: 20, oneAStep: spikes.spikes).counts()
    #expect(counts.allSatisfy { abs(Double($0) / 100 - 10) < 1.5 })
  }
}
