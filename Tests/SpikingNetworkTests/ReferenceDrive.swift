import RandomStreams

/// The external drive by its definition, one neuron at a time: the count of a 16-bit word of the block's stream, or, if
/// that lies beyond all cells, of a 64-bit number looked up at (step, neuron).
struct ReferenceDrive {
  private let cells: PoissonCells
  private let rest: StreamKey
  private let paddedNeurons: Int
  private var streams: [XoshiroLanes]
  /// Counts that the 16-bit word did not decide.
  private(set) var undecided = 0

  init(mean: Double, blocks: Int, key: StreamKey) throws {
    cells = PoissonCells(try PoissonTable(mean: mean))
    rest = key.derived(StreamPurpose("drive rest"))
    paddedNeurons = blocks * 256
    streams = (0..<blocks).map { XoshiroLanes(key: key.derived(StreamPurpose("drive"), UInt64($0))) }
  }

  /// The counts of all neurons, padding included; steps are to be asked for one after the other.
  mutating func counts(step: Int) -> [Int] {
    var counts: [Int] = []
    for block in streams.indices {
      for _ in 0..<8 {
        let words = streams[block].next()
        for lane in 0..<8 {
          for shift in [0, 16, 32, 48] as [UInt64] {
            // The stream's 16 bits are read as a signed number.
            let word = UInt16(truncatingIfNeeded: words[lane] >> shift) ^ 0x8000
            let position = UInt64(step * paddedNeurons + counts.count)
            let u = rest.word(at: position)
            if cells.count(for: word, 0) != cells.count(for: word, .max) { undecided += 1 }
            counts.append(cells.count(for: word, u))
          }
        }
      }
    }
    return counts
  }
}
