import RandomStreams

/// Where the bit of a neuron lies within its block's 256-bit word, and why.
///
/// Eight bit planes of counts are turned into numbers by transposing 8 × 8 bits in every 64-bit lane
/// (``BitPlanes``) and then splitting 16-bit lanes into their two bytes. No step moves data between
/// lanes. Instead, the wiring places each target's bit where its count will come out in order.
package enum BitPosition {
  /// The 64-bit lane, 0 ..< 4, and the bit within it of the neuron at `offset`, 0 ..< 256, in its block.
  @inline(__always)
  package static func of(_ offset: Int) -> (lane: Int, bit: Int) {
    let word = offset >> 5
    let isOdd = offset >> 4 & 1
    let index = offset & 15
    let byte = 2 * (index & 3) + isOdd
    return (index >> 2, 8 * byte + word)
  }
}

/// The wiring as one row of bits per source, and the synapses of a pair beyond its first as short lists.
///
/// At a density of one tenth a bit row is smaller than a list of 16-bit targets, and seven rows are added
/// with some thirty bit operations for 256 targets at once.
package struct BitMatrix {
  package typealias Row = SIMD4<UInt64>

  /// Rows of `blocks` 256-bit words from `rowStride` to `rowStride` words; the row after the last source is empty.
  package let rows: AlignedArray<Row>
  package let rowStride: Int
  /// Targets of the second and further synapses between a pair, per source.
  package let extras: TargetLists<UInt16>
  /// The index of the empty row.
  package let emptyRow: Int

  package init(wiring: FixedInDegreeWiring) {
    var wiring = wiring
    let constants = wiring.constants
    let neurons = constants.neurons
    // Rows start at cache lines.
    let stride = (constants.blocks + 1) & ~1
    let rows = AlignedArray<Row>(repeating: .zero, count: (neurons + 1) * stride, hugePages: true)
    let words = UnsafeMutableRawPointer(rows.pointer).assumingMemoryBound(to: UInt64.self)
    // One column of 64-bit words at a time, so that bits are set in cache.
    let column = AlignedArray<UInt64>(repeating: 0, count: neurons)
    var extras: [(source: UInt32, target: UInt32)] = []
    extras.reserveCapacity(neurons * 80)
    for block in 0..<constants.blocks {
      for lane in 0..<4 {
        column.pointer.update(repeating: 0, count: neurons)
        for offset in 0..<NeuronBlock.size where BitPosition.of(offset).lane == lane {
          let target = block * NeuronBlock.size + offset
          guard target < neurons else { continue }
          let bit: UInt64 = 1 << UInt64(BitPosition.of(offset).bit)
          wiring.forEachSource(of: target) { source in
            if column.pointer[source] & bit != 0 {
              extras.append((UInt32(truncatingIfNeeded: source), UInt32(truncatingIfNeeded: target)))
            }
            column.pointer[source] |= bit
          }
        }
        for source in 0..<neurons {
          words[(source &* stride &+ block) &* 4 &+ lane] = column.pointer[source]
        }
      }
    }
    self.rows = rows
    rowStride = stride
    self.extras = TargetLists(pairs: extras, sources: neurons)
    emptyRow = neurons
  }
}
