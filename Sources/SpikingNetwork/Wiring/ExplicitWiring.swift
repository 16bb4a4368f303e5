/// Synapses as listed by the user, sorted by target.
struct ExplicitWiring: Wiring, Sendable {
  /// The most inputs of one kind that a neuron may have: counts of a step, drive included, fit into 16 bits.
  static let largestInDegree = (1 << 15) - 1

  let neurons: Int
  let delays: [Int]
  /// Synapses of target t are `synapses[offsets[t] ..< offsets[t + 1]]`.
  private let offsets: [Int]
  private let synapses: [(source: Int, delay: Int)]

  /// Sorts the synapses; throws ``NetworkError`` for the first one that is impossible.
  init(_ list: [Synapse], in network: NetworkParameters) throws {
    neurons = network.neurons
    var steps: [Int] = []
    var offsets = [Int](repeating: 0, count: neurons + 1)
    var inputs = [SIMD2<Int>](repeating: .zero, count: neurons)
    for (i, synapse) in list.enumerated() {
      for (end, neuron) in [("source", synapse.source), ("target", synapse.target)] {
        try NetworkError.require(
          neuron >= 0 && neuron < neurons, "\(end) of synapse \(i)", Double(neuron), "0 to \(neurons - 1)")
      }
      steps.append(try network.delaySteps("delay of synapse \(i)", synapse.delay))
      offsets[synapse.target + 1] += 1
      inputs[synapse.target][synapse.source < network.excitatoryNeurons ? 0 : 1] += 1
    }
    for (neuron, inputs) in inputs.enumerated() {
      try NetworkError.require(
        inputs.max() <= Self.largestInDegree, "inputs of one kind of neuron \(neuron)", Double(inputs.max()),
        "at most \(Self.largestInDegree)")
    }
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
