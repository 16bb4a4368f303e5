import Figures
import Foundation

/// Whether predicted distributions are calibrated: histograms of u, the predicted probability of values below the true one
/// (ranks in the sense of Talts et al. 2018, arXiv:1804.06788), and the coverage of intervals of every probability.
package struct CalibrationFigure: Sendable {
  /// One parameter, or all together.
  package struct Series: Sendable {
    /// What it is called.
    package var name: String
    /// u of each sample, uniform on [0, 1] if predictions are calibrated.
    package var values: [Double]
    /// Whether intervals begin at u = 0, as regions of highest density do, and are not centred at ½.
    package var isOneSided: Bool

    /// One parameter, or all together.
    package init(name: String, values: [Double], isOneSided: Bool = false) {
      self.name = name
      self.values = values
      self.isOneSided = isOneSided
    }
  }

  /// The title above all panels; empty for none.
  package var title: String
  /// What is shown.
  package var series: [Series]
  /// Bins of the histograms.
  package var binCount: Int

  /// A figure of some parameters.
  package init(title: String = "", series: [Series], binCount: Int = 20) {
    self.title = title
    self.series = series
    self.binCount = binCount
  }

  /// The figure. Grey bands hold 99 % of what calibrated predictions give, point by point.
  package var figure: Figure {
    let histograms = stride(from: 0, to: series.count, by: 2).map { first in
      Figure.Row(height: 30, columns: 2, series[first..<min(first + 2, series.count)].map(histogram))
    }
    return Figure(
      title: title, width: .doubleColumn, rows: histograms + [Figure.Row(height: 50, [coverage, excess])])
  }

  private static let colors: [Color] = [.blue, .vermilion, .green, .purple, .orange, .sky]
  /// Half the width of a band of 99 %, in standard errors.
  private static let bandWidth = 2.5758

  private func histogram(_ series: Series) -> Panel {
    let count = Double(series.values.count)
    var counts = [Double](repeating: 0, count: binCount)
    for value in series.values where value.isFinite {
      counts[min(max(Int(value * Double(binCount)), 0), binCount - 1)] += 1
    }
    let share = 1 / Double(binCount)
    let margin = Self.bandWidth * (count * share * (1 - share)).squareRoot()
    return Panel(
      title: series.name, x: Axis("u", from: 0, to: 1),
      y: Axis("samples", includesZero: true, padding: 0.05),
      layers: series.values.isEmpty
        ? []
        : [
          .band(
            x: [0, 1], lower: [Double](repeating: max(0, count * share - margin), count: 2),
            upper: [Double](repeating: count * share + margin, count: 2), color: .gray, opacity: 0.35),
          .steps(edges: (0...binCount).map { Double($0) * share }, heights: counts),
        ])
  }

  private static let levels = (0...100).map { Double($0) / 100 }

  /// The share of samples within intervals of each probability.
  private func observed(_ series: Series) -> [Double] {
    let inner = series.values.filter(\.isFinite).map { series.isOneSided ? $0 : abs(2 * $0 - 1) }.sorted()
    var within = 0
    return Self.levels.map { level in
      while within < inner.count, inner[within] <= level { within += 1 }
      return Double(within) / Double(inner.count)
    }
  }

  private func curves(_ value: (_ observed: Double, _ nominal: Double) -> Double) -> [Layer] {
    series.enumerated().filter { !$0.element.values.isEmpty }.map { index, series in
      .line(
        x: Self.levels, y: zip(observed(series), Self.levels).map(value),
        color: Self.colors[index % Self.colors.count], label: series.name)
    }
  }

  private var coverage: Panel {
    Panel(
      x: Axis("probability of the interval", from: 0, to: 1),
      y: Axis("share of samples within", from: 0, to: 1),
      layers: curves { observed, _ in observed }
        + [.line(x: [0, 1], y: [0, 1], color: .ink, width: 0.6, style: .dashed)],
      legend: .upperLeft)
  }

  private var excess: Panel {
    let count = Double(series.map(\.values.count).max() ?? 0)
    let margins = Self.levels.map { Self.bandWidth * ($0 * (1 - $0) / max(count, 1)).squareRoot() }
    return Panel(
      x: Axis("probability of the interval", from: 0, to: 1),
      y: Axis("share within − probability", padding: 0.05),
      layers: (count > 0
        ? [.band(x: Self.levels, lower: margins.map(-), upper: margins, color: .gray, opacity: 0.35)] : [])
        + curves { $0 - $1 },
      legend: .none)
  }
}
