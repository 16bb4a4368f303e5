/// A panel with its scales and the room that it needs around its axes, all in points.
struct PanelLayout {
  private static let tickLength = 2.5
  private static let axisOffset = 2.0

  let panel: Panel
  let height: Double
  private let xScale: Scale
  private let yScale: Scale
  private let yTicks: Ticks
  private let hasData: Bool
  let legendEntries: [LegendEntry]

  init(_ panel: Panel, height: Double) {
    self.panel = panel
    self.height = height
    var xExtent = Extent()
    var yExtent = Extent()
    for layer in panel.layers.map(\.content) {
      xExtent.formUnion(layer.xExtent)
      yExtent.formUnion(layer.yExtent)
    }
    func hasPlace(_ extent: Extent, _ axis: Axis) -> Bool {
      (axis.kind == .linear ? extent.lower : extent.lowestPositive) != nil
    }
    hasData = hasPlace(xExtent, panel.x) && hasPlace(yExtent, panel.y)
    xScale = panel.x.scale(for: xExtent)
    yScale = panel.y.scale(for: yExtent)
    yTicks = hasData ? panel.y.ticks(for: yScale, length: height, spacing: 16) : Ticks(major: [])
    legendEntries = hasData && panel.legend != .none ? panel.layers.compactMap(\.content.legendEntry) : []
  }

  var leftMargin: Double {
    var margin = yLabelOffset + Self.axisOffset
    if !panel.y.label.isEmpty { margin += Typography.label + 4 }
    return max(margin, 16)
  }

  var rightMargin: Double {
    let halfTickLabel = 8.0
    let legend = panel.legend == .right && !legendEntries.isEmpty ? legendWidth + 2 : 0
    return max(halfTickLabel, legend, panel.layers.map(\.content.rightMargin).max() ?? 0)
  }

  var topMargin: Double {
    titleBaseline + (panel.title.isEmpty ? 0 : Typography.title)
  }

  var bottomMargin: Double {
    var margin = Self.axisOffset + Self.tickLength
    if panel.x.marks != .none && panel.x.showsLabels { margin += Typography.tick + 3 }
    if !panel.x.label.isEmpty { margin += Typography.label + 4 }
    return margin
  }

  /// Distance of the title from the axes: above the legend and the power of ten.
  private var titleBaseline: Double {
    let hasRow = yTicks.exponent != 0 || (panel.legend == .above && !legendEntries.isEmpty)
    return hasRow ? 4 + Typography.label : 4
  }

  /// Distance of the y axis's label from the axis line.
  private var yLabelOffset: Double {
    guard panel.y.marks != .none else { return 2 }
    guard panel.y.showsLabels else { return Self.tickLength + 2 }
    let widths = yTicks.major.map { RichText($0.label).width(fontSize: Typography.tick) }
    return Self.tickLength + 2 + (widths.max() ?? 0)
  }

  /// Draws the panel with the upper left corner of its axes at (left, top).
  func draw(left: Double, top: Double, width: Double, into svg: inout SVGFragment) {
    let xTicks = hasData ? panel.x.ticks(for: xScale, length: width, spacing: 25) : Ticks(major: [])
    svg.element("g", ["transform": "translate(\(left.attributeText) \(top.attributeText))"]) { svg in
      if hasData {
        var canvas = Canvas(width: width, height: height, xScale: xScale, yScale: yScale)
        for layer in panel.layers { layer.content.draw(on: &canvas) }
        // A nested svg element cuts off what lies outside it. Clip paths would need identifiers, which
        // clash when several figures stand in one page.
        svg.element("svg", ["width": width, "height": height, "overflow": "hidden"]) {
          $0.append(canvas.data)
        }
        svg.append(canvas.annotations)
      } else {
        svg.text(
          RichText(panel.emptyText), x: width / 2, y: height / 2 + 2, anchor: .middle, size: Typography.label,
          color: .gray)
      }
      drawXAxis(xTicks, width: width, into: &svg)
      drawYAxis(into: &svg)
      if !panel.title.isEmpty {
        svg.text(RichText(panel.title), x: 0, y: -titleBaseline, size: Typography.title)
      }
      drawLegend(width: width, into: &svg)
    }
  }

  private func drawXAxis(_ ticks: Ticks, width: Double, into svg: inout SVGFragment) {
    let y = height + Self.axisOffset
    var path = PathData()
    var labelBaseline = y + Self.tickLength
    if panel.x.marks != .none {
      path.mark(at: Point(x: 0, y: y), dx: width, dy: 0)
      for tick in ticks.major {
        guard let fraction = xScale.fraction(of: tick.value) else { continue }
        path.mark(at: Point(x: fraction * width, y: y), dx: 0, dy: Self.tickLength)
        guard panel.x.showsLabels else { continue }
        svg.text(
          RichText(tick.label), x: fraction * width, y: y + Self.tickLength + 1 + Typography.tick,
          anchor: .middle, size: Typography.tick)
      }
      for value in ticks.minor {
        guard let fraction = xScale.fraction(of: value) else { continue }
        path.mark(at: Point(x: fraction * width, y: y), dx: 0, dy: Self.tickLength / 2)
      }
      drawAxisPath(path, into: &svg)
      if panel.x.showsLabels { labelBaseline += Typography.tick + 3 }
    }
    labelBaseline += Typography.label
    if ticks.exponent != 0 && panel.x.showsLabels {
      svg.text(
        powerLabel(ticks.exponent), x: width, y: labelBaseline, anchor: .end, size: Typography.tick)
    }
    if !panel.x.label.isEmpty {
      svg.text(RichText(panel.x.label), x: width / 2, y: labelBaseline, anchor: .middle)
    }
  }

  private func drawYAxis(into svg: inout SVGFragment) {
    let x = -Self.axisOffset
    var path = PathData()
    if panel.y.marks != .none {
      path.mark(at: Point(x: x, y: 0), dx: 0, dy: height)
      for tick in yTicks.major {
        guard let fraction = yScale.fraction(of: tick.value) else { continue }
        let y = (1 - fraction) * height
        path.mark(at: Point(x: x, y: y), dx: -Self.tickLength, dy: 0)
        guard panel.y.showsLabels else { continue }
        svg.text(
          RichText(tick.label), x: x - Self.tickLength - 1.5, y: y + 0.35 * Typography.tick, anchor: .end,
          size: Typography.tick)
      }
      for value in yTicks.minor {
        guard let fraction = yScale.fraction(of: value) else { continue }
        path.mark(at: Point(x: x, y: (1 - fraction) * height), dx: -Self.tickLength / 2, dy: 0)
      }
      drawAxisPath(path, into: &svg)
      if yTicks.exponent != 0 && panel.y.showsLabels {
        svg.text(powerLabel(yTicks.exponent), x: x, y: -4, size: Typography.tick)
      }
    }
    if !panel.y.label.isEmpty {
      svg.text(
        RichText(panel.y.label), x: x - yLabelOffset - 3, y: height / 2, anchor: .middle, rotated: true)
    }
  }

  private func drawAxisPath(_ path: PathData, into svg: inout SVGFragment) {
    svg.element("path", ["d": path.text, "fill": "none", "stroke": Color.ink, "stroke-width": 0.5])
  }

  private func powerLabel(_ exponent: Int) -> RichText {
    RichText("×10^{\(Ticks.decimalText(exponent, power: 0))}")
  }
}
