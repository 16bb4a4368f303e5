/// Delivery for delays that differ between synapses: a ring of counts, one slot for each step until the longest delay
/// has passed.
///
/// A spike of step k adds to the slots of steps k + d at the beginning of step k + 1. Lists are added delay by delay, so
/// that the counts of one slot stay in cache.
struct DelayedTargetDelivery: SpikeDelivery {
  private let lists: TargetLists
  private let delays: [Int]
  private let slots: Int
  private let counts: InputCounts

  init(lists: TargetLists, delays: [Int], lines: Int) {
    self.lists = lists
    self.delays = delays
    slots = delays.last ?? 1
    counts = InputCounts(lines: lines, slots: slots)
  }

  mutating func inputs(at step: Int, from ring: DelayRing) -> NetworkInputs {
    let fired = ring.fired(before: step)
    if fired.count > 0 {
      for (index, delay) in delays.enumerated() {
        let slot = (step - 1 + delay) % slots
        lists.scatter(fired.excitatory, delay: index, into: counts.excitatory(slot: slot))
        lists.scatter(fired.inhibitory, delay: index, into: counts.inhibitory(slot: slot))
      }
    }
    return counts.inputs(slot: step % slots)
  }
}
