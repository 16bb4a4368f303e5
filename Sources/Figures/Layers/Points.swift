extension Layer {
  /// Round dots where x and y are finite.
  /// - Parameters:
  ///   - diameter: in points
  ///   - opacity: of the whole set, so that what lies beneath shows through; dots of one set do not add up
  ///   - label: name in the legend
  public static func points(
    x: [Double], y: [Double], color: Color = .blue, diameter: Double = 1.5, opacity: Double = 1,
    label: String? = nil
  ) -> Layer {
    precondition(x.count == y.count, "points need as many x as y values")
    return Layer(Points(x: x, y: y, color: color, diameter: diameter, opacity: opacity, label: label))
  }
}

struct Points: LayerContent {
  let x: [Double]
  let y: [Double]
  let color: Color
  let diameter: Double
  let opacity: Double
  let label: String?

  var xExtent: Extent { Extent(x) }
  var yExtent: Extent { Extent(y) }
  var legendEntry: LegendEntry? { LegendEntry(label, color, .dot) }

  func draw(on canvas: inout Canvas) {
    var path = PathData()
    for case let point? in zip(x, y).map({ canvas.point($0, $1) }) {
      path.mark(at: point, dx: 0.01, dy: 0)
    }
    canvas.dots(path, color: color, diameter: diameter, opacity: opacity)
  }
}

extension Canvas {
  /// Draws the marks of `path` as dots: one path of very short lines with round ends is many times
  /// smaller than circles.
  mutating func dots(_ path: PathData, color: Color, diameter: Double, opacity: Double) {
    guard !path.isEmpty else { return }
    data.element(
      "path",
      [
        "d": path.text, "fill": "none", "stroke": color, "stroke-width": diameter, "stroke-linecap": "round",
        "stroke-opacity": opacity,
      ])
  }
}
