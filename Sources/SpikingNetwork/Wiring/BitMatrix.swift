import Dispatch
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
/// with some thirty bit operations for 256 targets at once. `Index` must hold one more than the neurons of whole blocks.
package struct BitMatrix<Index: NeuronIndex> {
  package typealias Row = BitPlanes.Word
  private typealias Extra = (source: UInt32, target: UInt32)

  /// One 256-bit word per block for each source, each row `rowStride` words after the one before; an empty row follows
  /// the last source's.
  package let rows: AlignedArray<Row>
  package let rowStride: Int
  /// The index of the empty row.
  package let emptyRow: Int
  /// Targets of the second and further synapses between a pair, per source.
  package let extras: PackedTargets<Index>

  /// Draws the wiring, `threads` parts of the targets at a time.
  package init(wiring: some Wiring, memory: SimulationMemory, threads: Int) {
    let neurons = wiring.neurons
    let blocks = wiring.blocks
    emptyRow = neurons
    // Rows start at cache lines.
    rowStride = (blocks + 1) & ~1
    rows = memory.rows(count: (neurons + 1) * rowStride)
    (rows.pointer + emptyRow * rowStride).update(repeating: .zero, count: rowStride)

    let parts = min(max(threads, 1), blocks)
    let (rows, stride) = (rows, rowStride)
    let draw = SharedInParts({ (part: Int) in
      Self.draw(
        wiring.copy(), blocks: (blocks * part / parts)..<(blocks * (part + 1) / parts), rows, stride)
    })
    let extras = SharedInParts(UnsafeMutablePointer<[Extra]>.allocate(capacity: parts))
    extras.value.initialize(repeating: [], count: parts)
    defer {
      extras.value.deinitialize(count: parts)
      extras.value.deallocate()
    }
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      extras.value[part] = draw.value(part)
    }
    self.extras = PackedTargets(
      pairs: (0..<parts).flatMap { extras.value[$0] }, sources: neurons, fill: blocks * NeuronBlock.size)
  }

  /// Sets the bits of the blocks' targets; returns what does not fit into a bit.
  private static func draw(
    _ wiring: some Wiring, blocks: Range<Int>, _ rows: AlignedArray<Row>, _ stride: Int
  ) -> [Extra] {
    var wiring = wiring
    let neurons = wiring.neurons
    // One column of words at a time, so that bits are set in second-level cache.
    let column = AlignedArray<Row>(repeating: .zero, count: neurons)
    let lanes = UnsafeMutableRawPointer(column.pointer).assumingMemoryBound(to: UInt64.self)
    var extras: [Extra] = []
    let repeated = AlignedArray<Extra>(repeating: (0, 0), count: 2 * NetworkParameters.largestInDegree + 1)
    for block in blocks {
      column.pointer.update(repeating: .zero, count: neurons)
      let first = block * NeuronBlock.size
      for target in first..<min(first + NeuronBlock.size, neurons) {
        let position = BitPosition.of(target - first)
        let lane = lanes + position.lane
        let bit: UInt64 = 1 << UInt64(position.bit)
        var count = 0
        wiring.forEachSource(of: target) { source in
          let word = lane[4 &* source]
          // Written always and kept if the bit is taken: at one in twenty, a branch would often be mispredicted.
          repeated.pointer[count] = (UInt32(truncatingIfNeeded: source), UInt32(truncatingIfNeeded: target))
          if word & bit != 0 { count &+= 1 }
          lane[4 &* source] = word | bit
        }
        extras.append(contentsOf: UnsafeBufferPointer(start: repeated.pointer, count: count))
      }
      for source in 0..<neurons { rows.pointer[source &* stride &+ block] = column.pointer[source] }
    }
    return extras
  }
}

/// A value that threads share, each of which writes to a part of its own.
private struct SharedInParts<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
