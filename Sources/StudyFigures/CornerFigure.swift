import Figures
import Statistics

/// A distribution of several parameters: of each alone, and of each two.
package struct CornerFigure: Sendable {
  /// One parameter.
  package struct Parameter: Sendable {
    /// Its symbol, with its unit.
    package var name: String
    /// Random points of the distribution.
    package var draws: [Double]
    /// The range that the model was trained for.
    package var range: ClosedRange<Double>

    /// A parameter's part of the distribution.
    package init(name: String, draws: [Double], range: ClosedRange<Double>) {
      (self.name, self.draws, self.range) = (name, draws, range)
    }
  }

  /// The title above all panels.
  package var title: String
  /// The parameters, with as many draws each.
  package var parameters: [Parameter]

  /// A figure of one distribution.
  package init(title: String, parameters: [Parameter]) {
    (self.title, self.parameters) = (title, parameters)
  }

  private static let bins = 30

  /// Densities on the diagonal with the median and the limits of the central interval of 90 % (dashed), pairs below; grey lines
  /// where the trained range ends.
  package var figure: Figure {
    let extents = parameters.map(Self.extent)
    return Figure(
      title: title, width: .doubleColumn,
      rows: parameters.indices.map { row in
        Figure.Row(
          height: 40, columns: parameters.count,
          (0...row).map { column in
            let isLast = row == parameters.count - 1
            let x = Axis(
              isLast ? parameters[column].name : "", from: extents[column].lowerBound,
              to: extents[column].upperBound, showsLabels: isLast)
            return row == column
              ? density(parameters[row], extents[row], x)
              : pair(parameters[column], parameters[row], extents[row], x)
          })
      })
  }

  /// What holds all but the outermost draws.
  private static func extent(_ parameter: Parameter) -> ClosedRange<Double> {
    let sorted = parameter.draws.sorted()
    let (low, high) = (quantile(0.002, of: sorted), quantile(0.998, of: sorted))
    let margin = max(0.08 * (high - low), 1e-9)
    return low - margin...high + margin
  }

  private func density(_ parameter: Parameter, _ extent: ClosedRange<Double>, _ x: Axis) -> Panel {
    let width = (extent.upperBound - extent.lowerBound) / Double(Self.bins)
    var heights = [Double](repeating: 0, count: Self.bins)
    for value in parameter.draws where extent.contains(value) {
      heights[min(Int((value - extent.lowerBound) / width), Self.bins - 1)] +=
        1 / (width * Double(parameter.draws.count))
    }
    let edges = (0...Self.bins).map { extent.lowerBound + Double($0) * width }
    let sorted = parameter.draws.sorted()
    let highest = heights.max() ?? 1
    let marks = [0.05, 0.5, 0.95].map { probability in
      let value = quantile(probability, of: sorted)
      return Layer.line(
        x: [value, value], y: [0, highest], color: .ink, width: 0.6,
        style: probability == 0.5 ? .solid : .dashed)
    }
    return Panel(
      x: x, y: Axis("density", includesZero: true, padding: 0.05),
      layers: [.steps(edges: edges, heights: heights)] + marks
        + limits(of: parameter, within: extent) { [0, highest] },
      legend: .none)
  }

  private func pair(
    _ first: Parameter, _ second: Parameter, _ extent: ClosedRange<Double>, _ x: Axis
  ) -> Panel {
    Panel(
      x: x, y: Axis(second.name, from: extent.lowerBound, to: extent.upperBound),
      layers: [.points(x: first.draws, y: second.draws, color: .blue, diameter: 1, opacity: 0.5)],
      legend: .none)
  }

  private func limits(
    of parameter: Parameter, within extent: ClosedRange<Double>, height: () -> [Double]
  ) -> [Layer] {
    [parameter.range.lowerBound, parameter.range.upperBound].filter(extent.contains).map {
      .line(x: [$0, $0], y: height(), color: .gray, width: 0.8)
    }
  }
}
