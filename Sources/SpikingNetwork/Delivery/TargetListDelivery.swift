/// Delivery along lists of targets: one increment per synaptic event.
struct TargetListDelivery: SpikeDelivery {
  private let lists: TargetLists
  private let counts: InputCounts

  init(lists: TargetLists, lines: Int) {
    self.lists = lists
    counts = InputCounts(lines: lines)
  }

  mutating func inputs(at step: Int, from ring: DelayRing) -> NetworkInputs {
    let arriving = ring.arriving(at: step)
    lists.scatter(arriving.excitatory, into: counts.excitatory())
    lists.scatter(arriving.inhibitory, into: counts.inhibitory())
    return counts.inputs()
  }
}
