import CVectorPrimitives
import RandomStreams

/// The targets of every source, by delay, as one list after another, each in increasing order (a compressed sparse
/// matrix). If all delays are equal there is one list per source.
///
/// A pair connected several times appears several times.
package struct TargetLists<Index: NeuronIndex> {
  /// List l holds `targets[offsets[l] ..< offsets[l + 1]]`; source s with the d-th of n delays has list s·n + d.
  package let offsets: [Int]
  /// Lists of each source.
  private let delays: Int
  package let targets: AlignedArray<Index>

  /// Draws the wiring twice: once to count each list's targets, once to place them.
  package init(wiring: some Wiring) {
    var wiring = wiring
    let neurons = wiring.neurons
    let delays = wiring.delays.count
    var offsets = [Int](repeating: 0, count: neurons * delays + 1)
    offsets.withUnsafeMutableBufferPointer { counts in
      for target in 0..<neurons {
        wiring.forEachSynapse(of: target) { source, delay in counts[source &* delays &+ delay &+ 1] &+= 1 }
      }
    }
    for list in 0..<(neurons * delays) { offsets[list + 1] += offsets[list] }
    let targets = AlignedArray<Index>(repeating: 0, count: offsets[neurons * delays])
    var next = offsets
    next.withUnsafeMutableBufferPointer { next in
      for target in 0..<neurons {
        let id = Index(target)
        wiring.forEachSynapse(of: target) { source, delay in
          let list = source &* delays &+ delay
          targets.pointer[next[list]] = id
          next[list] &+= 1
        }
      }
    }
    self.offsets = offsets
    self.targets = targets
    self.delays = delays
  }

  /// Adds one to `counts` for every synapse of every source that has the given delay.
  @inline(__always)
  func scatter(
    _ sources: UnsafeBufferPointer<UInt32>, delay: Int = 0, into counts: UnsafeMutablePointer<UInt16>
  ) {
    offsets.withUnsafeBufferPointer { offsets in
      for (i, source) in sources.enumerated() {
        let later = Int(sources[min(i &+ 4, sources.count &- 1)]) &* delays &+ delay
        vector_prefetch(targets.pointer + offsets[later])
        vector_prefetch(targets.pointer + offsets[later] + 32)
        let list = Int(source) &* delays &+ delay
        var target = targets.pointer + offsets[list]
        let end = targets.pointer + offsets[list &+ 1]
        while target < end {
          counts[Int(truncatingIfNeeded: target.pointee)] &+= 1
          target += 1
        }
      }
    }
  }
}
