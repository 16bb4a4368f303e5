import CVectorPrimitives

/// Delivery by adding bit rows: the spikes of a step for 256 targets at a time, sums kept in registers.
///
/// Up to 252 rows, 36 times seven, are added into eight bit planes. In synchronous states a step has more:
/// all full groups of 252 go straight to the counts, the rest waits until its block is read.
struct BitMatrixDelivery: SpikeDelivery {
  private typealias Word = BitPlanes.Word
  private typealias Counts = SIMD16<UInt16>
  private static let groupSize = 252

  private let matrix: BitMatrix
  private let blocks: Int
  private let excitatory: Population
  private let inhibitory: Population

  /// What arrives from one population.
  private final class Population {
    /// Where the rows of the last, incomplete group begin, filled up with the empty row to a multiple of seven.
    let rows = AlignedArray<UnsafePointer<Word>?>(repeating: nil, count: groupSize)
    var rowCount = 0
    /// Counts from complete groups, and from second and further synapses between pairs.
    let counts: AlignedArray<UInt16>

    init(blocks: Int) { counts = AlignedArray(repeating: 0, count: blocks * NeuronBlock.size) }
  }

  init(matrix: BitMatrix, constants: NetworkConstants) {
    self.matrix = matrix
    blocks = constants.blocks
    excitatory = Population(blocks: blocks)
    inhibitory = Population(blocks: blocks)
  }

  mutating func deliver(_ arriving: StepSpikes) {
    deliver(arriving.excitatory, into: excitatory)
    deliver(arriving.inhibitory, into: inhibitory)
  }

  private func deliver(_ sources: UnsafeBufferPointer<UInt32>, into population: Population) {
    matrix.extras.scatter(sources, into: population.counts.pointer)
    var first = 0
    while sources.count - first >= Self.groupSize {
      gather(sources, from: first, into: population)
      for block in 0..<blocks {
        Self.addRows(of: population, block: block, to: population.counts.pointer + block * NeuronBlock.size)
      }
      first += Self.groupSize
    }
    gather(sources, from: first, into: population)
  }

  /// Takes the rows of at most one group of sources.
  private func gather(_ sources: UnsafeBufferPointer<UInt32>, from first: Int, into population: Population) {
    let base = UnsafePointer(matrix.rows.pointer)
    let rows = population.rows.pointer
    let count = min(sources.count - first, Self.groupSize)
    for i in 0..<count {
      let row = base + Int(sources[first + i]) &* matrix.rowStride
      vector_prefetch(row)
      rows[i] = row
    }
    population.rowCount = (count + 6) / 7 * 7
    for i in count..<population.rowCount { rows[i] = base + matrix.emptyRow * matrix.rowStride }
  }

  @inline(__always)
  mutating func readCounts(
    block: Int, excitatory outE: UnsafeMutablePointer<UInt16>, inhibitory outI: UnsafeMutablePointer<UInt16>
  ) {
    Self.take(excitatory, block: block, into: outE)
    Self.take(inhibitory, block: block, into: outI)
  }

  @inline(__always)
  private static func take(_ population: Population, block: Int, into out: UnsafeMutablePointer<UInt16>) {
    let counts = population.counts.pointer + block * NeuronBlock.size
    out.update(from: counts, count: NeuronBlock.size)
    counts.update(repeating: 0, count: NeuronBlock.size)
    if population.rowCount > 0 { addRows(of: population, block: block, to: out) }
  }

  /// Adds the population's gathered rows to the 256 `counts` of the block.
  @inline(never)
  private static func addRows(of population: Population, block: Int, to counts: UnsafeMutablePointer<UInt16>)
  {
    let count = population.rowCount
    population.rows.pointer.withMemoryRebound(to: UnsafePointer<Word>.self, capacity: count) { rows in
      if block & 1 == 0 {
        // Rows are scattered over memory; a cache line holds two blocks. Fetch the next while adding this.
        for i in 0..<count { vector_prefetch(rows[i] + block + 2) }
      }
      var p0 = Word(), p1 = Word(), p2 = Word(), p3 = Word(), p4 = Word(), p5 = Word(), p6 = Word(),
        p7 = Word()
      var i = 0
      while i < count {
        let (ones, twos, fours) = BitPlanes.sum(
          rows[i][block], rows[i &+ 1][block], rows[i &+ 2][block], rows[i &+ 3][block], rows[i &+ 4][block],
          rows[i &+ 5][block], rows[i &+ 6][block])
        i &+= 7
        var carry = p0 & ones
        p0 ^= ones
        (p1, carry) = BitPlanes.add(p1, twos, carry)
        (p2, carry) = BitPlanes.add(p2, fours, carry)
        BitPlanes.increment(&p3, &carry)
        BitPlanes.increment(&p4, &carry)
        BitPlanes.increment(&p5, &carry)
        BitPlanes.increment(&p6, &carry)
        BitPlanes.increment(&p7, &carry)
      }
      BitPlanes.transpose(&p0, &p1, &p2, &p3, &p4, &p5, &p6, &p7)
      let out = UnsafeMutableRawPointer(counts).assumingMemoryBound(to: Counts.self)
      add(p0, to: out)
      add(p1, to: out + 2)
      add(p2, to: out + 4)
      add(p3, to: out + 6)
      add(p4, to: out + 8)
      add(p5, to: out + 10)
      add(p6, to: out + 12)
      add(p7, to: out + 14)
    }
  }

  /// Adds the even bytes of `word` to the first, the odd ones to the second vector (``BitPosition``).
  @inline(__always)
  private static func add(_ word: Word, to out: UnsafeMutablePointer<Counts>) {
    let bytes = unsafeBitCast(word, to: Counts.self)
    out[0] &+= bytes & Counts(repeating: 255)
    out[1] &+= bytes &>> Counts(repeating: 8)
  }
}
