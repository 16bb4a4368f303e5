import Figures

/// Estimates from windows of a recording over time.
package struct EstimateCourseFigure: Sendable {
  /// One parameter.
  package struct Parameter: Sendable {
    /// Its symbol, with its unit.
    package var name: String
    /// Estimates, one a window; NaN where there is none.
    package var estimates: [Double]
    /// Standard deviations of the predicted distributions; nil if only values are predicted.
    package var deviations: [Double]?
    /// The range that the model was trained for.
    package var range: ClosedRange<Double>

    /// A parameter's course.
    package init(name: String, estimates: [Double], deviations: [Double]?, range: ClosedRange<Double>) {
      (self.name, self.estimates, self.deviations, self.range) = (name, estimates, deviations, range)
    }
  }

  /// The middle of each window in s.
  package var time: [Double]
  /// The parameters.
  package var parameters: [Parameter]
  /// Windows that speak against their estimates, or have none.
  package var isFlagged: [Bool]
  /// The recording.
  package var title: String

  /// A figure of some windows.
  package init(title: String, time: [Double], parameters: [Parameter], isFlagged: [Bool]) {
    precondition(parameters.allSatisfy { $0.estimates.count == time.count }, "an estimate for each window")
    (self.title, self.time, self.parameters, self.isFlagged) = (title, time, parameters, isFlagged)
  }

  /// One panel for each parameter: the estimate with bands of one and of 1.645 standard deviations, crosses of flagged windows
  /// at the lower edge, dashed lines where the trained range is left.
  package var figure: Figure {
    Figure(
      title: title, width: .doubleColumn,
      rows: parameters.enumerated().map { index, parameter in
        Figure.Row(
          height: 32, [panel(parameter, isLast: index == parameters.count - 1, hasLegend: index == 0)])
      })
  }

  private func panel(_ parameter: Parameter, isLast: Bool, hasLegend: Bool) -> Panel {
    let estimates = parameter.estimates
    var layers: [Layer] = []
    var extent = estimates.filter(\.isFinite)
    if let deviations = parameter.deviations {
      for factor in [1.645, 1] {
        let lower = zip(estimates, deviations).map { $0 - factor * $1 }
        let upper = zip(estimates, deviations).map { $0 + factor * $1 }
        extent += (lower + upper).filter(\.isFinite)
        layers.append(.band(x: time, lower: lower, upper: upper, color: .blue))
      }
    }
    layers.append(.line(x: time, y: estimates, color: .blue, label: "estimate, 68 % and 90 %"))
    let (low, high) = (extent.min() ?? 0, extent.max() ?? 1)
    let flagged = time.indices.filter { isFlagged[$0] }
    if !flagged.isEmpty {
      layers.append(
        .points(
          x: flagged.map { time[$0] }, y: flagged.map { _ in low }, color: .vermilion, diameter: 2.5,
          label: "flagged"))
    }
    if let first = time.first, let last = time.last {
      for limit in [parameter.range.lowerBound, parameter.range.upperBound] where (low...high).contains(limit)
      {
        layers.append(.line(x: [first, last], y: [limit, limit], color: .gray, width: 0.5, style: .dashed))
      }
    }
    return Panel(
      x: Axis(isLast ? "time (s)" : "", showsLabels: isLast), y: Axis(parameter.name, padding: 0.06),
      layers: layers, legend: hasLegend ? .above : .none, emptyText: "no estimates")
  }
}
