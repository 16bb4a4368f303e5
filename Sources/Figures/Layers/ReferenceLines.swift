extension Layer {
  /// A line across the panel at one value of y, if that is finite. It does not widen automatic axes.
  /// - Parameter label: name in the legend
  public static func horizontalLine(
    y: Double, color: Color = .gray, style: LineStyle = .dashed, label: String? = nil
  ) -> Layer {
    Layer(ReferenceLine(value: y, isVertical: false, color: color, style: style, label: label))
  }

  /// A line across the panel at one value of x, if that is finite. It does not widen automatic axes.
  /// - Parameter label: name in the legend
  public static func verticalLine(
    x: Double, color: Color = .gray, style: LineStyle = .dashed, label: String? = nil
  ) -> Layer {
    Layer(ReferenceLine(value: x, isVertical: true, color: color, style: style, label: label))
  }
}

struct ReferenceLine: LayerContent {
  let value: Double
  let isVertical: Bool
  let color: Color
  let style: LineStyle
  let label: String?

  var legendEntry: LegendEntry? { LegendEntry(label, color, style == .solid ? .line : .dashedLine) }

  func draw(on canvas: inout Canvas) {
    var path = PathData()
    if isVertical, let x = canvas.horizontal(value) {
      path.mark(at: Point(x: x, y: 0), dx: 0, dy: canvas.height)
    } else if !isVertical, let y = canvas.vertical(value) {
      path.mark(at: Point(x: 0, y: y), dx: canvas.width, dy: 0)
    }
    canvas.stroke(path, color: color, width: 0.6, dashes: style == .solid ? "none" : "2 1.5")
  }
}
