import Figures

extension Panel {
  /// The scale of a heat map's colours, to stand at the end of its row.
  static func colorScale(
    label: String = "", _ colors: ColorMap, limits: ClosedRange<Double>, relativeWidth: Double
  ) -> Panel {
    let steps = 40
    let step = (limits.upperBound - limits.lowerBound) / Double(steps)
    return Panel(
      x: Axis(marks: .none), y: Axis(label, from: limits.lowerBound, to: limits.upperBound),
      layers: [
        .heatMap(
          (0..<steps).map { [limits.lowerBound + step * (Double($0) + 0.5)] }, colors: colors,
          limits: limits, x: 0...1, y: limits)
      ], legend: .none, relativeWidth: relativeWidth)
  }
}
