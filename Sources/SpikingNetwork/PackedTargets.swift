import CVectorPrimitives

/// Short lists of targets, one per source, each filled up to whole groups of sixteen.
///
/// Groups have a fixed length and start on half a cache line, so that adding a list takes a loop without a branch
/// per target and few cache lines. Fill stands for a neuron behind the last, whose count nobody reads.
package struct PackedTargets {
  private typealias Group = SIMD4<UInt64>
  private static let groupSize = 16
  /// How many lists are asked for ahead of their use.
  private static let lookahead = 16

  /// List s holds the groups `offsets[s] ..< offsets[s + 1]`.
  private let offsets: AlignedArray<UInt32>
  private let groups: AlignedArray<Group>
  /// The index that stands for no target.
  private let fill: UInt16

  /// Lists of the given pairs; targets are below `fill`.
  init(pairs: [(source: UInt32, target: UInt32)], sources: Int, fill: Int) {
    self.fill = UInt16(fill)
    var lengths = [Int](repeating: 0, count: sources)
    for pair in pairs { lengths[Int(pair.source)] += 1 }
    offsets = AlignedArray(repeating: 0, count: sources + 1)
    for (source, length) in lengths.enumerated() {
      let groups = (length + Self.groupSize - 1) / Self.groupSize
      offsets.pointer[source + 1] = offsets.pointer[source] + UInt32(groups)
    }
    groups = AlignedArray(repeating: .zero, count: Int(offsets.pointer[sources]), hugePages: true)
    let targets = UnsafeMutableRawPointer(groups.pointer).assumingMemoryBound(to: UInt16.self)
    targets.update(repeating: self.fill, count: groups.count * Self.groupSize)
    var next = (0..<sources).map { Int(offsets.pointer[$0]) * Self.groupSize }
    for pair in pairs {
      targets[next[Int(pair.source)]] = UInt16(pair.target)
      next[Int(pair.source)] += 1
    }
  }

  /// The targets of a source in the order given.
  package subscript(source: Int) -> [Int] {
    let targets = UnsafeRawPointer(groups.pointer).assumingMemoryBound(to: UInt16.self)
    let range = Int(offsets.pointer[source])..<Int(offsets.pointer[source + 1])
    return (range.lowerBound * Self.groupSize..<range.upperBound * Self.groupSize)
      .map { targets[$0] }.filter { $0 != fill }.map(Int.init)
  }

  /// Asks for the first lists of `sources`, which are to be scattered soon, from memory.
  @inline(__always)
  func prefetch(first sources: UnsafeBufferPointer<UInt32>) {
    for i in 0..<min(sources.count, Self.lookahead) { prefetch(sources[i]) }
  }

  /// Asks for what most lists fill.
  @inline(__always)
  private func prefetch(_ source: UInt32) {
    let list = groups.pointer + Int(offsets.pointer[Int(source)])
    vector_prefetch(list)
    vector_prefetch(list + 2)
    vector_prefetch(list + 4)
  }

  /// Adds one to `counts` for every target of every source; `counts[fill]` must exist and becomes undefined.
  @inline(__always)
  func scatter(_ sources: UnsafeBufferPointer<UInt32>, into counts: UnsafeMutablePointer<UInt16>) {
    let offsets = offsets.pointer
    let groups = UnsafePointer(groups.pointer)
    for i in 0..<sources.count {
      if i &+ Self.lookahead < sources.count { prefetch(sources[i &+ Self.lookahead]) }
      let source = Int(sources[i])
      var group = groups + Int(offsets[source])
      let end = groups + Int(offsets[source &+ 1])
      while group < end {
        Self.increment(group.pointee, counts)
        group += 1
      }
    }
  }

  @inline(__always)
  private static func increment(_ group: Group, _ counts: UnsafeMutablePointer<UInt16>) {
    for lane in 0..<4 {
      let four = group[lane]
      counts[Int(truncatingIfNeeded: four & 0xffff)] &+= 1
      counts[Int(truncatingIfNeeded: four &>> 16 & 0xffff)] &+= 1
      counts[Int(truncatingIfNeeded: four &>> 32 & 0xffff)] &+= 1
      counts[Int(truncatingIfNeeded: four &>> 48)] &+= 1
    }
  }
}
