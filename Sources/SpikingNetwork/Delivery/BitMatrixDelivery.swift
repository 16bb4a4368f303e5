import CVectorPrimitives

/// Delivery by adding bit rows: the spikes of a step for 256 targets at a time.
///
/// Rows are added in groups of seven into bit planes (``BitPlanes``), while the rows of the following group, or of the
/// next step, are fetched from memory. After 252 rows, 36 groups, eight planes could overflow: in synchronous states
/// they are emptied into the counts in between.
package struct BitMatrixDelivery<Index: NeuronIndex>: SpikeDelivery {
  private let matrix: BitMatrix<Index>
  private let blocks: Int
  private let excitatory: Population
  private let inhibitory: Population

  /// What arrives from one population.
  private final class Population {
    var planes: PlaneSums
    /// Counts of second and further synapses between pairs, and of planes emptied before they overflow; then one for
    /// the fill of ``PackedTargets``.
    let counts: AlignedArray<UInt16>

    init(blocks: Int) {
      planes = PlaneSums(blocks: blocks)
      counts = AlignedArray(repeating: 0, count: blocks * NeuronBlock.size + 1)
    }
  }

  package init(matrix: BitMatrix<Index>, blocks: Int) {
    self.matrix = matrix
    self.blocks = blocks
    excitatory = Population(blocks: blocks)
    inhibitory = Population(blocks: blocks)
  }

  package mutating func deliver(at step: Int, from ring: DelayRing) {
    let arriving = ring.arriving(at: step), next = ring.known(at: step + 1)
    deliver(
      arriving.excitatory, to: excitatory,
      then: arriving.inhibitory.isEmpty ? next.excitatory : arriving.inhibitory)
    deliver(
      arriving.inhibitory, to: inhibitory, then: next.excitatory.isEmpty ? next.inhibitory : next.excitatory)
  }

  private func deliver(
    _ sources: UnsafeBufferPointer<UInt32>, to population: Population, then later: UnsafeBufferPointer<UInt32>
  ) {
    population.planes.rowCount = 0
    guard !sources.isEmpty else { return }
    matrix.extras.scatter(sources, into: population.counts.pointer)
    matrix.extras.prefetch(first: later)
    var first = 0
    while true {
      let count = min(sources.count - first, PlaneSums.capacity)
      let isLast = first + count == sources.count
      let following = isLast ? later : UnsafeBufferPointer(rebasing: sources[(first + count)...])
      population.planes.add(
        UnsafeBufferPointer(rebasing: sources[first..<(first + count)]), of: matrix, then: following)
      if isLast { return }
      for block in 0..<blocks {
        population.planes.addCounts(block: block, to: population.counts.pointer + block * NeuronBlock.size)
      }
      first += count
    }
  }

  @inline(__always)
  package mutating func readCounts(
    block: Int, excitatory outE: UnsafeMutablePointer<UInt16>, inhibitory outI: UnsafeMutablePointer<UInt16>
  ) {
    Self.take(excitatory, block: block, into: outE)
    Self.take(inhibitory, block: block, into: outI)
  }

  @inline(__always)
  private static func take(_ population: Population, block: Int, into out: UnsafeMutablePointer<UInt16>) {
    if population.planes.rowCount == 0 {
      // No spikes, so no second synapses either.
      out.update(repeating: 0, count: NeuronBlock.size)
    } else {
      let counts = population.counts.pointer + block * NeuronBlock.size
      population.planes.takeCounts(block: block, with: counts, to: out)
    }
  }
}
