import CVectorPrimitives
import RandomStreams

extension StreamPurpose {
  static let drive = StreamPurpose("drive")
  static let driveRest = StreamPurpose("drive rest")
}

/// Independent Poisson input counts for every neuron and time step, from the exact distribution.
///
/// A count is drawn by comparing a 16-bit word with the ends of the cells of an exact mixture (``PoissonCells``). The
/// words come from a sequential stream per block of neurons; the few that fall into the mixture's rest take 64 further
/// bits, by key, at (step, neuron).
package struct PoissonDrive {
  private let cells: PoissonCells
  /// Ends of the cells less one, as signed lanes; words above the last are in the rest.
  private let lastWords: [SIMD16<Int16>]
  private let rest: StreamKey
  private let paddedNeurons: UInt64
  private let streams: AlignedArray<XoshiroLanes>

  package init(table: PoissonTable, blocks: Int, key: StreamKey) {
    cells = PoissonCells(table)
    // Words are uniform whether read as signed or unsigned; comparing signed lanes is one instruction.
    lastWords = cells.ends.map { SIMD16(repeating: Int16(truncatingIfNeeded: Int($0) - 1 - 32_768)) }
    rest = key.derived(.driveRest)
    paddedNeurons = UInt64(blocks * NeuronBlock.size)
    streams = AlignedArray(repeating: XoshiroLanes(key: key), count: blocks)
    for block in 0..<blocks { streams.pointer[block] = XoshiroLanes(key: key.derived(.drive, UInt64(block))) }
  }

  /// Adds the counts of one step to the block's 256 `counts`.
  @inline(never)
  package func add(step: Int, block: Int, to counts: UnsafeMutablePointer<UInt16>) {
    let lanes = UnsafeMutableRawPointer(counts).assumingMemoryBound(to: SIMD16<UInt16>.self)
    let first = SIMD16<UInt16>(repeating: UInt16(cells.firstCount))
    lastWords.withUnsafeBufferPointer { lastWords in
      var stream = streams.pointer[block]
      for pair in 0..<(NeuronBlock.size / 32) {
        let words = stream.next()
        let a = unsafeBitCast(words.lowHalf, to: SIMD16<Int16>.self)
        let b = unsafeBitCast(words.highHalf, to: SIMD16<Int16>.self)
        var countA = lanes[2 * pair] &+ first, countB = lanes[2 * pair + 1] &+ first
        var aboveA = SIMD16<UInt16>(), aboveB = SIMD16<UInt16>()
        for last in lastWords {
          // A true lane is −1, that is 65535.
          aboveA = unsafeBitCast(a .> last, to: SIMD16<UInt16>.self)
          aboveB = unsafeBitCast(b .> last, to: SIMD16<UInt16>.self)
          countA &-= aboveA
          countB &-= aboveB
        }
        lanes[2 * pair] = countA
        lanes[2 * pair + 1] = countB
        if _slowPath(vector_has_bits(unsafeBitCast(aboveA | aboveB, to: SIMD8<UInt32>.self))) {
          let neuron = block * NeuronBlock.size + 32 * pair
          drawRest(aboveA, step: step, first: neuron, counts + 32 * pair)
          drawRest(aboveB, step: step, first: neuron + 16, counts + 32 * pair + 16)
        }
      }
      streams.pointer[block] = stream
    }
  }

  /// Replaces what was added in the lanes marked, which lie beyond all cells.
  @inline(never)
  private func drawRest(
    _ marked: SIMD16<UInt16>, step: Int, first: Int, _ counts: UnsafeMutablePointer<UInt16>
  ) {
    let added = UInt16(cells.firstCount + lastWords.count)
    for lane in 0..<16 where marked[lane] != 0 {
      let u = rest.word(at: UInt64(step) &* paddedNeurons &+ UInt64(first + lane))
      counts[lane] = counts[lane] &- added &+ UInt16(truncatingIfNeeded: cells.restCount(for: u))
    }
  }
}
