import Figures

/// What a signal tells of each parameter, over a plane of two of them: the predicted standard deviation relative to that of
/// the sampled range, by the true values.
package struct IdentifiabilityFigure: Sendable {
  /// One parameter.
  package struct Parameter: Sendable {
    /// Its symbol.
    package var name: String
    /// Predicted standard deviation of each sample over that of a uniform distribution on the range.
    package var ratios: [Double]

    /// A parameter's part.
    package init(name: String, ratios: [Double]) { (self.name, self.ratios) = (name, ratios) }
  }

  /// An axis of the plane.
  package struct Coordinate: Sendable {
    /// Its symbol, with its unit.
    package var name: String
    /// The true value of each sample.
    package var values: [Double]
    /// What is shown.
    package var range: ClosedRange<Double>

    /// An axis.
    package init(name: String, values: [Double], range: ClosedRange<Double>) {
      (self.name, self.values, self.range) = (name, values, range)
    }
  }

  /// The parameters.
  package var parameters: [Parameter]
  /// The plane.
  package var x, y: Coordinate

  /// A figure of some samples.
  package init(parameters: [Parameter], x: Coordinate, y: Coordinate) {
    (self.parameters, self.x, self.y) = (parameters, x, y)
  }

  /// Cells along each axis for some samples: about ten samples in each.
  private var cells: Int { max(3, min(12, Int((Double(x.values.count) / 10).squareRoot()))) }

  /// A map for each parameter with the same colours, and their scale: 0 where it is known, 1 where nothing is.
  package var figure: Figure {
    let maps = parameters.map { means($0.ratios) }
    let largest = max(0.1, min(1, maps.joined().joined().filter(\.isFinite).max() ?? 1))
    let limits = 0...(largest * 20).rounded(.up) / 20
    let panels = zip(parameters, maps).map { parameter, map in
      Panel(
        title: "posterior / prior std of \(parameter.name)",
        x: Axis(x.name, from: x.range.lowerBound, to: x.range.upperBound),
        y: Axis(y.name, from: y.range.lowerBound, to: y.range.upperBound),
        layers: [.heatMap(map, colors: .viridis, limits: limits, x: x.range, y: y.range)], legend: .none)
    }
    let scale = Panel.colorScale(.viridis, limits: limits, relativeWidth: 0.16)
    return Figure(width: .doubleColumn, rows: [Figure.Row(height: 40, panels + [scale])])
  }

  /// Means of the samples in each cell, [y][x]; NaN without samples.
  private func means(_ values: [Double]) -> [[Double]] {
    func cell(_ value: Double, _ range: ClosedRange<Double>) -> Int? {
      let fraction = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      return (0...1).contains(fraction) ? min(Int(fraction * Double(cells)), cells - 1) : nil
    }
    var sums = [[Double]](repeating: [Double](repeating: 0, count: cells), count: cells)
    var counts = sums
    for (index, value) in values.enumerated() {
      guard let column = cell(x.values[index], x.range), let row = cell(y.values[index], y.range) else {
        continue
      }
      sums[row][column] += value
      counts[row][column] += 1
    }
    return zip(sums, counts).map { zip($0, $1).map { $1 > 0 ? $0 / $1 : .nan } }
  }
}
