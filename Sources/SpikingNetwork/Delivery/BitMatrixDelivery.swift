import CNetworkStep

/// Delivery by bit rows: the rows of sources that spiked are summed for 512 targets at a time, while those of the next step
/// are fetched from memory.
package struct BitMatrixDelivery<Index: NeuronIndex>: SpikeDelivery {
  private typealias Row = UnsafePointer<UInt8>
  /// The most rows and lists of the next step to be fetched: some hundred KB, which second-level caches hold.
  private static var furthest: Int { 250 }
  /// Pointers read beyond the last row.
  private static var overshoot: Int { 6 }

  private let matrix: BitMatrix<Index>
  private let excitatoryRows: AlignedArray<Row?>
  private let inhibitoryRows: AlignedArray<Row?>
  private let laterRows: AlignedArray<Row?>
  private let laterLists: AlignedArray<Row?>
  /// Counts in words, of all that does not fit into bytes.
  private let counts: InputCounts
  /// Counts of second and further synapses between pairs, of both populations in the two bytes of a word, unless they
  /// might exceed 255; then one for the fill of ``PackedTargets``.
  private let bytes: AlignedArray<UInt16>?
  private let planes: AlignedArray<BitLine>

  package init(matrix: BitMatrix<Index>) {
    self.matrix = matrix
    let neurons = matrix.emptyRow
    excitatoryRows = AlignedArray(repeating: nil, count: neurons + Self.overshoot)
    inhibitoryRows = AlignedArray(repeating: nil, count: neurons + Self.overshoot)
    laterRows = AlignedArray(repeating: nil, count: Self.furthest)
    laterLists = AlignedArray(repeating: nil, count: Self.furthest)
    let padded = matrix.lines * NeuronLine.size
    counts = InputCounts(lines: matrix.lines)
    bytes = matrix.mostExtras <= 255 ? AlignedArray(repeating: 0, count: padded + 1) : nil
    planes = AlignedArray(repeating: .zero, count: 8 * matrix.lines)
  }

  @_specialize(where Index == UInt16)
  package mutating func inputs(at step: Int, from ring: DelayRing) -> NetworkInputs {
    let arriving = ring.arriving(at: step)
    var inputs = counts.inputs()
    inputs.planes = UnsafeMutableRawPointer(planes.pointer).assumingMemoryBound(to: UInt64.self)
    if let bytes {
      matrix.extras.scatter(arriving.excitatory, intoBytes: bytes.pointer, upper: false)
      matrix.extras.scatter(arriving.inhibitory, intoBytes: bytes.pointer, upper: true)
      inputs.byte_counts = bytes.pointer
    } else {
      matrix.extras.scatter(arriving.excitatory, into: counts.excitatory())
      matrix.extras.scatter(arriving.inhibitory, into: counts.inhibitory())
    }
    list(arriving.excitatory, excitatoryRows, &inputs.excitatory)
    list(arriving.inhibitory, inhibitoryRows, &inputs.inhibitory)
    listLater(ring.known(at: step + 1), &inputs)
    return inputs
  }

  /// Lists the rows of `sources`, followed by empty ones.
  private func list(
    _ sources: UnsafeBufferPointer<UInt32>, _ rows: AlignedArray<Row?>, _ population: inout network_population
  ) {
    for i in 0..<sources.count { rows.pointer[i] = matrix.row(Int(sources[i])) }
    let empty = matrix.row(matrix.emptyRow)
    for i in 0..<Self.overshoot { rows.pointer[sources.count &+ i] = empty }
    population.rows = UnsafePointer(rows.pointer)
    population.row_count = Int32(sources.count)
  }

  /// Lists rows and lists of targets to be fetched for the next step.
  private func listLater(_ spikes: StepSpikes, _ inputs: inout NetworkInputs) {
    var count = 0
    for sources in [spikes.excitatory, spikes.inhibitory] {
      for source in sources.prefix(Self.furthest - count) {
        laterRows.pointer[count] = matrix.row(Int(source))
        laterLists.pointer[count] = matrix.extras.list(of: Int(source))
        count &+= 1
      }
    }
    inputs.later_rows = UnsafePointer(laterRows.pointer)
    inputs.later_row_count = Int32(count)
    inputs.later_lists = UnsafePointer(laterLists.pointer)
    inputs.later_list_count = Int32(count)
  }
}
