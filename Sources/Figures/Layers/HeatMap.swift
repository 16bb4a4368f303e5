extension Layer {
  /// A matrix as coloured cells. Cells have width and height 1 and are centred on their numbers from 0, unless the axes'
  /// ranges for the cells' outer edges are given. Cells that are not finite stay empty.
  /// - Parameters:
  ///   - values: [row][column]; rows count along y
  ///   - limits: the values at both ends of `colors`
  public static func heatMap(
    _ values: [[Double]], colors: ColorMap, limits: ClosedRange<Double>, x: ClosedRange<Double>? = nil,
    y: ClosedRange<Double>? = nil
  ) -> Layer {
    let columns = values.first?.count ?? 0
    precondition(values.allSatisfy { $0.count == columns }, "rows of a heat map must have equal lengths")
    return Layer(
      HeatMap(
        values: values, colors: colors, limits: limits, x: x ?? -0.5...(Double(columns) - 0.5).clampedUp,
        y: y ?? -0.5...(Double(values.count) - 0.5).clampedUp))
  }
}

extension Double {
  /// Not less than where axes of cells begin.
  fileprivate var clampedUp: Double { max(self, -0.5) }
}

struct HeatMap: LayerContent {
  let values: [[Double]]
  let colors: ColorMap
  let limits: ClosedRange<Double>
  let x, y: ClosedRange<Double>

  private var columns: Int { values.first?.count ?? 0 }
  private var hasCells: Bool { values.contains { $0.contains { $0.isFinite } } }

  var xExtent: Extent { hasCells ? Extent([x.lowerBound, x.upperBound]) : Extent() }
  var yExtent: Extent { hasCells ? Extent([y.lowerBound, y.upperBound]) : Extent() }

  /// Colours that are told apart; cells of one colour are one path, which keeps files small.
  private static let levels = 48
  /// Cells reach under their neighbours by this many points, as renderers leave a seam otherwise.
  private static let overlap = 0.3

  func draw(on canvas: inout Canvas) {
    let width = (x.upperBound - x.lowerBound) / Double(max(columns, 1))
    let height = (y.upperBound - y.lowerBound) / Double(max(values.count, 1))
    var paths = [PathData](repeating: PathData(), count: Self.levels + 1)
    for (row, cells) in values.enumerated() {
      let bottom = y.lowerBound + Double(row) * height
      var column = 0
      while column < cells.count {
        // Neighbours of one colour are one rectangle.
        let first = column, level = level(of: cells[column])
        repeat { column += 1 } while column < cells.count && self.level(of: cells[column]) == level
        guard let level, let lower = canvas.point(x.lowerBound + Double(first) * width, bottom),
          let upper = canvas.point(x.lowerBound + Double(column) * width, bottom + height)
        else { continue }
        paths[level].move(to: lower)
        let end = Point(x: upper.x + Self.overlap, y: upper.y - Self.overlap)
        for corner in [Point(x: end.x, y: lower.y), end, Point(x: lower.x, y: end.y)] {
          paths[level].line(to: corner)
        }
      }
    }
    for (level, path) in paths.enumerated() {
      canvas.fill(path, color: colors.color(at: Double(level) / Double(Self.levels)), opacity: 1)
    }
  }

  private func level(of value: Double) -> Int? {
    guard value.isFinite else { return nil }
    let span = limits.upperBound - limits.lowerBound
    let fraction = span > 0 ? (value - limits.lowerBound) / span : 0.5
    return Int((min(1, max(0, fraction)) * Double(Self.levels)).rounded())
  }
}
