import RandomStreams

/// The time step: deliver → drive → membrane → spikes.
struct Engine<Delivery: SpikeDelivery> {
  private var delivery: Delivery
  private let network: NetworkStep
  private var ring: DelayRing

  init(constants: NetworkConstants, delivery: Delivery, key: StreamKey, instructions: InstructionSet) {
    self.delivery = delivery
    network = NetworkStep(constants, key: key, instructions: instructions)
    ring = DelayRing(
      delaySteps: constants.uniformDelay ?? 1, neurons: constants.lines * NeuronLine.size,
      excitatoryNeurons: constants.excitatory)
  }

  /// Runs the time steps of a range; step k takes the network from k·dt to (k + 1)·dt.
  mutating func run(_ steps: Range<Int>, recorder: inout SpikeRecorder) {
    for step in steps {
      let inputs = delivery.inputs(at: step, from: ring)
      let count = network.advance(step: step, inputs, spikes: ring.storage(for: step))
      recorder.record(step: step, spikes: ring.commit(step: step, count: count))
    }
  }
}
