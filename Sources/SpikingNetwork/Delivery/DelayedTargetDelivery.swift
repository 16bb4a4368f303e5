/// Delivery for delays that differ between synapses: a ring of counts, one slot for each step until the longest delay
/// has passed.
///
/// A spike of step k adds to the slots of steps k + d at the beginning of step k + 1.
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
      lists.scatter(fired.excitatory) { counts.excitatory(slot: (step - 1 + delays[$0]) % slots) }
      lists.scatter(fired.inhibitory) { counts.inhibitory(slot: (step - 1 + delays[$0]) % slots) }
    }
    return counts.inputs(slot: step % slots)
  }
}
