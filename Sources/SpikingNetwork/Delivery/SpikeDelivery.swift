/// How the spikes of past steps become input counts of the neurons of this step.
///
/// The wiring's representation is all in which engines differ; drive, membrane and the ring of past spikes are shared,
/// so that engines give the same spikes bit for bit.
protocol SpikeDelivery {
  /// Takes from the ring whatever spikes it needs at the beginning of `step`: those that arrive, or those of the step
  /// before.
  mutating func deliver(at step: Int, from ring: DelayRing)
  /// Writes the counts of recurrent inputs of the block's 256 neurons.
  mutating func readCounts(
    block: Int, excitatory: UnsafeMutablePointer<UInt16>, inhibitory: UnsafeMutablePointer<UInt16>)
}
