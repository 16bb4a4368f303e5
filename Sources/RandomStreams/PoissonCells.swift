/// A Poisson distribution as an exact mixture of cells, so that 16 random bits nearly always suffice for a count
/// (``DiscreteCells``). The law is that of ``PoissonTable``.
public struct PoissonCells: Sendable, Equatable {
  private let cells: DiscreteCells

  /// The mixture for a distribution.
  public init(_ table: PoissonTable) {
    cells = DiscreteCells(probabilities: table.probabilities, lowest: table.lowest)
  }

  /// The count of a word below `ends[0]`.
  public var firstCount: Int { cells.firstValue }

  /// End, exclusive, of the cells of `firstCount`, `firstCount` + 1, …; words from the last end on are the rest.
  public var ends: [UInt16] { cells.ends }

  /// The count of a word of the rest, decided by a uniform 64-bit number.
  public func restCount(for u: UInt64) -> Int { cells.restValue(for: u) }

  /// The count for a 16-bit word, and a 64-bit number that is looked at only if the word is in the rest.
  public func count(for word: UInt16, _ u: @autoclosure () -> UInt64) -> Int { cells.value(for: word, u()) }
}
