/// Delivery by adding bit rows: all spikes of a step for 256 targets at a time, sums kept in registers.
struct BitMatrixDelivery: SpikeDelivery {
  private typealias Word = BitPlanes.Word
  private let matrix: BitMatrix
  private let excitatory: Population
  private let inhibitory: Population

  /// The arriving spikes of one population, and the counts of second and further synapses.
  private final class Population {
    /// First words of the arriving rows, filled up with the empty row to a multiple of seven.
    let rows: AlignedArray<UnsafePointer<Word>>
    var count = 0
    let extras: AlignedArray<UInt16>

    init(sources: Int, blocks: Int, empty: UnsafePointer<Word>) {
      rows = AlignedArray(repeating: empty, count: sources + 7)
      extras = AlignedArray(repeating: 0, count: blocks * NeuronBlock.size)
    }
  }

  init(matrix: BitMatrix, constants: NetworkConstants) {
    self.matrix = matrix
    let empty = UnsafePointer(matrix.rows.pointer + matrix.emptyRow * matrix.rowStride)
    excitatory = Population(sources: constants.excitatory, blocks: constants.blocks, empty: empty)
    inhibitory = Population(sources: constants.inhibitory, blocks: constants.blocks, empty: empty)
  }

  mutating func deliver(_ arriving: StepSpikes) {
    gather(arriving.excitatory, into: excitatory)
    gather(arriving.inhibitory, into: inhibitory)
  }

  private func gather(_ sources: UnsafeBufferPointer<UInt32>, into population: Population) {
    let base = UnsafePointer(matrix.rows.pointer)
    let rows = population.rows.pointer
    for (i, source) in sources.enumerated() { rows[i] = base + Int(source) &* matrix.rowStride }
    population.count = sources.count
    let empty = base + matrix.emptyRow * matrix.rowStride
    for i in 0..<6 { rows[sources.count + i] = empty }
    matrix.extras.scatter(sources, into: population.extras.pointer)
  }

  @inline(__always)
  mutating func readCounts(
    block: Int, excitatory outE: UnsafeMutablePointer<UInt16>, inhibitory outI: UnsafeMutablePointer<UInt16>
  ) {
    Self.readCounts(block: block, of: excitatory, into: outE)
    Self.readCounts(block: block, of: inhibitory, into: outI)
  }

  @inline(never)
  private static func readCounts(block: Int, of population: Population, into counts: UnsafeMutablePointer<UInt16>) {
    let out = UnsafeMutableRawPointer(counts).assumingMemoryBound(to: SIMD16<UInt16>.self)
    let extras = UnsafeMutableRawPointer(population.extras.pointer + block * NeuronBlock.size)
      .assumingMemoryBound(to: SIMD16<UInt16>.self)
    for i in 0..<16 {
      out[i] = extras[i]
      extras[i] = .zero
    }
    guard population.count > 0 else { return }
    var p0 = Word(), p1 = Word(), p2 = Word(), p3 = Word(), p4 = Word(), p5 = Word(), p6 = Word(), p7 = Word()
    var q0 = Word(), q1 = Word(), q2 = Word(), q3 = Word(), q4 = Word(), q5 = Word(), q6 = Word(), q7 = Word()
    let rows = population.rows.pointer
    var i = 0
    while i < population.count {
      let (ones, twos, fours) = BitPlanes.sum(
        rows[i][block], rows[i + 1][block], rows[i + 2][block], rows[i + 3][block], rows[i + 4][block],
        rows[i + 5][block], rows[i + 6][block])
      i &+= 7
      var carry = p0 & ones
      p0 ^= ones
      (p1, carry) = BitPlanes.add(p1, twos, carry)
      (p2, carry) = BitPlanes.add(p2, fours, carry)
      ripple(&p3, &carry)
      ripple(&p4, &carry)
      ripple(&p5, &carry)
      ripple(&p6, &carry)
      ripple(&p7, &carry)
      if population.count > 255 {
        ripple(&q0, &carry)
        ripple(&q1, &carry)
        ripple(&q2, &carry)
        ripple(&q3, &carry)
        ripple(&q4, &carry)
        ripple(&q5, &carry)
        ripple(&q6, &carry)
        ripple(&q7, &carry)
      }
    }
    BitPlanes.transpose(&p0, &p1, &p2, &p3, &p4, &p5, &p6, &p7)
    addBytes(p0, p1, p2, p3, p4, p5, p6, p7, shift: 0, to: out)
    if population.count > 255 {
      BitPlanes.transpose(&q0, &q1, &q2, &q3, &q4, &q5, &q6, &q7)
      addBytes(q0, q1, q2, q3, q4, q5, q6, q7, shift: 8, to: out)
    }
  }

  @inline(__always)
  private static func ripple(_ plane: inout Word, _ carry: inout Word) {
    let next = plane & carry
    plane ^= carry
    carry = next
  }

  @inline(__always)
  private static func addBytes(
    _ a: Word, _ b: Word, _ c: Word, _ d: Word, _ e: Word, _ f: Word, _ g: Word, _ h: Word, shift: UInt16,
    to out: UnsafeMutablePointer<SIMD16<UInt16>>
  ) {
    @inline(__always) func add(_ word: Word, _ i: Int) {
      let bytes = unsafeBitCast(word, to: SIMD16<UInt16>.self)
      let s = SIMD16<UInt16>(repeating: shift)
      out[2 * i] &+= (bytes & SIMD16(repeating: 255)) &<< s
      out[2 * i + 1] &+= (bytes &>> SIMD16(repeating: 8)) &<< s
    }
    add(a, 0)
    add(b, 1)
    add(c, 2)
    add(d, 3)
    add(e, 4)
    add(f, 5)
    add(g, 6)
    add(h, 7)
  }
}
