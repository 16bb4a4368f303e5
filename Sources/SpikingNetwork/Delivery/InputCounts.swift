/// Counts of the recurrent inputs of every neuron, for one or for several time steps.
struct InputCounts {
  private let padded: Int
  private let excitatoryCounts: AlignedArray<UInt16>
  private let inhibitoryCounts: AlignedArray<UInt16>

  /// No inputs yet in any of the `slots` steps.
  init(blocks: Int, slots: Int = 1) {
    padded = blocks * NeuronBlock.size
    excitatoryCounts = AlignedArray(repeating: 0, count: slots * padded)
    inhibitoryCounts = AlignedArray(repeating: 0, count: slots * padded)
  }

  /// Counts of excitatory inputs by neuron.
  @inline(__always)
  func excitatory(slot: Int = 0) -> UnsafeMutablePointer<UInt16> { excitatoryCounts.pointer + slot * padded }

  /// Counts of inhibitory inputs by neuron.
  @inline(__always)
  func inhibitory(slot: Int = 0) -> UnsafeMutablePointer<UInt16> { inhibitoryCounts.pointer + slot * padded }

  /// Copies the block's counts and sets them to zero.
  @inline(__always)
  func take(
    block: Int, slot: Int = 0, excitatory outE: UnsafeMutablePointer<UInt16>,
    inhibitory outI: UnsafeMutablePointer<UInt16>
  ) {
    let size = NeuronBlock.size
    let nE = excitatory(slot: slot) + block * size, nI = inhibitory(slot: slot) + block * size
    outE.update(from: nE, count: size)
    outI.update(from: nI, count: size)
    nE.update(repeating: 0, count: size)
    nI.update(repeating: 0, count: size)
  }
}
