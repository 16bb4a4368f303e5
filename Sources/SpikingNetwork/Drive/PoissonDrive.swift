import CNetworkStep
import RandomStreams

extension StreamPurpose {
  static let drive = StreamPurpose("drive")
  static let driveRest = StreamPurpose("drive rest")
}

/// Independent Poisson input counts for every neuron and time step, from the exact distribution.
///
/// A count is drawn by comparing a 16-bit word with the ends of the cells of an exact mixture (``PoissonCells``). The
/// words come from a sequential stream per 256 neurons; the few that fall into the mixture's rest take 64 further
/// bits, by key, at (step, neuron).
package final class PoissonDrive {
  private static let neuronsPerStream = Int(network_stream_neurons)

  private let cells: PoissonCells
  /// Ends of the cells less one, as signed numbers; words above the last are in the rest.
  private let lastWords: AlignedArray<Int16>
  private let rest: StreamKey
  private let drawsPerStep: UInt64
  private let streams: AlignedArray<XoshiroLanes>

  /// The drive of `neurons` neurons from the streams of the network's `key`.
  package init(table: PoissonTable, neurons: Int, key: StreamKey) {
    cells = PoissonCells(table)
    // Words are uniform whether read as signed or unsigned; comparing signed lanes is one instruction.
    lastWords = AlignedArray(repeating: 0, count: cells.ends.count)
    for (i, end) in cells.ends.enumerated() {
      lastWords.pointer[i] = Int16(truncatingIfNeeded: Int(end) - 1 - 32_768)
    }
    rest = key.derived(.driveRest)
    let perStream = Self.neuronsPerStream
    drawsPerStep = UInt64((neurons + perStream - 1) / perStream * perStream)
    let padded = NeuronLine.count(for: neurons) * NeuronLine.size
    streams = AlignedArray(repeating: XoshiroLanes(key: key), count: padded / perStream)
    for i in 0..<streams.count { streams.pointer[i] = XoshiroLanes(key: key.derived(.drive, UInt64(i))) }
  }

  /// The number of the first neuron's draw.
  func firstDraw(step: Int) -> UInt64 { UInt64(step) &* drawsPerStep }

  /// The drive for functions in C, valid as long as this is.
  var native: network_drive {
    network_drive(
      streams: UnsafeMutableRawPointer(streams.pointer).assumingMemoryBound(to: UInt64.self),
      first_count: UInt16(cells.firstCount), cell_count: Int32(lastWords.count),
      last_words: lastWords.pointer,
      rest: { context, draw in
        Unmanaged<PoissonDrive>.fromOpaque(context).takeUnretainedValue().restCount(draw)
      },
      context: Unmanaged.passUnretained(self).toOpaque())
  }

  private func restCount(_ draw: UInt64) -> UInt16 {
    UInt16(truncatingIfNeeded: cells.restCount(for: rest.word(at: draw)))
  }

  /// Writes the counts of one step of a line's neurons.
  package func draw(
    step: Int, line: Int, to counts: UnsafeMutablePointer<UInt16>, instructions: InstructionSet = .chosen
  ) {
    withUnsafePointer(to: native) { instructions.kernels.draw($0, line, firstDraw(step: step), counts) }
  }
}
