import CVectorPrimitives
import RandomStreams

/// The targets of every source as one list after another, in increasing order (a compressed sparse matrix).
///
/// A pair connected several times appears several times.
package struct TargetLists<Index: FixedWidthInteger & UnsignedInteger & BitwiseCopyable> {
  /// Targets of source s are `targets[offsets[s] ..< offsets[s + 1]]`.
  package let offsets: [Int]
  package let targets: AlignedArray<Index>

  /// Draws the wiring twice: once to count each source's targets, once to place them.
  package init(wiring: FixedInDegreeWiring) {
    var wiring = wiring
    let neurons = wiring.constants.neurons
    var offsets = [Int](repeating: 0, count: neurons + 1)
    offsets.withUnsafeMutableBufferPointer { counts in
      for target in 0..<neurons { wiring.forEachSource(of: target) { counts[$0 &+ 1] &+= 1 } }
    }
    for source in 0..<neurons { offsets[source + 1] += offsets[source] }
    let targets = AlignedArray<Index>(repeating: 0, count: offsets[neurons])
    var next = offsets
    next.withUnsafeMutableBufferPointer { next in
      for target in 0..<neurons {
        let id = Index(target)
        wiring.forEachSource(of: target) { source in
          targets.pointer[next[source]] = id
          next[source] &+= 1
        }
      }
    }
    self.offsets = offsets
    self.targets = targets
  }

  /// Lists of given pairs, in the order given.
  init(pairs: [(source: UInt32, target: UInt32)], sources: Int) {
    var offsets = [Int](repeating: 0, count: sources + 1)
    for pair in pairs { offsets[Int(pair.source) + 1] += 1 }
    for source in 0..<sources { offsets[source + 1] += offsets[source] }
    targets = AlignedArray<Index>(repeating: 0, count: pairs.count, hugePages: true)
    var next = offsets
    for pair in pairs {
      targets.pointer[next[Int(pair.source)]] = Index(pair.target)
      next[Int(pair.source)] += 1
    }
    self.offsets = offsets
  }

  /// Adds one to `counts` for every synapse of every source.
  @inline(__always)
  func scatter(_ sources: UnsafeBufferPointer<UInt32>, into counts: UnsafeMutablePointer<UInt16>) {
    offsets.withUnsafeBufferPointer { offsets in
      for (i, source) in sources.enumerated() {
        let later = Int(sources[min(i &+ 4, sources.count &- 1)])
        vector_prefetch(targets.pointer + offsets[later])
        vector_prefetch(targets.pointer + offsets[later] + 32)
        var target = targets.pointer + offsets[Int(source)]
        let end = targets.pointer + offsets[Int(source) &+ 1]
        while target < end {
          counts[Int(truncatingIfNeeded: target.pointee)] &+= 1
          target += 1
        }
      }
    }
  }
}
