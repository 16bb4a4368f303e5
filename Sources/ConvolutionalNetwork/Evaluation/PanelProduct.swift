/// The multiply-add kernel of all forward passes and input gradients.
///
/// A matrix of weights [depth][columns] is packed into panels of five columns. A panel holds five start values
/// (biases or zeros) and then five weights for each depth; columns missing in the last panel are zero. Five
/// accumulators of 16 lanes, two lane vectors and a broadcast weight fill the sixteen vector registers of AVX2.
enum PanelProduct {
  /// Columns of a panel.
  static let columns = 5

  /// Number of panels for a matrix of `columns` columns.
  static func panelCount(columns: Int) -> Int { (columns + Self.columns - 1) / Self.columns }

  /// Floats of one panel.
  static func panelSize(depth: Int) -> Int { (depth + 1) * columns }

  /// For a crew member's part of the rows m and columns n: `store`(m · columns + n, start[n] + Σ_k input[m · rowStride
  /// + k] · w[k][n]), summed in the order of k.
  @inline(__always)
  static func forEach<Lanes: LaneVector>(
    rows: Int, rowStride: Int, input: UnsafePointer<Lanes>, depth: Int, columns: Int,
    panels: UnsafePointer<Float>, crew: Crew, store: (Int, Lanes) -> Void
  ) {
    let panelCount = panelCount(columns: columns)
    let isCutByRows = rows >= crew.count
    let ownRows = isCutByRows ? crew.part(of: rows) : 0..<rows
    let ownPanels = isCutByRows ? 0..<panelCount : crew.part(of: panelCount)
    for row in ownRows {
      let x = input + row * rowStride
      var panel = panels + ownPanels.lowerBound * panelSize(depth: depth)
      var index = row * columns + ownPanels.lowerBound * Self.columns
      var remaining = columns - ownPanels.lowerBound * Self.columns
      for _ in ownPanels {
        let sums = product(x, depth: depth, panel: panel)
        store(index, sums.0)
        if remaining >= Self.columns {
          store(index + 1, sums.1)
          store(index + 2, sums.2)
          store(index + 3, sums.3)
          store(index + 4, sums.4)
        } else {
          if remaining > 1 { store(index + 1, sums.1) }
          if remaining > 2 { store(index + 2, sums.2) }
          if remaining > 3 { store(index + 3, sums.3) }
        }
        panel += panelSize(depth: depth)
        index += Self.columns
        remaining -= Self.columns
      }
    }
  }

  @inline(__always)
  private static func product<Lanes: LaneVector>(
    _ x: UnsafePointer<Lanes>, depth: Int, panel: UnsafePointer<Float>
  ) -> (Lanes, Lanes, Lanes, Lanes, Lanes) {
    var s0 = Lanes(repeating: panel[0])
    var s1 = Lanes(repeating: panel[1])
    var s2 = Lanes(repeating: panel[2])
    var s3 = Lanes(repeating: panel[3])
    var s4 = Lanes(repeating: panel[4])
    var weights = panel + columns
    for k in 0..<depth {
      let value = x[k]
      s0 = s0 + value * Lanes(repeating: weights[0])
      s1 = s1 + value * Lanes(repeating: weights[1])
      s2 = s2 + value * Lanes(repeating: weights[2])
      s3 = s3 + value * Lanes(repeating: weights[3])
      s4 = s4 + value * Lanes(repeating: weights[4])
      weights += columns
    }
    return (s0, s1, s2, s3, s4)
  }
}
