extension Layer {
  /// Spikes as short vertical marks, one row a neuron. All are written, so thin out beforehand: up to about
  /// 10,000 spikes keep the figure below 150 kB.
  /// - Parameters:
  ///   - times: spike times in units of the x axis
  ///   - rows: row of the neuron of each spike, on the y axis
  ///   - label: name in the legend
  public static func raster(
    times: [Double], rows: [Int], color: Color = .ink, label: String? = nil
  ) -> Layer {
    precondition(times.count == rows.count, "a raster needs as many times as rows")
    return Layer(Raster(times: times, rows: rows, color: color, label: label))
  }
}

struct Raster: LayerContent {
  let times: [Double]
  let rows: [Int]
  let color: Color
  let label: String?

  var xExtent: Extent { Extent(times) }
  var yExtent: Extent { Extent(rows.lazy.map(Double.init)) }
  var legendEntry: LegendEntry? { LegendEntry(label, color, .patch) }

  func draw(on canvas: inout Canvas) {
    let rowHeight = canvas.height / max(1, abs(canvas.yScale.end - canvas.yScale.start))
    let length = min(max(0.8 * rowHeight, 1.2), 3)
    var path = PathData()
    for (time, row) in zip(times, rows) {
      guard let point = canvas.point(time, Double(row)) else { continue }
      path.mark(at: Point(x: point.x, y: point.y - length / 2), dx: 0, dy: length)
    }
    canvas.stroke(path, color: color, width: 0.5)
  }
}
