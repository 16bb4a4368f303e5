/// How the spikes of past steps become inputs of this step.
///
/// The wiring's representation is all in which engines differ; drive, membrane and the ring of past spikes are shared,
/// so that engines give the same spikes bit for bit.
protocol SpikeDelivery {
  /// Takes from the ring whatever spikes it needs at the beginning of `step`: those that arrive, or those of the step
  /// before. What it returns is valid until the next call.
  mutating func inputs(at step: Int, from ring: DelayRing) -> NetworkInputs
}
