import Figures
import Foundation

/// Maps of several measures of activity over g and η, a row for each measure and a column for each J, as in Fig. 6 of
/// Skaar et al. 2020, doi:10.1371/journal.pcbi.1007725.
package struct SurveyFigure: Sendable {
  /// Networks of one J.
  package struct Column: Sendable {
    /// What stands above.
    package var name: String
    /// Where theory has the stationary state become unstable.
    package var borders: [StabilityPlaneFigure.Segment]
    /// Networks to be marked.
    package var marked: [(g: Double, eta: Double)]

    /// A column.
    package init(
      name: String, borders: [StabilityPlaneFigure.Segment], marked: [(g: Double, eta: Double)]
    ) {
      (self.name, self.borders, self.marked) = (name, borders, marked)
    }
  }

  /// One measure.
  package struct Row: Sendable {
    /// What it is, with its unit.
    package var name: String
    /// Whether colours stand for logarithms.
    package var isLogarithmic: Bool
    /// [column][η][g]; NaN where there is none.
    package var values: [[[Double]]]

    /// A row of maps.
    package init(name: String, isLogarithmic: Bool, values: [[[Double]]]) {
      (self.name, self.isLogarithmic, self.values) = (name, isLogarithmic, values)
    }
  }

  /// Values along the axes, evenly spaced.
  package var eta, g: [Double]
  /// The columns.
  package var columns: [Column]
  /// The rows.
  package var rows: [Row]

  /// A figure of some maps.
  package init(eta: [Double], g: [Double], columns: [Column], rows: [Row]) {
    (self.eta, self.g, self.columns, self.rows) = (eta, g, columns, rows)
  }

  /// All maps of a row have the same colours, whose scale stands to their right.
  package var figure: Figure {
    Figure(
      width: .doubleColumn,
      rows: rows.enumerated().map { number, row in
        Figure.Row(height: 30, panels(row, isFirst: number == 0, isLast: number == rows.count - 1))
      })
  }

  private func panels(_ row: Row, isFirst: Bool, isLast: Bool) -> [Panel] {
    let shown = row.values.map { map in
      map.map { $0.map { row.isLogarithmic ? ($0 > 0 ? log10($0) : .nan) : $0 } }
    }
    let finite = shown.joined().joined().filter(\.isFinite)
    let lower = row.isLogarithmic ? finite.min() ?? 0 : min(0, finite.min() ?? 0)
    let limits = lower...max(finite.max() ?? 1, lower + 1e-9)
    let maps = columns.indices.map { index in
      Panel(
        title: isFirst ? columns[index].name : "",
        x: axis(isLast ? "g" : "", g, showsLabels: isLast),
        y: axis(index == 0 ? "η" : "", eta, showsLabels: index == 0),
        layers: [
          .heatMap(shown[index], colors: .viridis, limits: limits, x: Self.edges(g), y: Self.edges(eta))
        ] + annotations(columns[index]), legend: .none)
    }
    let label = row.isLogarithmic ? "log_{10} " + row.name : row.name
    return maps + [.colorScale(label: label, .viridis, limits: limits, relativeWidth: 0.3)]
  }

  private func annotations(_ column: Column) -> [Layer] {
    var layers: [Layer] = []
    if !column.borders.isEmpty {
      layers.append(
        .line(
          x: column.borders.flatMap { [$0.from.g, $0.to.g, .nan] },
          y: column.borders.flatMap { [$0.from.eta, $0.to.eta, .nan] }, color: .paper, width: 0.8))
    }
    if !column.marked.isEmpty {
      layers.append(
        .points(x: column.marked.map(\.g), y: column.marked.map(\.eta), color: .vermilion, diameter: 3.5))
    }
    return layers
  }

  private func axis(_ label: String, _ values: [Double], showsLabels: Bool) -> Axis {
    let edges = Self.edges(values)
    return Axis(label, from: edges.lowerBound, to: edges.upperBound, showsLabels: showsLabels)
  }

  /// The outer edges of cells around evenly spaced values.
  private static func edges(_ values: [Double]) -> ClosedRange<Double> {
    let half = values.count > 1 ? (values[1] - values[0]) / 2 : 0.5
    return values[0] - half...values[values.count - 1] + half
  }
}
