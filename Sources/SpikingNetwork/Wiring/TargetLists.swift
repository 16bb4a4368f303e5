import CVectorPrimitives
import RandomStreams

/// The targets of every source, by delay and stretch of the network, as one list after another, each in increasing order
/// (a compressed sparse matrix).
///
/// A stretch is as many neurons as have counts that fit into first-level cache, so that adding a list to them does not wait
/// for memory, and 16 bits hold a target. A pair connected several times appears several times.
package struct TargetLists {
  /// Neurons of a stretch. With a list for each of many delays, shorter stretches would make lists too short.
  private let stretch: Int
  /// Stretches of the network.
  private let stretches: Int
  /// List l holds `targets[offsets[l] ..< offsets[l + 1]]`; list (s·n + d)·m + k has the targets in the k-th of m stretches
  /// of source s with the d-th of n delays.
  private let offsets: [Int]
  /// Delays of each source.
  private let delays: Int
  /// Places of targets in their stretches.
  private let targets: AlignedArray<UInt16>

  /// Draws the wiring twice: once to count each list's targets, once to place them.
  package init(wiring: some Wiring) {
    var wiring = wiring
    let neurons = wiring.neurons
    let delays = wiring.delays.count
    let stretch = delays == 1 ? 1 << 14 : 1 << 16
    let stretches = (neurons + stretch - 1) / stretch
    let lists = neurons * delays * stretches
    var offsets = [Int](repeating: 0, count: lists + 1)
    offsets.withUnsafeMutableBufferPointer { counts in
      for target in 0..<neurons {
        let place = target / stretch
        wiring.forEachSynapse(of: target) { source, delay in
          counts[(source &* delays &+ delay) &* stretches &+ place &+ 1] &+= 1
        }
      }
    }
    for list in 0..<lists { offsets[list + 1] += offsets[list] }
    let targets = AlignedArray<UInt16>(repeating: 0, count: offsets[lists], hugePages: true)
    var next = offsets
    next.withUnsafeMutableBufferPointer { next in
      for target in 0..<neurons {
        let place = target / stretch, id = UInt16(target % stretch)
        wiring.forEachSynapse(of: target) { source, delay in
          let list = (source &* delays &+ delay) &* stretches &+ place
          targets.pointer[next[list]] = id
          next[list] &+= 1
        }
      }
    }
    self.stretch = stretch
    self.stretches = stretches
    self.offsets = offsets
    self.delays = delays
    self.targets = targets
  }

  /// The targets of a source with the given delay.
  package func targets(of source: Int, delay: Int = 0) -> [Int] {
    (0..<stretches).flatMap { place in
      let list = (source * delays + delay) * stretches + place
      return (offsets[list]..<offsets[list + 1]).map { place * stretch + Int(targets.pointer[$0]) }
    }
  }

  /// Adds one to `counts` for every synapse of every source that has the given delay.
  func scatter(
    _ sources: UnsafeBufferPointer<UInt32>, delay: Int = 0, into counts: UnsafeMutablePointer<UInt16>
  ) {
    offsets.withUnsafeBufferPointer { offsets in
      for place in 0..<stretches {
        let counts = counts + place &* stretch
        for (i, source) in sources.enumerated() {
          if i &+ Self.lookahead < sources.count {
            let later = (Int(sources[i &+ Self.lookahead]) &* delays &+ delay) &* stretches &+ place
            prefetch(offsets[later], offsets[later &+ 1])
          }
          let list = (Int(source) &* delays &+ delay) &* stretches &+ place
          add(offsets[list], offsets[list &+ 1], to: counts)
        }
      }
    }
  }

  /// Adds one for every synapse of every source, for the d-th delay to the counts that `slot` gives for d.
  ///
  /// The lists of one source lie one after the other, so that the machine foresees all but the first; the counts of all delays
  /// have room in second-level cache.
  func scatter(_ sources: UnsafeBufferPointer<UInt32>, into slot: (Int) -> UnsafeMutablePointer<UInt16>) {
    let lists = delays &* stretches
    offsets.withUnsafeBufferPointer { offsets in
      withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<UInt16>.self, capacity: lists) { counts in
        for list in 0..<lists { counts[list] = slot(list / stretches) + list % stretches &* stretch }
        for (i, source) in sources.enumerated() {
          if i &+ 1 < sources.count {
            let later = Int(sources[i &+ 1]) &* lists
            prefetch(offsets[later], offsets[later &+ lists])
          }
          let first = Int(source) &* lists
          for list in 0..<lists { add(offsets[first &+ list], offsets[first &+ list &+ 1], to: counts[list]) }
        }
      }
    }
  }

  /// Long lists are added four targets at a time, for which short ones have too many ends.
  private static var longList: Int { 100 }

  /// Adds one for each of the targets at these places.
  @inline(__always)
  private func add(_ begin: Int, _ end: Int, to counts: UnsafeMutablePointer<UInt16>) {
    var place = begin
    while end &- begin > Self.longList, place &+ 4 <= end {
      let four = UnsafeRawPointer(targets.pointer + place).loadUnaligned(as: UInt64.self)
      counts[Int(truncatingIfNeeded: four & 0xffff)] &+= 1
      counts[Int(truncatingIfNeeded: four &>> 16 & 0xffff)] &+= 1
      counts[Int(truncatingIfNeeded: four &>> 32 & 0xffff)] &+= 1
      counts[Int(truncatingIfNeeded: four &>> 48)] &+= 1
      place &+= 4
    }
    while place < end {
      counts[Int(targets.pointer[place])] &+= 1
      place &+= 1
    }
  }

  /// How many lists are asked for ahead of their use.
  private static var lookahead: Int { 4 }
  /// Cache lines of a list that are asked for; the machine foresees what follows.
  private static var prefetchedLines: Int { 6 }

  /// Asks for the beginning of a list.
  @inline(__always)
  private func prefetch(_ begin: Int, _ end: Int) {
    let perLine = 32
    for line in 0..<min((end &- begin) / perLine &+ 1, Self.prefetchedLines) {
      vector_prefetch(targets.pointer + (begin &+ line &* perLine))
    }
  }
}
