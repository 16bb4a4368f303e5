/// Counts of the recurrent inputs of every neuron, for one or for several time steps.
struct InputCounts {
  private let padded: Int
  private let excitatoryCounts: AlignedArray<UInt16>
  private let inhibitoryCounts: AlignedArray<UInt16>

  /// No inputs yet in any of the `slots` steps.
  init(lines: Int, slots: Int = 1) {
    padded = lines * NeuronLine.size
    // One more for the fill of PackedTargets.
    excitatoryCounts = AlignedArray(repeating: 0, count: slots * padded + 1)
    inhibitoryCounts = AlignedArray(repeating: 0, count: slots * padded + 1)
  }

  /// Counts of excitatory inputs by neuron.
  @inline(__always)
  func excitatory(slot: Int = 0) -> UnsafeMutablePointer<UInt16> { excitatoryCounts.pointer + slot * padded }

  /// Counts of inhibitory inputs by neuron.
  @inline(__always)
  func inhibitory(slot: Int = 0) -> UnsafeMutablePointer<UInt16> { inhibitoryCounts.pointer + slot * padded }

  /// The counts of a slot as inputs of a step, which sets them to zero.
  func inputs(slot: Int = 0) -> NetworkInputs {
    NetworkInputs(excitatory: excitatory(slot: slot), inhibitory: inhibitory(slot: slot))
  }
}
