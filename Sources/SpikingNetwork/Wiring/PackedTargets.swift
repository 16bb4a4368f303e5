import CVectorPrimitives

/// Short lists of targets, one per source, each filled up to whole groups of sixteen.
///
/// Groups have a fixed length and start on half a cache line, so that adding a list takes a loop without a branch
/// per target and few cache lines. Fill stands for a neuron behind the last, whose count nobody reads.
package struct PackedTargets<Index: NeuronIndex> {
  private typealias Word = UInt64
  private static var groupSize: Int { 16 }
  /// 64-bit words of a group.
  private static var groupWords: Int { groupSize * Index.bitWidth / 64 }
  /// How many lists are asked for ahead of their use.
  private static var lookahead: Int { 16 }

  /// List s holds the groups `offsets[s] ..< offsets[s + 1]`.
  private let offsets: AlignedArray<UInt32>
  private let words: AlignedArray<Word>
  /// The index that stands for no target.
  private let fill: Index

  /// Lists of the given pairs, in any order; targets are below `fill`.
  init(pairs: [[(source: UInt32, target: UInt32)]], sources: Int, fill: Int) {
    self.fill = Index(fill)
    var lengths = [Int](repeating: 0, count: sources)
    for part in pairs { for pair in part { lengths[Int(pair.source)] += 1 } }
    offsets = AlignedArray(repeating: 0, count: sources + 1)
    for (source, length) in lengths.enumerated() {
      let groups = (length + Self.groupSize - 1) / Self.groupSize
      offsets.pointer[source + 1] = offsets.pointer[source] + UInt32(groups)
    }
    let groups = Int(offsets.pointer[sources])
    words = AlignedArray(repeating: 0, count: groups * Self.groupWords, hugePages: true)
    let targets = UnsafeMutableRawPointer(words.pointer).assumingMemoryBound(to: Index.self)
    targets.update(repeating: self.fill, count: groups * Self.groupSize)
    var next = (0..<sources).map { Int(offsets.pointer[$0]) * Self.groupSize }
    for part in pairs {
      for pair in part {
        targets[next[Int(pair.source)]] = Index(pair.target)
        next[Int(pair.source)] += 1
      }
    }
  }

  /// The targets of a source in the order given.
  package subscript(source: Int) -> [Int] {
    let targets = UnsafeRawPointer(words.pointer).assumingMemoryBound(to: Index.self)
    let range = Int(offsets.pointer[source])..<Int(offsets.pointer[source + 1])
    return (range.lowerBound * Self.groupSize..<range.upperBound * Self.groupSize)
      .map { targets[$0] }.filter { $0 != fill }.map(Int.init)
  }

  /// The cache lines of a source's list; most lists fill less than three.
  @inline(__always)
  func list(of source: Int) -> UnsafePointer<UInt8> {
    UnsafeRawPointer(words.pointer + Int(offsets.pointer[source]) &* Self.groupWords)
      .assumingMemoryBound(to: UInt8.self)
  }

  /// Adds one to `counts` for every target of every source; `counts[fill]` must exist and becomes undefined.
  func scatter(_ sources: UnsafeBufferPointer<UInt32>, into counts: UnsafeMutablePointer<UInt16>) {
    forEachTarget(of: sources) { counts[$0] &+= 1 }
  }

  /// The same in the upper or lower byte of each count.
  func scatter(
    _ sources: UnsafeBufferPointer<UInt32>, intoBytes counts: UnsafeMutablePointer<UInt16>, upper: Bool
  ) {
    let bytes = UnsafeMutableRawPointer(counts).assumingMemoryBound(to: UInt8.self) + (upper ? 1 : 0)
    forEachTarget(of: sources) { bytes[2 &* $0] &+= 1 }
  }

  /// Calls `body` with every target of every source, fill included.
  @inline(__always)
  private func forEachTarget(of sources: UnsafeBufferPointer<UInt32>, _ body: (Int) -> Void) {
    let offsets = offsets.pointer
    for i in 0..<sources.count {
      if i &+ Self.lookahead < sources.count { prefetch(sources[i &+ Self.lookahead]) }
      let source = Int(sources[i])
      var group = UnsafePointer(words.pointer) + Int(offsets[source]) &* Self.groupWords
      let end = UnsafePointer(words.pointer) + Int(offsets[source &+ 1]) &* Self.groupWords
      while group < end {
        for word in 0..<Self.groupWords {
          for shift in stride(from: 0, to: Word.bitWidth, by: Index.bitWidth) {
            body(Int(Index(truncatingIfNeeded: group[word] &>> Word(shift))))
          }
        }
        group += Self.groupWords
      }
    }
  }

  /// Asks for what most lists fill.
  @inline(__always)
  private func prefetch(_ source: UInt32) {
    let list = list(of: Int(source))
    vector_prefetch(list)
    vector_prefetch(list + 64)
    vector_prefetch(list + 128)
  }
}
