/// A Poisson distribution as an exact mixture: 2¹⁶ cells of equal probability, most of which stand for a count, and a
/// rest in which a second, 64-bit number decides.
///
/// Each count k gets ⌊2¹⁶·P(X = k)⌋ cells, rare counts none; what its probability exceeds its cells by goes to the
/// rest. So a 16-bit word alone gives the count nearly always, and the law is still that of ``PoissonTable``.
public struct PoissonCells: Sendable, Equatable {
  /// Counts with fewer cells than this get none.
  private static let fewestCells = 8

  /// The count of a word below `ends[0]`.
  public let firstCount: Int
  /// End, exclusive, of the cells of `firstCount`, `firstCount` + 1, …; words from the last end on are the rest.
  public let ends: [UInt16]
  private let rest: CumulativeTable

  /// The mixture for a distribution.
  public init(_ table: PoissonTable) {
    let cells = table.probabilities.map { probability in
      let cells = Int(probability * 65536)
      // At least one cell is left to the rest.
      return cells < Self.fewestCells ? 0 : min(cells, 65_535)
    }
    let first = cells.firstIndex { $0 > 0 } ?? 0
    let last = cells.lastIndex { $0 > 0 } ?? -1
    firstCount = table.lowest + first
    var end = 0
    var ends: [UInt16] = []
    for i in cells.indices where i >= first && i <= last {
      end += cells[i]
      ends.append(UInt16(end))
    }
    self.ends = ends
    rest = CumulativeTable(
      weights: zip(table.probabilities, cells).map { max(0, $0 - Double($1) * 0x1p-16) }, lowest: table.lowest
    )
  }

  /// The count of a word of the rest, decided by a uniform 64-bit number.
  @inline(never)
  public func restCount(for u: UInt64) -> Int { rest.value(for: u) }

  /// The count for a 16-bit word, and a 64-bit number that is looked at only if the word is in the rest.
  public func count(for word: UInt16, _ u: @autoclosure () -> UInt64) -> Int {
    guard let index = ends.firstIndex(where: { word < $0 }) else { return restCount(for: u()) }
    return firstCount + index
  }
}
