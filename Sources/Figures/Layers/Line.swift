/// How a line is broken.
public enum LineStyle: Sendable {
  /// Without gaps.
  case solid
  /// Short dashes.
  case dashed
}

extension Layer {
  /// Points joined by straight lines, interrupted at values that are not finite; a value between two gaps
  /// is a dot.
  /// - Parameters:
  ///   - width: thickness in points
  ///   - label: name in the legend
  public static func line(
    x: [Double], y: [Double], color: Color = .blue, width: Double = 0.8, style: LineStyle = .solid,
    label: String? = nil
  ) -> Layer {
    precondition(x.count == y.count, "a line needs as many x as y values")
    return Layer(Line(x: x, y: y, color: color, width: width, style: style, label: label))
  }
}

struct Line: LayerContent {
  let x: [Double]
  let y: [Double]
  let color: Color
  let width: Double
  let style: LineStyle
  let label: String?

  var xExtent: Extent { Extent(x) }
  var yExtent: Extent { Extent(y) }
  var legendEntry: LegendEntry? {
    LegendEntry(label, color, style == .solid ? .line : .dashedLine)
  }

  func draw(on canvas: inout Canvas) {
    var path = PathData()
    var dots = PathData()
    let points = zip(x, y).map { canvas.point($0, $1) }
    for (index, point) in points.enumerated() {
      guard let point else { continue }
      let follows = index > 0 && points[index - 1] != nil
      let precedes = index + 1 < points.count && points[index + 1] != nil
      if follows {
        path.line(to: point)
      } else if precedes {
        path.move(to: point)
      } else {
        dots.mark(at: point, dx: 0.01, dy: 0)
      }
    }
    canvas.stroke(path, color: color, width: width, dashes: style == .solid ? "none" : "3 2")
    canvas.dots(dots, color: color, diameter: 1.5 * width, opacity: 1)
  }
}
