/// How the spikes of a past step become input counts of the neurons of this step.
///
/// The wiring's representation is all in which engines differ; drive, membrane and delay are shared, so
/// that engines give the same spikes bit for bit.
protocol SpikeDelivery {
  /// Takes the spikes that arrive in this step, sources in increasing order; those that arrive in the `next`, as far as
  /// they are known, may be prepared.
  mutating func deliver(_ arriving: StepSpikes, next: StepSpikes)
  /// Writes the counts of recurrent inputs of the block's 256 neurons.
  mutating func readCounts(
    block: Int, excitatory: UnsafeMutablePointer<UInt16>, inhibitory: UnsafeMutablePointer<UInt16>)
}

/// Delivery along lists of targets: one increment per synaptic event.
struct TargetListDelivery<Index: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>: SpikeDelivery {
  private let lists: TargetLists<Index>
  private let excitatory: AlignedArray<UInt16>
  private let inhibitory: AlignedArray<UInt16>

  init(lists: TargetLists<Index>, blocks: Int) {
    self.lists = lists
    excitatory = AlignedArray(repeating: 0, count: blocks * NeuronBlock.size)
    inhibitory = AlignedArray(repeating: 0, count: blocks * NeuronBlock.size)
  }

  mutating func deliver(_ arriving: StepSpikes, next: StepSpikes) {
    lists.scatter(arriving.excitatory, into: excitatory.pointer)
    lists.scatter(arriving.inhibitory, into: inhibitory.pointer)
  }

  @inline(__always)
  mutating func readCounts(
    block: Int, excitatory outE: UnsafeMutablePointer<UInt16>, inhibitory outI: UnsafeMutablePointer<UInt16>
  ) {
    let first = block * NeuronBlock.size
    outE.update(from: excitatory.pointer + first, count: NeuronBlock.size)
    outI.update(from: inhibitory.pointer + first, count: NeuronBlock.size)
    (excitatory.pointer + first).update(repeating: 0, count: NeuronBlock.size)
    (inhibitory.pointer + first).update(repeating: 0, count: NeuronBlock.size)
  }
}
