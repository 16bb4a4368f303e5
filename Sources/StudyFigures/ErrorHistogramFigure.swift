import Figures
import Foundation
import Statistics

/// Distributions of the estimation errors, and cumulative ones of their absolute values, one panel a parameter, as in Fig. 7 of
/// Skaar et al. (2020), https://doi.org/10.1371/journal.pcbi.1007725.
package struct ErrorHistogramFigure: Sendable {
  /// The errors of one parameter.
  package struct Parameter: Sendable {
    /// The parameter's symbol.
    package var name: String
    /// Estimate − truth, as fractions of the parameter's full range. Those not finite are left out.
    package var errors: [Double]

    /// The errors of one parameter.
    package init(name: String, errors: [Double]) {
      self.name = name
      self.errors = errors
    }
  }

  /// The title above all panels; empty for none.
  package var title: String
  /// The parameters, at most three to a row.
  package var parameters: [Parameter]

  /// A figure of the errors of these parameters.
  package init(title: String = "", parameters: [Parameter]) {
    self.title = title
    self.parameters = parameters
  }

  /// The figure. All panels have the same x axis, which holds at least 99 % of the errors of each
  /// parameter; the text tells the share beyond it, the bias (mean) and the standard deviation (ddof 0). The lower panels have
  /// a line at 90 %.
  package var figure: Figure {
    let limit = xLimit
    return Figure(
      title: title, width: .doubleColumn,
      rows: parameters.inRowsOfThree().flatMap { row in
        [
          Figure.Row(height: 38, columns: row.columns, row.parameters.map { panel($0, limit: limit) }),
          Figure.Row(height: 38, columns: row.columns, row.parameters.map { cumulative($0, limit: limit) }),
        ]
      })
  }

  /// Four standard deviations of the widest distribution, or more where its tails are heavy.
  private var xLimit: Double {
    let limits = parameters.compactMap { parameter -> Double? in
      let errors = parameter.errors.filter(\.isFinite)
      let magnitudes = errors.map(abs).sorted()
      guard let largest = magnitudes.last, largest > 0 else { return nil }
      let percentile = magnitudes[Int((0.99 * Double(magnitudes.count - 1)).rounded(.up))]
      let moments = Moments(errors)
      return min(largest, max(percentile, abs(moments.mean) + 4 * moments.standardDeviation))
    }
    return (limits.max() ?? 0.1) * 1.05
  }

  private func panel(_ parameter: Parameter, limit: Double) -> Panel {
    let errors = parameter.errors.filter(\.isFinite)
    let moments = Moments(errors)
    let binCount = min(max(Int(Double(errors.count).squareRoot()) | 1, 11), 61)
    let histogram = Histogram(errors, limit: limit, bins: binCount)
    var lines = [
      "bias \(significant(moments.mean))", "std \(significant(moments.standardDeviation))",
      "n = \(errors.count)",
    ]
    if histogram.outside > 0 { lines.append("\(histogram.outside) not shown") }
    let layers: [Layer] =
      errors.isEmpty
      ? []
      : [
        .steps(edges: histogram.edges, heights: histogram.counts),
        .verticalLine(x: 0, color: .gray, style: .solid),
        .verticalLine(x: moments.mean, color: .vermilion), .text(lines, x: 1, y: 1, anchor: .end),
      ]
    return Panel(
      title: parameter.name, x: Axis("error / full range", from: -limit, to: limit),
      y: Axis("count", includesZero: true, padding: 0.05), layers: layers)
  }

  /// The share of absolute errors below each value.
  private func cumulative(_ parameter: Parameter, limit: Double) -> Panel {
    let magnitudes = parameter.errors.filter(\.isFinite).map(abs).sorted()
    var layers: [Layer] = []
    if !magnitudes.isEmpty {
      let ninety = quantile(0.9, of: magnitudes)
      let cumulative = CumulativeShares(magnitudes, limit: limit)
      layers = [
        .line(x: [0, limit], y: [0.9, 0.9], color: .gray, width: 0.5),
        .line(x: cumulative.values, y: cumulative.shares),
        .verticalLine(x: ninety, color: .vermilion),
        .text(["90 % below \(significant(ninety))"], x: 1, y: 0.3, anchor: .end),
      ]
    }
    return Panel(
      x: Axis("|error| / full range", from: 0, to: limit), y: Axis("share of samples", from: 0, to: 1),
      layers: layers, legend: .none)
  }

  /// `value` with three significant digits.
  private func significant(_ value: Double) -> String {
    guard abs(value) > 1e-300 else { return "0" }
    let power = Int(floor(log10(abs(value)))) - 2
    let digits = Int((value / powerOfTen(power)).rounded())
    return Ticks.decimalText(digits, power: power)
  }
}
