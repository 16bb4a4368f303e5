import RandomStreams

/// The external drive by its definition, one neuron at a time: the count of a 64-bit word whose upper 16 bits
/// come from the block's stream and whose lower 48 are looked up at (step, neuron).
struct ReferenceDrive {
  private let table: PoissonTable
  private let lowBits: StreamKey
  private let paddedNeurons: Int
  private var streams: [XoshiroLanes]
  /// Counts in which the upper 16 bits left more than one possibility.
  private(set) var ties = 0

  init(mean: Double, blocks: Int, key: StreamKey) throws {
    table = try PoissonTable(mean: mean)
    lowBits = key.derived(StreamPurpose("drive low bits"))
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
            let upper = (words[lane] >> shift & 0xffff) ^ 0x8000
            let position = UInt64(step * paddedNeurons + counts.count)
            let count = table.count(for: upper << 48 | lowBits.word(at: position) >> 16)
            if table.count(for: upper << 48) != table.count(for: upper << 48 | 0xffff_ffff_ffff) { ties += 1 }
            counts.append(count)
          }
        }
      }
    }
    return counts
  }
}
