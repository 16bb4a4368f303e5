import RandomStreams

/// The time step: deliver → drive → membrane → spikes, block by block.
struct Engine<Delivery: SpikeDelivery, Neurons: NeuronProperties> {
  private var delivery: Delivery
  private let drive: PoissonDrive
  private let membrane: MembraneState<Neurons>
  private var ring: DelayRing
  private let blocks: Int

  init(constants: NetworkConstants, delivery: Delivery, neurons: Neurons, key: StreamKey) {
    self.delivery = delivery
    blocks = constants.blocks
    drive = PoissonDrive(table: constants.drive, blocks: blocks, key: key)
    membrane = MembraneState(neurons: neurons, constants: constants, key: key)
    ring = DelayRing(
      delaySteps: constants.uniformDelay ?? 1, neurons: blocks * NeuronBlock.size,
      excitatoryNeurons: constants.excitatory)
  }

  /// Runs the time steps of a range; step k takes the network from k·dt to (k + 1)·dt.
  mutating func run(_ steps: Range<Int>, recorder: inout SpikeRecorder) {
    let excitatory = AlignedArray<UInt16>(repeating: 0, count: NeuronBlock.size)
    let inhibitory = AlignedArray<UInt16>(repeating: 0, count: NeuronBlock.size)
    for step in steps {
      delivery.deliver(at: step, from: ring)
      let spikes = ring.storage(for: step)
      var count = 0
      for block in 0..<blocks {
        delivery.readCounts(block: block, excitatory: excitatory.pointer, inhibitory: inhibitory.pointer)
        drive.add(step: step, block: block, to: excitatory.pointer)
        count += membrane.advance(
          block: block, excitatory: excitatory.pointer, inhibitory: inhibitory.pointer, spikes: spikes + count
        )
      }
      recorder.record(step: step, spikes: ring.commit(step: step, count: count))
    }
  }
}
