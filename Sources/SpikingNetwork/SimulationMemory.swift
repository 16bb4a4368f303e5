/// Memory that simulations one after another may use again, so that the system need not clear it each time.
///
/// It has no influence on results. One simulation at a time may use it.
public final class SimulationMemory {
  private var bitRows: AlignedArray<BitPlanes.Word>?

  /// No memory yet.
  public init() {}

  /// Words of undefined contents for a bit matrix.
  func rows(count: Int) -> AlignedArray<BitPlanes.Word> {
    if let bitRows, bitRows.count == count { return bitRows }
    let rows = AlignedArray<BitPlanes.Word>(repeating: .zero, count: count, hugePages: true)
    bitRows = rows
    return rows
  }
}
