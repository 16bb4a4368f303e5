extension Layer {
  /// A line across the panel at one value of x, if that is finite. It does not widen automatic axes.
  /// - Parameter label: name in the legend
  public static func verticalLine(
    x: Double, color: Color = .gray, style: LineStyle = .dashed, label: String? = nil
  ) -> Layer {
    Layer(VerticalLine(x: x, color: color, style: style, label: label))
  }
}

struct VerticalLine: LayerContent {
  let x: Double
  let color: Color
  let style: LineStyle
  let label: String?

  var legendEntry: LegendEntry? { LegendEntry(label, color, style == .solid ? .line : .dashedLine) }

  func draw(on canvas: inout Canvas) {
    var path = PathData()
    if let x = canvas.horizontal(x) { path.mark(at: Point(x: x, y: 0), dx: 0, dy: canvas.height) }
    canvas.stroke(path, color: color, width: 0.6, dashes: style == .solid ? "none" : "2 1.5")
  }
}
