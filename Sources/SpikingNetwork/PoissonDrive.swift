import CVectorPrimitives
import RandomStreams

extension StreamPurpose {
  static let drive = StreamPurpose("drive")
  static let driveLowBits = StreamPurpose("drive low bits")
}

/// Independent Poisson input counts for every neuron and time step, from the exact distribution.
///
/// A count is drawn by inversion of a 64-bit uniform number (``PoissonTable``). Its upper 16 bits come from
/// a sequential stream per block of neurons and nearly always decide; only where they equal those of a
/// threshold are the 48 lower bits looked up, by key, at (step, neuron). The law is that of the 64 bits.
package struct PoissonDrive {
  private let table: PoissonTable
  /// Upper 16 bits of the thresholds as signed lanes, without those where only a tie can matter.
  private let upperBits: [SIMD16<Int16>]
  /// Values that a word must be compared with for equality.
  private let tieBits: [SIMD16<Int16>]
  private let base: UInt16
  private let lowBits: StreamKey
  private let paddedNeurons: UInt64
  private let streams: AlignedArray<XoshiroLanes>

  package init(table: PoissonTable, blocks: Int, key: StreamKey) {
    self.table = table
    // Words are uniform whether read as signed or unsigned; comparing signed lanes is one instruction.
    let bits = table.thresholds.map { Int16(truncatingIfNeeded: Int($0 >> 48) - 32_768) }
    upperBits = bits.filter { $0 < Int16.max }.map { SIMD16(repeating: $0) }
    var distinct: [Int16] = []
    for value in bits where value != distinct.last { distinct.append(value) }
    tieBits = distinct.map { SIMD16(repeating: $0) }
    base = UInt16(table.firstCount)
    lowBits = key.derived(.driveLowBits)
    paddedNeurons = UInt64(blocks * NeuronBlock.size)
    streams = AlignedArray(repeating: XoshiroLanes(key: key), count: blocks)
    for block in 0..<blocks { streams.pointer[block] = XoshiroLanes(key: key.derived(.drive, UInt64(block))) }
  }

  /// Adds the counts of one step to the block's 256 `counts`.
  @inline(never)
  package func add(step: Int, block: Int, to counts: UnsafeMutablePointer<UInt16>) {
    let lanes = UnsafeMutableRawPointer(counts).assumingMemoryBound(to: SIMD16<UInt16>.self)
    upperBits.withUnsafeBufferPointer { upper in
      tieBits.withUnsafeBufferPointer { ties in
        var stream = streams.pointer[block]
        for pair in 0..<(NeuronBlock.size / 32) {
          let words = stream.next()
          let a = unsafeBitCast(words.lowHalf, to: SIMD16<Int16>.self)
          let b = unsafeBitCast(words.highHalf, to: SIMD16<Int16>.self)
          var countA = SIMD16<Int16>(repeating: Int16(bitPattern: base)), countB = countA
          for k in upper.indices {
            // A true lane is −1.
            countA &-= (a .> upper[k]).bits
            countB &-= (b .> upper[k]).bits
          }
          var tie = SIMD16<Int16>()
          for k in ties.indices {
            tie |= (a .== ties[k]).bits | (b .== ties[k]).bits
          }
          lanes[2 * pair] &+= unsafeBitCast(countA, to: SIMD16<UInt16>.self)
          lanes[2 * pair + 1] &+= unsafeBitCast(countB, to: SIMD16<UInt16>.self)
          if _slowPath(vector_has_bits(unsafeBitCast(tie, to: SIMD8<UInt32>.self))) {
            resolveTies(
              a, fast: countA, step: step, first: block * NeuronBlock.size + 32 * pair, counts + 32 * pair)
            resolveTies(
              b, fast: countB, step: step, first: block * NeuronBlock.size + 32 * pair + 16,
              counts + 32 * pair + 16)
          }
        }
        streams.pointer[block] = stream
      }
    }
  }

  /// Corrects the lanes whose word equals the upper bits of a threshold.
  @inline(never)
  private func resolveTies(
    _ words: SIMD16<Int16>, fast: SIMD16<Int16>, step: Int, first: Int, _ counts: UnsafeMutablePointer<UInt16>
  ) {
    for lane in 0..<16 where tieBits.contains(where: { $0[0] == words[lane] }) {
      let upper = UInt64(Int(words[lane]) + 32_768)
      let low = lowBits.word(at: UInt64(step) &* paddedNeurons &+ UInt64(first + lane)) >> 16
      let exact = UInt16(table.count(for: upper << 48 | low))
      counts[lane] = counts[lane] &+ exact &- UInt16(bitPattern: fast[lane])
    }
  }
}
