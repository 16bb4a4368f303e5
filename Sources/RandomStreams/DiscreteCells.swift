/// A distribution over consecutive whole numbers as an exact mixture: 2¹⁶ cells of equal probability, most of which
/// stand for a value, and a rest in which a second, 64-bit number decides.
///
/// Each value k gets ⌊2¹⁶·P(X = k)⌋ cells, rare values none; what its probability exceeds its cells by goes to the
/// rest. So a 16-bit word alone gives the value nearly always, and the law is still the exact one.
public struct DiscreteCells: Sendable, Equatable {
  /// Values with fewer cells than this get none.
  private static let fewestCells = 8

  /// The value of a word below `ends[0]`.
  public let firstValue: Int
  /// End, exclusive, of the cells of `firstValue`, `firstValue` + 1, …; words from the last end on are the rest.
  public let ends: [UInt16]
  private let rest: CumulativeTable

  /// The mixture for the probabilities of `lowest`, `lowest` + 1, …, which sum to one.
  public init(probabilities: [Double], lowest: Int) {
    var cells = probabilities.map { probability in
      let cells = Int(probability * 65536)
      return cells < Self.fewestCells ? 0 : cells
    }
    // At least one cell is left to the rest.
    let excess = cells.reduce(0, +) - 65_535
    if excess > 0, let largest = cells.indices.max(by: { cells[$0] < cells[$1] }) { cells[largest] -= excess }
    let first = cells.firstIndex { $0 > 0 } ?? 0
    let last = cells.lastIndex { $0 > 0 } ?? -1
    firstValue = lowest + first
    var end = 0
    var ends: [UInt16] = []
    for i in cells.indices where i >= first && i <= last {
      end += cells[i]
      ends.append(UInt16(end))
    }
    self.ends = ends
    rest = CumulativeTable(
      weights: zip(probabilities, cells).map { max(0, $0 - Double($1) * 0x1p-16) }, lowest: lowest)
  }

  /// The value of a word of the rest, decided by a uniform 64-bit number.
  @inline(never)
  public func restValue(for u: UInt64) -> Int { rest.value(for: u) }

  /// The value for a 16-bit word, and a 64-bit number that is looked at only if the word is in the rest.
  public func value(for word: UInt16, _ u: @autoclosure () -> UInt64) -> Int {
    guard let index = ends.firstIndex(where: { word < $0 }) else { return restValue(for: u()) }
    return firstValue + index
  }
}
