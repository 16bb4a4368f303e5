/// Draws the bits of a line's targets, and what does not fit into a bit.
struct BitColumns {
  /// Second and further synapses of pairs.
  private(set) var extras: [(source: UInt32, target: UInt32)] = []
  /// The largest number of these that a target has.
  private(set) var mostExtras = 0
  private let neurons: Int
  /// Sources rounded up to whole vectors of bytes.
  private let stride: Int
  /// Bytes of all sources for eight targets each, one column after the other: setting bits takes first-level cache alone.
  private let columns: AlignedArray<UInt8>
  private let repeated: AlignedArray<(source: UInt32, target: UInt32)>

  /// For networks of so many neurons.
  init(neurons: Int) {
    self.neurons = neurons
    stride = (neurons + 63) / 64 * 64
    columns = AlignedArray(repeating: 0, count: 8 * stride)
    repeated = AlignedArray(repeating: (0, 0), count: 2 * NetworkParameters.largestInDegree + 1)
  }

  /// Draws the sources of a line's targets into the line of each row.
  mutating func draw(_ wiring: some Wiring, line: Int, into rows: AlignedArray<BitLine>, lines: Int) {
    var wiring = wiring.copy()
    for lane in 0..<8 {
      columns.pointer.update(repeating: 0, count: columns.count)
      for byte in 0..<8 {
        for bit in 0..<8 {
          let target = line * NeuronLine.size + BitPosition.offset(byte: 8 * lane + byte, bit: bit)
          if target < neurons {
            draw(&wiring, target: target, into: columns.pointer + byte * stride, bit: 1 << UInt8(bit))
          }
        }
      }
      store(lane: lane, into: rows.pointer + line, lines: lines)
    }
  }

  /// Sets the bit of a target in a column.
  private mutating func draw(
    _ wiring: inout some Wiring, target: Int, into column: UnsafeMutablePointer<UInt8>, bit: UInt8
  ) {
    let repeated = repeated.pointer
    var count = 0
    wiring.forEachSource(of: target) { source in
      let byte = column[source]
      // Written always and kept if the bit is taken: at one in twenty, a branch would often be mispredicted.
      repeated[count] = (UInt32(truncatingIfNeeded: source), UInt32(truncatingIfNeeded: target))
      if byte & bit != 0 { count &+= 1 }
      column[source] = byte | bit
    }
    extras.append(contentsOf: UnsafeBufferPointer(start: repeated, count: count))
    mostExtras = max(mostExtras, count)
  }

  /// Stores the eight columns as one 64-bit lane of each source's line.
  private func store(lane: Int, into first: UnsafeMutablePointer<BitLine>, lines: Int) {
    let out = UnsafeMutableRawPointer(first).assumingMemoryBound(to: UInt64.self) + lane
    let columns = UnsafeRawPointer(columns.pointer).assumingMemoryBound(to: BitLine.self)
    let vectors = stride / 64
    for block in 0..<vectors {
      var bytes = (
        columns[block], columns[vectors &+ block], columns[2 &* vectors &+ block],
        columns[3 &* vectors &+ block],
        columns[4 &* vectors &+ block], columns[5 &* vectors &+ block], columns[6 &* vectors &+ block],
        columns[7 &* vectors &+ block]
      )
      Self.transpose(&bytes)
      let sources = min(64, neurons &- 64 &* block)
      withUnsafeBytes(of: bytes) { bytes in
        // Vector j holds sources j, 8 + j, 16 + j, ….
        for source in 0..<sources {
          out[(64 &* block &+ source) &* lines &* 8] = bytes.load(
            fromByteOffset: 64 &* (source & 7) &+ 8 &* (source >> 3), as: UInt64.self)
        }
      }
    }
  }

  private typealias Bytes = (BitLine, BitLine, BitLine, BitLine, BitLine, BitLine, BitLine, BitLine)

  /// Transposes 8 × 8 bytes in every 64-bit lane.
  @inline(__always)
  private static func transpose(_ b: inout Bytes) {
    let halves: UInt64 = 0x0000_0000_ffff_ffff, pairs: UInt64 = 0x0000_ffff_0000_ffff
    let singles: UInt64 = 0x00ff_00ff_00ff_00ff
    exchange(&b.0, &b.4, 32, halves)
    exchange(&b.1, &b.5, 32, halves)
    exchange(&b.2, &b.6, 32, halves)
    exchange(&b.3, &b.7, 32, halves)
    exchange(&b.0, &b.2, 16, pairs)
    exchange(&b.1, &b.3, 16, pairs)
    exchange(&b.4, &b.6, 16, pairs)
    exchange(&b.5, &b.7, 16, pairs)
    exchange(&b.0, &b.1, 8, singles)
    exchange(&b.2, &b.3, 8, singles)
    exchange(&b.4, &b.5, 8, singles)
    exchange(&b.6, &b.7, 8, singles)
  }

  /// Exchanges the bits of `a` above `shift` with those of `b` below, in every field that `mask` describes.
  @inline(__always)
  private static func exchange(_ a: inout BitLine, _ b: inout BitLine, _ shift: UInt64, _ mask: UInt64) {
    let difference = ((a &>> BitLine(repeating: shift)) ^ b) & BitLine(repeating: mask)
    b ^= difference
    a ^= difference &<< BitLine(repeating: shift)
  }
}
