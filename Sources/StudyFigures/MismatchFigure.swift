import Figures
import Foundation
import Statistics

/// Errors on networks that differ from those of the training: a row for each parameter that differs, a column for each that is
/// estimated, as in Figs. 11 and 12 of Skaar et al. (2020), https://doi.org/10.1371/journal.pcbi.1007725.
package struct MismatchFigure: Sendable {
  /// A parameter that differs.
  package struct Change: Sendable {
    /// Its symbol.
    package var symbol: String
    /// Its unit; `1` for none.
    package var unit: String
    /// Its value in training.
    package var trained: Double
    /// Where its distributions are cut off; nil where it has another value.
    package var bounds: ClosedRange<Double>?
    /// The errors.
    package var series: [Series]

    /// A parameter with errors.
    package init(
      symbol: String, unit: String, trained: Double, bounds: ClosedRange<Double>?, series: [Series]
    ) {
      (self.symbol, self.unit, self.trained, self.bounds) = (symbol, unit, trained, bounds)
      self.series = series
    }
  }

  /// Errors of one model on networks of one box.
  package struct Series: Sendable {
    /// What the legend calls it.
    package var name: String
    /// Series of one group, those on the same networks, have the same colour.
    package var group: String
    /// Standard deviations or values, ascending.
    package var x: [Double]
    /// Mean absolute errors in % of the range, [estimated parameter][x].
    package var errors: [[IntervalEstimate]]

    /// A model's errors.
    package init(name: String, group: String, x: [Double], errors: [[IntervalEstimate]]) {
      (self.name, self.group, self.x, self.errors) = (name, group, x, errors)
    }
  }

  /// The title.
  package var title: String
  /// Whether parameters differ within a network: standard deviations on a logarithmic axis.
  package var isSpread: Bool
  /// The parameters estimated.
  package var symbols: [String]
  /// The parameters that differ.
  package var changes: [Change]

  /// A figure of some changes.
  package init(title: String, isSpread: Bool, symbols: [String], changes: [Change]) {
    (self.title, self.isSpread, self.symbols, self.changes) = (title, isSpread, symbols, changes)
  }

  /// The figure; with spread parameters, the distributions of the first one in a last row.
  package var figure: Figure {
    let rows = changes.enumerated().map { index, change in
      Figure.Row(
        height: 30,
        symbols.indices.map {
          panel(change, $0, isFirst: index == 0, hasLegend: index == 0 && $0 == symbols.count - 1)
        })
    }
    let illustration = changes.first.flatMap(distributions).map {
      Figure.Row(height: 30, columns: max(symbols.count, 1), [$0])
    }
    return Figure(title: title, width: .doubleColumn, rows: rows + [illustration].compactMap { $0 })
  }

  /// Errors beyond, in %, leave their panels: a guess at the centre of the range has 25.
  private static let largestError = 50.0
  /// The room that the legend takes beside the last column, in widths of a panel.
  private static let legendRoom = 0.55
  private static let colors: [Color] = [.blue, .vermilion, .green, .purple]

  private func label(_ change: Change) -> String {
    let unit = change.unit == "1" ? "" : " (\(change.unit))"
    return isSpread ? "σ of \(change.symbol)\(unit)" : change.symbol + unit
  }

  private func panel(_ change: Change, _ parameter: Int, isFirst: Bool, hasLegend: Bool) -> Panel {
    var groups: [String] = []
    for series in change.series where !groups.contains(series.group) { groups.append(series.group) }
    let layers = change.series.enumerated().flatMap { index, series -> [Layer] in
      let color = Self.colors[groups.firstIndex(of: series.group)! % Self.colors.count]
      let isLater = change.series[..<index].contains { $0.group == series.group }
      let errors = series.errors[parameter]
      return [
        .band(
          x: series.x, lower: errors.map(\.lower), upper: errors.map(\.upper), color: color, opacity: 0.12),
        .line(
          x: series.x, y: errors.map(\.value), color: color, style: isLater ? .dashed : .solid,
          label: series.name),
        .points(x: series.x, y: errors.map(\.value), color: color, diameter: 2),
      ]
    }
    let largest = change.series.flatMap { $0.errors[parameter].map(\.upper) }.filter(\.isFinite).max() ?? 0
    return Panel(
      title: isFirst ? symbols[parameter] : "",
      x: isSpread ? Axis(label(change), .logarithmic, padding: 0.04) : Axis(label(change), padding: 0.04),
      y: Axis(
        parameter == 0 ? "mean |error| (%)" : "", to: largest > Self.largestError ? Self.largestError : nil,
        includesZero: true, padding: 0.06),
      layers: (isSpread ? [] : [.verticalLine(x: change.trained, color: .gray, style: .solid)]) + layers,
      legend: hasLegend ? .right : .none,
      relativeWidth: parameter == symbols.count - 1 ? 1 + Self.legendRoom : 1)
  }

  /// The densities that the parameter has in a network.
  private func distributions(_ change: Change) -> Panel? {
    guard isSpread, let bounds = change.bounds, let series = change.series.first else { return nil }
    let wide = series.x.filter { $0 > 0.02 * (bounds.upperBound - bounds.lowerBound) }
    let x = (0...200).map {
      bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) * Double($0) / 200
    }
    let layers = wide.enumerated().map { index, deviation -> Layer in
      let density = x.map { exp(-pow(($0 - change.trained) / deviation, 2) / 2) }
      let area = density.reduce(0, +) * (x[1] - x[0])
      return .line(
        x: x, y: density.map { $0 / area }, color: Self.colors[index % Self.colors.count],
        style: index < Self.colors.count ? .solid : .dashed, label: "σ = \(deviation.formatted)")
    }
    let unit = change.unit == "1" ? "" : " (\(change.unit))"
    return Panel(
      x: Axis(change.symbol + unit), y: Axis("density", includesZero: true, padding: 0.05), layers: layers,
      legend: .right)
  }
}

extension Double {
  fileprivate var formatted: String { String(format: "%g", self) }
}
