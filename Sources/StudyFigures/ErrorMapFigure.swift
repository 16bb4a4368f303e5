import Figures

/// Where in the box errors are large: maps over the plane of two parameters in slices of a third, a row for each parameter
/// estimated, as in Fig. 8 of Skaar et al. (2020), https://doi.org/10.1371/journal.pcbi.1007725.
package struct ErrorMapFigure: Sendable {
  /// The maps of one parameter.
  package struct Parameter: Sendable {
    /// Its symbol.
    package var name: String
    /// Mean absolute errors in % of the range, [slice][y][x]; NaN without samples.
    package var maps: [[[Double]]]

    /// A parameter's maps.
    package init(name: String, maps: [[[Double]]]) { (self.name, self.maps) = (name, maps) }
  }

  /// An axis of the plane: its symbol with its unit, and what is shown.
  package typealias Coordinate = (name: String, range: ClosedRange<Double>)

  /// The rows.
  package var parameters: [Parameter]
  /// What the columns are called.
  package var slices: [String]
  /// The plane.
  package var x, y: Coordinate

  /// A figure of some maps.
  package init(parameters: [Parameter], slices: [String], x: Coordinate, y: Coordinate) {
    (self.parameters, self.slices, self.x, self.y) = (parameters, slices, x, y)
  }

  /// Each row has colours of its own, up to the value that one of fifty voxels exceeds.
  package var figure: Figure {
    Figure(
      title: "Mean absolute error (% of range)", width: .doubleColumn,
      rows: parameters.enumerated().map { index, parameter in
        let values = parameter.maps.joined().joined().filter(\.isFinite).sorted()
        let largest = values.isEmpty ? 1 : values[Int((0.98 * Double(values.count - 1)).rounded(.up))]
        let limits = 0...max(largest, 1e-9)
        let panels = zip(slices, parameter.maps).map { slice, map in
          Panel(
            title: index == 0 ? slice : "",
            x: Axis(x.name, from: x.range.lowerBound, to: x.range.upperBound),
            y: Axis(y.name, from: y.range.lowerBound, to: y.range.upperBound),
            layers: [
              .heatMap(
                map.map { $0.map { min($0, limits.upperBound) } }, colors: .viridis, limits: limits,
                x: x.range,
                y: y.range)
            ], legend: .none)
        }
        let scale = Panel.colorScale(
          label: "error of \(parameter.name)", .viridis, limits: limits,
          relativeWidth: 0.075 * Double(slices.count))
        return Figure.Row(height: 36, panels + [scale])
      })
  }
}
