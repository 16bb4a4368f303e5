extension PanelLayout {
  private static let signWidth = 9.0
  private static let gap = 3.0

  /// Draws the panel's legend, relative to the upper left corner of the axes.
  func drawLegend(width: Double, into svg: inout SVGFragment) {
    guard !legendEntries.isEmpty else { return }
    let size = Typography.tick
    func drawEntry(_ index: Int, x: Double, y: Double) {
      drawSign(of: legendEntries[index], x: x, y: y - 0.35 * size, into: &svg)
      svg.text(RichText(legendEntries[index].label), x: x + Self.signWidth + Self.gap, y: y, size: size)
    }
    switch panel.legend {
    case .none: break
    case .above:
      var x = width
      for index in legendEntries.indices.reversed() {
        x -= Self.signWidth + Self.gap + labelWidths[index]
        drawEntry(index, x: x, y: -4)
        x -= 2 * Self.gap
      }
    case .right, .upperLeft, .upperRight:
      let lineHeight = 1.4 * size
      let left =
        switch panel.legend {
        case .right: width + 2
        case .upperLeft: 2.0
        default: width - legendWidth
        }
      svg.element(
        "rect",
        [
          "x": left, "y": 0.0, "width": legendWidth,
          "height": Double(legendEntries.count) * lineHeight + Self.gap, "fill": Color.paper,
          "fill-opacity": 0.85,
        ])
      for index in legendEntries.indices {
        drawEntry(index, x: left + Self.gap, y: Double(index + 1) * lineHeight)
      }
    }
  }

  /// Width of a legend with its entries below each other.
  var legendWidth: Double {
    Self.signWidth + 3 * Self.gap + (labelWidths.max() ?? 0)
  }

  private var labelWidths: [Double] {
    legendEntries.map { RichText($0.label).width(fontSize: Typography.tick) }
  }

  private func drawSign(of entry: LegendEntry, x: Double, y: Double, into svg: inout SVGFragment) {
    switch entry.sign {
    case .line, .dashedLine:
      svg.element(
        "line",
        [
          "x1": x, "x2": x + Self.signWidth, "y1": y, "y2": y, "stroke": entry.color, "stroke-width": 1.0,
          "stroke-dasharray": entry.sign == .line ? "none" : "2 1.5",
        ])
    case .dot:
      svg.element("circle", ["cx": x + Self.signWidth / 2, "cy": y, "r": 1.3, "fill": entry.color])
    case .patch:
      svg.element(
        "rect",
        ["x": x + 2, "y": y - 2, "width": Self.signWidth - 2, "height": 4.0, "fill": entry.color])
    }
  }
}
