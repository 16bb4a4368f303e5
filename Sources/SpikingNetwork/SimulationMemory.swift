/// Memory that simulations one after another may use again, so that the system need not clear it each time.
///
/// It has no influence on results. One simulation at a time may use it.
public final class SimulationMemory {
  private var bitRows: AlignedArray<BitLine>?

  /// No memory yet.
  public init() {}

  /// Words of undefined contents for a bit matrix.
  func rows(count: Int) -> AlignedArray<BitLine> {
    if let bitRows, bitRows.count == count { return bitRows }
    let rows = AlignedArray<BitLine>(repeating: .zero, count: count, hugePages: true)
    bitRows = rows
    return rows
  }
}
