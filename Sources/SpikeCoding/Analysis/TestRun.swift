import RandomStreams

/// What a network does with an input while it does not learn.
package struct TestRun: StepObserver, Sendable {
  /// The neuron that spiked, −1 if none did, [step].
  private var spikes: [Int32] = []
  private var sums, squares: [Double]
  private let traced: [Int]
  /// Voltages of some neurons before the effect of a spike, [step] each.
  package private(set) var voltages: [[Double]]

  private init(neurons: Int, traced: [Int]) {
    sums = [Double](repeating: 0, count: neurons)
    squares = sums
    self.traced = traced
    voltages = traced.map { _ in [] }
  }

  /// Runs a network from rest.
  ///
  /// - Parameters:
  ///   - traced: Neurons whose voltages are kept.
  package init(_ network: CodingNetwork, _ input: InputSequence, key: StreamKey, traced: [Int] = []) {
    self.init(neurons: network.parameters.neurons, traced: traced)
    spikes.reserveCapacity(input.steps)
    var noise = DrawnNoise(key: key)
    var copy = network.atRest
    copy.run(input, noise: &noise, learning: [], observer: &self)
  }

  package mutating func observe(_ step: NetworkStep) {
    spikes.append(Int32(step.spike))
    for neuron in sums.indices {
      let v = step.voltages[neuron]
      sums[neuron] += v
      squares[neuron] += v * v
    }
    for (index, neuron) in traced.enumerated() { voltages[index].append(step.voltages[neuron]) }
  }

  /// All spikes.
  package var trains: SpikeTrains { SpikeTrains(neurons: sums.count, oneAStep: spikes) }

  /// Variance over time of the voltage, averaged over neurons.
  package var voltageVariance: Double {
    let steps = Double(spikes.count)
    return zip(sums, squares).reduce(0) { sum, moments in
      sum + moments.1 / steps - (moments.0 / steps) * (moments.0 / steps)
    } / Double(sums.count)
  }
}
