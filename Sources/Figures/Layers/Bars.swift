extension Layer {
  /// Bars that stand on zero, one at each x where its height is finite.
  /// - Parameters:
  ///   - x: centres of the bars
  ///   - width: of a bar, in units of the x axis
  ///   - label: name in the legend
  public static func bars(
    x: [Double], heights: [Double], width: Double = 0.8, color: Color = .blue, label: String? = nil
  ) -> Layer {
    precondition(x.count == heights.count, "bars need as many positions as heights")
    return Layer(Bars(x: x, heights: heights, width: width, color: color, label: label))
  }
}

struct Bars: LayerContent {
  let x: [Double]
  let heights: [Double]
  let width: Double
  let color: Color
  let label: String?

  var xExtent: Extent { Extent(x.flatMap { [$0 - width / 2, $0 + width / 2] }) }
  var yExtent: Extent { Extent(heights) }
  var legendEntry: LegendEntry? { LegendEntry(label, color, .patch) }

  func draw(on canvas: inout Canvas) {
    var path = PathData()
    let baseline = canvas.baseline
    for (center, height) in zip(x, heights) {
      guard let left = canvas.point(center - width / 2, height),
        let right = canvas.horizontal(center + width / 2)
      else { continue }
      path.move(to: Point(x: left.x, y: baseline))
      path.line(to: left)
      path.line(to: Point(x: right, y: left.y))
      path.line(to: Point(x: right, y: baseline))
    }
    canvas.fill(path, color: color, opacity: 1)
  }
}
