/// The synapses of a network, target by target.
///
/// Every representation in memory is made from this, so that all hold the same synapses.
package protocol Wiring {
  /// Neurons of the network.
  var neurons: Int { get }
  /// The delays that synapses may have, in time steps and increasing order.
  var delays: [Int] { get }

  /// A wiring with the same synapses, for use on another thread.
  func copy() -> Self
  /// Calls `body` with the source of each synapse of `target`.
  mutating func forEachSource(of target: Int, _ body: (Int) -> Void)
  /// Calls `body` with the source and the delay, as an index into ``delays``, of each synapse of `target`, in the order
  /// of ``forEachSource(of:_:)``.
  mutating func forEachSynapse(of target: Int, _ body: (_ source: Int, _ delay: Int) -> Void)
}

extension Wiring {
  /// Lines that hold all neurons.
  var lines: Int { NeuronLine.count(for: neurons) }
}
