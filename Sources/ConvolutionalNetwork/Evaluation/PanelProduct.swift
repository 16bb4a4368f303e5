/// The product of all forward passes and input gradients.
///
/// A matrix of weights [depth][columns] is packed into panels of five columns. A panel holds five start values
/// (biases or zeros) and then five weights for each depth; columns missing in the last panel are zero.
enum PanelProduct {
  /// Columns of a panel.
  static let columns = ColumnProduct.columns

  /// Number of panels for a matrix of `columns` columns.
  static func panelCount(columns: Int) -> Int { (columns + Self.columns - 1) / Self.columns }

  /// Floats of one panel.
  static func panelSize(depth: Int) -> Int { (depth + 1) * columns }

  /// For a crew member's part of the rows m and columns n: `store`(m · columns + n, start[n] + Σ_k input[m · rowStride
  /// + k] · w[k][n]), summed in the order of k.
  ///
  /// Indices and strides count vectors of a chunk's lanes, each of which lies in `Layout.registers` registers; `store` gets the
  /// index of a register.
  @inline(__always)
  static func forEach<Layout: LaneLayout>(
    _: Layout.Type, rows: Int, rowStride: Int, input: UnsafePointer<Layout.Register>, depth: Int,
    columns: Int,
    panels: UnsafePointer<Float>, crew: Crew, store: (Int, Layout.Register) -> Void
  ) {
    let size = Layout.registers
    let panelCount = panelCount(columns: columns)
    let isCutByRows = rows >= crew.count
    let ownRows = isCutByRows ? crew.part(of: rows) : 0..<rows
    let ownPanels = isCutByRows ? 0..<panelCount : crew.part(of: panelCount)

    /// Stores what came out for a register, counted over all rows.
    @inline(__always)
    func keep(_ sums: ColumnProduct.Five<Layout.Register>, _ register: Int, _ panel: Int) {
      let index = (register / size * columns + panel * Self.columns) * size + register % size
      let remaining = columns - panel * Self.columns
      store(index, sums.0)
      if remaining > 1 { store(index + size, sums.1) }
      if remaining > 2 { store(index + 2 * size, sums.2) }
      if remaining > 3 { store(index + 3 * size, sums.3) }
      if remaining > 4 { store(index + 4 * size, sums.4) }
    }
    @inline(__always)
    func position(_ register: Int) -> Int { register / size * rowStride * size + register % size }

    // Two registers at a time, of one row or of two.
    for register in stride(from: ownRows.lowerBound * size, to: ownRows.upperBound * size, by: 2) {
      let x = input + position(register)
      let isPair = register + 1 < ownRows.upperBound * size
      let second = position(register + 1) - position(register)
      for panel in ownPanels {
        let weights = panels + panel * panelSize(depth: depth)
        let numbers = ColumnProduct.Numbers(
          first: weights + Self.columns, depthStride: Self.columns, columnStride: 1)
        let start = (
          Layout.Register(repeating: weights[0]), Layout.Register(repeating: weights[1]),
          Layout.Register(repeating: weights[2]), Layout.Register(repeating: weights[3]),
          Layout.Register(repeating: weights[4])
        )
        if isPair {
          let (sums, secondSums) = ColumnProduct.two(
            x, second: second, stride: size, depth: depth, numbers, start: start)
          keep(sums, register, panel)
          keep(secondSums, register + 1, panel)
        } else {
          keep(ColumnProduct.one(x, stride: size, depth: depth, numbers, start: start), register, panel)
        }
      }
    }
  }
}
