import Figures

/// Estimates against true values, one panel a parameter.
package struct EstimateScatterFigure: Sendable {
  /// The estimates of one parameter.
  package struct Parameter: Sendable {
    /// The parameter's symbol.
    package var name: String
    /// The parameter's unit; empty if it has none.
    package var unit: String
    /// The true values.
    package var truth: [Double]
    /// The estimates, in the same order.
    package var estimate: [Double]
    /// The range of the true values, for both axes.
    package var range: ClosedRange<Double>

    /// The estimates of one parameter.
    package init(
      name: String, unit: String = "", truth: [Double], estimate: [Double], range: ClosedRange<Double>
    ) {
      self.name = name
      self.unit = unit
      self.truth = truth
      self.estimate = estimate
      self.range = range
    }
  }

  /// The title above all panels; empty for none.
  package var title: String
  /// The parameters, at most three to a row.
  package var parameters: [Parameter]

  /// A figure of the estimates of these parameters.
  package init(title: String = "", parameters: [Parameter]) {
    self.title = title
    self.parameters = parameters
  }

  /// The figure. Of more than `maximumPoints` estimates, evenly spaced ones are shown. The axes cover the
  /// range and 4 % beyond each end; the text tells how many estimates lie outside.
  package var figure: Figure {
    Figure(
      title: title, width: .doubleColumn,
      rows: parameters.inRowsOfThree().map { row in
        Figure.Row(height: 46, columns: row.columns, row.parameters.map(panel))
      })
  }

  /// The most dots in a panel.
  package static let maximumPoints = 4000

  private func panel(_ parameter: Parameter) -> Panel {
    let count = parameter.truth.count
    precondition(parameter.estimate.count == count, "a scatter plot needs an estimate for each true value")
    let every = max(1, (count + Self.maximumPoints - 1) / Self.maximumPoints)
    let shown = stride(from: 0, to: count, by: every)
    let truth = shown.map { parameter.truth[$0] }
    let estimate = shown.map { parameter.estimate[$0] }
    let unit = parameter.unit.isEmpty ? "" : " (\(parameter.unit))"
    let margin = 0.04 * (parameter.range.upperBound - parameter.range.lowerBound)
    let limits = parameter.range.lowerBound - margin...parameter.range.upperBound + margin
    func axis(_ word: String) -> Axis {
      Axis("\(word) \(parameter.name)\(unit)", from: limits.lowerBound, to: limits.upperBound)
    }
    let beyond = zip(parameter.truth, parameter.estimate).count { truth, estimate in
      truth.isFinite && estimate.isFinite && !(limits.contains(truth) && limits.contains(estimate))
    }
    var lines = ["n = \(count)"]
    if every > 1 { lines.append("\(truth.count) shown") }
    if beyond > 0 { lines.append("\(beyond) beyond the axes") }
    let ends = [parameter.range.lowerBound, parameter.range.upperBound]
    let hasData = zip(truth, estimate).contains { $0.isFinite && $1.isFinite }
    return Panel(
      x: axis("true"), y: axis("estimated"),
      layers: hasData
        ? [
          .points(x: truth, y: estimate, diameter: count > 1000 ? 1 : 1.6, opacity: 0.7),
          .line(x: ends, y: ends, color: .ink, width: 0.6, style: .dashed),
          .text(lines, x: 0.02, y: 1),
        ] : [])
  }
}
