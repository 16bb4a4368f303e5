/// The area between the axes of a panel, on which layers draw.
struct Canvas {
  let width: Double
  let height: Double
  let xScale: Scale
  let yScale: Scale
  /// What is cut off at the border of the area.
  var data = SVGFragment()
  /// What may reach beyond it and lies above the data.
  var annotations = SVGFragment()

  init(width: Double, height: Double, xScale: Scale, yScale: Scale) {
    self.width = width
    self.height = height
    self.xScale = xScale
    self.yScale = yScale
  }

  /// The horizontal position of a value in points from the left, if it has one.
  func horizontal(_ value: Double) -> Double? {
    xScale.fraction(of: value).map { $0 * width }
  }

  /// The vertical position of a value in points from the top, if it has one.
  func vertical(_ value: Double) -> Double? {
    yScale.fraction(of: value).map { (1 - $0) * height }
  }

  /// Where the lowest values lie: zero if the axis shows it, else the lower end of the axis.
  var baseline: Double {
    let zero = vertical(0) ?? height
    return min(max(zero, 0), height)
  }

  /// The position of a pair of values, if both have one.
  func point(_ x: Double, _ y: Double) -> Point? {
    guard let horizontal = horizontal(x), let vertical = vertical(y) else { return nil }
    return Point(x: horizontal, y: vertical)
  }

  /// Draws a path that is not filled.
  mutating func stroke(_ path: PathData, color: Color, width: Double, dashes: String = "none") {
    guard !path.isEmpty else { return }
    data.element(
      "path",
      [
        "d": path.text, "fill": "none", "stroke": color, "stroke-width": width, "stroke-dasharray": dashes,
        "stroke-linejoin": "round",
      ])
  }

  /// Fills a path.
  mutating func fill(_ path: PathData, color: Color, opacity: Double) {
    guard !path.isEmpty else { return }
    data.element("path", ["d": path.text, "fill": color, "fill-opacity": opacity])
  }
}
