import Numerics
import RandomStreams

/// What a network of two populations does with an input while it does not learn.
package struct BalancedTestRun: Sendable {
  /// Spikes of both populations.
  package let E, I: SpikeTrains

  /// Runs a network from rest, with the noise of tests.
  package init(_ network: BalancedNetwork, _ input: InputSequence, key: StreamKey) {
    var noise = DrawnNoise(key: key), spikes = BalancedSpikes(), copy = network.atRest
    copy.run(input, noise: &noise, learning: [], isTest: true, observer: &spikes)
    E = SpikeTrains(neurons: network.parameters.excitatory, oneAStep: spikes.E)
    I = SpikeTrains(neurons: network.parameters.inhibitory, oneAStep: spikes.I)
  }

  /// Excitatory and inhibitory currents into an excitatory neuron, filtered with λ: feed-forward ones count by their sign.
  /// Synapses without delay only.
  ///
  /// - Returns: One value for each step of `input`, which is the one of the run.
  package func currents(
    of neuron: Int, _ network: BalancedNetwork, _ weights: BalancedWeights, _ input: InputSequence
  ) -> (excitatory: [Double], inhibitory: [Double]) {
    let parameters = network.parameters, leak = 1 - parameters.leakPerStep
    var jumps = [SIMD2<Double>](repeating: .zero, count: input.steps + 1)
    func add(_ value: Double, at step: Int) { jumps[step] += value > 0 ? SIMD2(value, 0) : SIMD2(0, value) }
    for (trains, matrix) in [(E, weights.EE), (I, weights.EI)] {
      for (time, source) in zip(trains.times, trains.sources) {
        add(matrix[neuron, Int(source)], at: Int(time) + 1)
      }
    }
    for step in 0..<input.steps {
      let drive = (0..<input.signals).reduce(0.0) {
        $0 + weights.feedforward[neuron, $1] * input.currents[step * input.signals + $1]
      }
      add(drive * parameters.stepInSeconds, at: step)
    }
    var sum = SIMD2<Double>.zero
    let sums = jumps.dropLast().map { jump in
      sum = leak * sum + jump
      return sum
    }
    return (sums.map { $0[0] }, sums.map { $0[1] })
  }
}

/// The decoders of both populations.
package struct BalancedDecoders: Sendable {
  /// From excitatory and from inhibitory spikes.
  package let E, I: Decoder

  /// The decoders that are best for a piece of input of `steps`.
  package init(_ network: BalancedNetwork, _ input: any InputSource, steps: Int, key: StreamKey) {
    let testKey = key.derived(.codingTest)
    let piece = input.sequence(key: testKey.derived(.codingInput), steps: steps)
    let run = BalancedTestRun(network, piece, key: testKey.derived(.codingNoise))
    let signals = piece.filtered(network.parameters), leak = network.parameters.leakPerStep
    E = Decoder(run.E, signals: signals, leakPerStep: leak)
    I = Decoder(run.I, signals: signals, leakPerStep: leak)
  }
}
