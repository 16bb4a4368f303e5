extension Layer {
  /// A matrix as coloured cells, with a colour bar to the right of the axes. Cells that are not finite, or
  /// have no place on the colour axis, are left white.
  /// - Parameters:
  ///   - values: `values[row][column]`, rows along y
  ///   - xEdges: borders of the columns, one more than columns
  ///   - yEdges: borders of the rows, one more than rows
  ///   - colorAxis: label, spacing and limits of the colours
  public static func heatMap(
    values: [[Double]], xEdges: [Double], yEdges: [Double], colors: ColorMap = .viridis,
    colorAxis: Axis = Axis()
  ) -> Layer {
    precondition(
      values.isEmpty || yEdges.count == values.count + 1, "a heat map needs one more row edge than rows")
    precondition(
      values.allSatisfy { xEdges.count == $0.count + 1 }, "a heat map needs one more column edge than columns"
    )
    return Layer(
      HeatMap(values: values, xEdges: xEdges, yEdges: yEdges, colors: colors, colorAxis: colorAxis))
  }
}

struct HeatMap: LayerContent {
  let values: [[Double]]
  let xEdges: [Double]
  let yEdges: [Double]
  let colors: ColorMap
  let colorAxis: Axis

  var xExtent: Extent { valueExtent.isEmpty ? Extent() : Extent(xEdges) }
  var yExtent: Extent { valueExtent.isEmpty ? Extent() : Extent(yEdges) }
  var rightMargin: Double { colorAxis.label.isEmpty ? 32 : 42 }

  private var valueExtent: Extent { Extent(values.joined()) }

  func draw(on canvas: inout Canvas) {
    let scale = colorAxis.scale(for: valueExtent)
    var cells = SVGFragment()
    cells.element("g", ["shape-rendering": "crispEdges"]) { cells in
      for (row, rowValues) in values.enumerated() {
        guard let a = canvas.vertical(yEdges[row]), let b = canvas.vertical(yEdges[row + 1]) else { continue }
        for (column, value) in rowValues.enumerated() {
          guard let fraction = scale.fraction(of: value), let left = canvas.horizontal(xEdges[column]),
            let right = canvas.horizontal(xEdges[column + 1])
          else { continue }
          cells.element(
            "rect",
            [
              "x": min(left, right), "y": min(a, b), "width": abs(right - left), "height": abs(b - a),
              "fill": colors.color(at: fraction),
            ])
        }
      }
    }
    canvas.data.append(cells)
    drawColorBar(scale, on: &canvas)
  }

  private func drawColorBar(_ scale: Scale, on canvas: inout Canvas) {
    let left = canvas.width + 8
    let barWidth = 6.0
    let steps = 64
    let height = canvas.height / Double(steps)
    var bar = SVGFragment()
    bar.element("g", ["shape-rendering": "crispEdges"]) { bar in
      for step in 0..<steps {
        let color = colors.color(at: (Double(step) + 0.5) / Double(steps))
        bar.element(
          "rect",
          [
            "x": left, "y": canvas.height - Double(step + 1) * height, "width": barWidth,
            // A little overlap hides the seams that renderers leave between neighbours.
            "height": step == 0 ? height : height + 0.3, "fill": color,
          ])
      }
    }
    canvas.annotations.append(bar)
    let ticks = colorAxis.ticks(for: scale, length: canvas.height, spacing: 22)
    var marks = PathData()
    for tick in ticks.major {
      guard let fraction = scale.fraction(of: tick.value) else { continue }
      let y = (1 - fraction) * canvas.height
      marks.mark(at: Point(x: left + barWidth, y: y), dx: 2, dy: 0)
      canvas.annotations.text(
        RichText(tick.label), x: left + barWidth + 3.5, y: y + 0.35 * Typography.tick, size: Typography.tick)
    }
    canvas.annotations.element("path", ["d": marks.text, "stroke": Color.ink, "stroke-width": 0.5])
    if ticks.exponent != 0 {
      canvas.annotations.text(
        RichText("×10^{\(Ticks.decimalText(ticks.exponent, power: 0))}"), x: left, y: -3,
        size: Typography.tick)
    }
    if !colorAxis.label.isEmpty {
      canvas.annotations.text(
        RichText(colorAxis.label), x: canvas.width + rightMargin - 2, y: canvas.height / 2, anchor: .middle,
        rotated: true)
    }
  }
}
