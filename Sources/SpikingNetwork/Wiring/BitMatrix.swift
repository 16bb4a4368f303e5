import Dispatch
import RandomStreams

/// One bit for each neuron of a line.
package typealias BitLine = SIMD8<UInt64>

/// The wiring as one row of bits per source, and the synapses of a pair beyond its first as short lists.
///
/// At a density of one tenth a bit row is smaller than a list of 16-bit targets, and seven rows are added
/// with some thirty bit operations for 512 targets at once. `Index` must hold one more than the neurons of whole lines.
package struct BitMatrix<Index: NeuronIndex> {
  typealias Extra = (source: UInt32, target: UInt32)

  /// The lines of each source's row, one row after the other; an empty row follows the last source's.
  package let rows: AlignedArray<BitLine>
  /// Lines of a row.
  package let lines: Int
  /// The index of the empty row.
  package let emptyRow: Int
  /// Targets of the second and further synapses between a pair, per source.
  package let extras: PackedTargets<Index>
  /// The largest number of such synapses that a target has.
  package let mostExtras: Int

  /// Draws the wiring, `threads` parts of the targets at a time.
  package init(wiring: some Wiring, memory: SimulationMemory, threads: Int) {
    let neurons = wiring.neurons
    let lines = wiring.lines
    emptyRow = neurons
    self.lines = lines
    rows = memory.rows(count: (neurons + 1) * lines)
    (rows.pointer + emptyRow * lines).update(repeating: .zero, count: lines)

    let parts = min(max(threads, 1), lines)
    let rows = rows
    let draw = SharedInParts({ (part: Int) in
      var columns = BitColumns(neurons: neurons)
      for line in (lines * part / parts)..<(lines * (part + 1) / parts) {
        columns.draw(wiring, line: line, into: rows, lines: lines)
      }
      return columns
    })
    let drawn = SharedInParts(UnsafeMutablePointer<BitColumns?>.allocate(capacity: parts))
    drawn.value.initialize(repeating: nil, count: parts)
    defer {
      drawn.value.deinitialize(count: parts)
      drawn.value.deallocate()
    }
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      drawn.value[part] = draw.value(part)
    }
    let columns = (0..<parts).compactMap { drawn.value[$0] }
    extras = PackedTargets(
      pairs: columns.map(\.extras), sources: neurons, fill: lines * NeuronLine.size)
    mostExtras = columns.map(\.mostExtras).max() ?? 0
  }

  /// The row of a source.
  @inline(__always)
  func row(_ source: Int) -> UnsafePointer<UInt8> {
    UnsafeRawPointer(rows.pointer + source &* lines).assumingMemoryBound(to: UInt8.self)
  }
}

/// A value that threads share, each of which writes to a part of its own.
private struct SharedInParts<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
