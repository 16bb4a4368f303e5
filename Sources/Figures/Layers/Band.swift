extension Layer {
  /// The area between two curves, interrupted at values that are not finite.
  /// - Parameter label: name in the legend
  public static func band(
    x: [Double], lower: [Double], upper: [Double], color: Color = .blue, opacity: Double = 0.2,
    label: String? = nil
  ) -> Layer {
    precondition(x.count == lower.count && x.count == upper.count, "a band needs as many x as y values")
    return Layer(Band(x: x, lower: lower, upper: upper, color: color, opacity: opacity, label: label))
  }
}

struct Band: LayerContent {
  let x: [Double]
  let lower: [Double]
  let upper: [Double]
  let color: Color
  let opacity: Double
  let label: String?

  var xExtent: Extent { Extent(x) }
  var yExtent: Extent { Extent(lower + upper) }
  var legendEntry: LegendEntry? { LegendEntry(label, color, .patch) }

  func draw(on canvas: inout Canvas) {
    var path = PathData()
    var below: [Point] = []
    func closePiece() {
      for point in below.reversed() { path.line(to: point) }
      below = []
    }
    for index in x.indices {
      guard let low = canvas.point(x[index], lower[index]), let high = canvas.point(x[index], upper[index])
      else {
        closePiece()
        continue
      }
      if below.isEmpty { path.move(to: high) } else { path.line(to: high) }
      below.append(low)
    }
    closePiece()
    canvas.fill(path, color: color, opacity: opacity)
  }
}
