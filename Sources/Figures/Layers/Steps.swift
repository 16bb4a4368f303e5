extension Layer {
  /// A histogram as an outline: a step of height `heights[i]` from `edges[i]` to `edges[i + 1]`. Heights
  /// that are not finite are gaps.
  /// - Parameters:
  ///   - edges: bin edges, one more than heights
  ///   - fillOpacity: of the area between the outline and zero
  ///   - label: name in the legend
  public static func steps(
    edges: [Double], heights: [Double], color: Color = .blue, fillOpacity: Double = 0.2, label: String? = nil
  ) -> Layer {
    precondition(
      edges.count == heights.count + 1 || heights.isEmpty, "steps need one more edge than heights")
    return Layer(
      Steps(edges: edges, heights: heights, color: color, fillOpacity: fillOpacity, label: label))
  }
}

struct Steps: LayerContent {
  let edges: [Double]
  let heights: [Double]
  let color: Color
  let fillOpacity: Double
  let label: String?

  var xExtent: Extent { heights.isEmpty ? Extent() : Extent(edges) }
  var yExtent: Extent { Extent(heights) }
  var legendEntry: LegendEntry? { LegendEntry(label, color, .patch) }

  func draw(on canvas: inout Canvas) {
    var path = PathData()
    var end: Point?
    let baseline = canvas.baseline
    for (index, height) in heights.enumerated() {
      guard let left = canvas.point(edges[index], height), let right = canvas.horizontal(edges[index + 1])
      else {
        if let last = end { path.line(to: Point(x: last.x, y: baseline)) }
        end = nil
        continue
      }
      if end == nil { path.move(to: Point(x: left.x, y: baseline)) }
      path.line(to: left)
      path.line(to: Point(x: right, y: left.y))
      end = Point(x: right, y: left.y)
    }
    if let last = end { path.line(to: Point(x: last.x, y: baseline)) }
    if fillOpacity > 0 { canvas.fill(path, color: color, opacity: fillOpacity) }
    canvas.stroke(path, color: color, width: 0.7)
  }
}
