/// Delivery along lists of targets: one increment per synaptic event.
struct TargetListDelivery<Index: NeuronIndex>: SpikeDelivery {
  private let lists: TargetLists<Index>
  private let counts: InputCounts

  init(lists: TargetLists<Index>, blocks: Int) {
    self.lists = lists
    counts = InputCounts(blocks: blocks)
  }

  mutating func deliver(at step: Int, from ring: DelayRing) {
    let arriving = ring.arriving(at: step)
    lists.scatter(arriving.excitatory, into: counts.excitatory())
    lists.scatter(arriving.inhibitory, into: counts.inhibitory())
  }

  @inline(__always)
  mutating func readCounts(
    block: Int, excitatory: UnsafeMutablePointer<UInt16>, inhibitory: UnsafeMutablePointer<UInt16>
  ) {
    counts.take(block: block, excitatory: excitatory, inhibitory: inhibitory)
  }
}
