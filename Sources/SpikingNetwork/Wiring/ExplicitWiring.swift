import ParameterChecks

/// Synapses as listed by the user, sorted by target.
struct ExplicitWiring: Wiring, Sendable {
  let neurons: Int
  let delays: [Int]
  /// Synapses of target t are `synapses[offsets[t] ..< offsets[t + 1]]`.
  private let offsets: [Int]
  private let synapses: [(source: Int, delay: Int)]

  /// Notes impossible synapses, the first of each kind.
  static func check(
    _ rules: inout ParameterRules, _ list: [Synapse], of network: NetworkParameters, timeStep: Double
  ) {
    let neurons = network.neurons
    var inputs = [SIMD2<Int>](repeating: .zero, count: neurons)
    for (i, synapse) in list.enumerated() {
      for (end, neuron) in [("source", synapse.source), ("target", synapse.target)] {
        rules.require(
          (0..<neurons).contains(neuron), "network.synapses.\(end)", "names no neuron",
          got: "\(neuron) in synapse \(i)",
          expected: "0 to \(neurons - 1)")
      }
      rules.checkTime(synapse.delay, within: NetworkParameters.delayRange, timeStep, "network.synapses.delay")
      guard (0..<neurons).contains(synapse.source), (0..<neurons).contains(synapse.target) else { continue }
      inputs[synapse.target][synapse.source < network.excitatoryNeurons ? 0 : 1] += 1
    }
    for (neuron, inputs) in inputs.enumerated() {
      rules.require(
        inputs.max() <= NetworkParameters.largestInDegree, "network.synapses",
        "gives an impossible in-degree",
        got: "\(inputs.max()) inputs of one kind of neuron \(neuron)",
        expected: "at most \(NetworkParameters.largestInDegree)")
    }
  }

  /// Sorts synapses that are possible.
  init(_ list: [Synapse], in network: NetworkParameters, timeStep: Double) {
    neurons = network.neurons
    var offsets = [Int](repeating: 0, count: neurons + 1)
    for synapse in list { offsets[synapse.target + 1] += 1 }
    let steps = list.map { Int(($0.delay / timeStep).rounded()) }
    // Without synapses any delay will do.
    delays = list.isEmpty ? [1] : Set(steps).sorted()
    let index = Dictionary(uniqueKeysWithValues: delays.enumerated().map { ($1, $0) })
    for target in 0..<neurons { offsets[target + 1] += offsets[target] }
    var next = offsets
    var sorted = [(source: Int, delay: Int)](repeating: (0, 0), count: list.count)
    for (synapse, steps) in zip(list, steps) {
      sorted[next[synapse.target]] = (synapse.source, index[steps] ?? 0)
      next[synapse.target] += 1
    }
    self.offsets = offsets
    synapses = sorted
  }

  func copy() -> ExplicitWiring { self }

  func forEachSource(of target: Int, _ body: (Int) -> Void) {
    for synapse in synapses[offsets[target]..<offsets[target + 1]] { body(synapse.source) }
  }

  func forEachSynapse(of target: Int, _ body: (_ source: Int, _ delay: Int) -> Void) {
    for synapse in synapses[offsets[target]..<offsets[target + 1]] { body(synapse.source, synapse.delay) }
  }

  /// Synapses of the network.
  var count: Int { synapses.count }
}
