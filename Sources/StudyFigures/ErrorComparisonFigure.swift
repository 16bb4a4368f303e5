import Figures
import Statistics

/// Errors of several ways of estimating, one column a parameter: their distributions and the cumulative ones of their magnitudes, as
/// in Figs. 7, 9 and 10 of Skaar et al. (2020), https://doi.org/10.1371/journal.pcbi.1007725, and below them the root mean square
/// error of every model.
package struct ErrorComparisonFigure: Sendable {
  /// The errors of one way of estimating.
  package struct Variant: Sendable {
    /// What it is called.
    package var name: String
    /// Estimate − truth as a fraction of the parameter's full range, [model][sample].
    package var errors: [[Double]]

    /// The errors of one way of estimating.
    package init(name: String, errors: [[Double]]) {
      self.name = name
      self.errors = errors
    }
  }

  /// All errors for one parameter.
  package struct Parameter: Sendable {
    /// The parameter's symbol.
    package var name: String
    /// The ways of estimating it.
    package var variants: [Variant]

    /// The errors for one parameter.
    package init(name: String, variants: [Variant]) {
      self.name = name
      self.variants = variants
    }
  }

  /// The title above all panels; empty for none.
  package var title: String
  /// The parameters, at most three to a row.
  package var parameters: [Parameter]

  /// A figure of the errors for these parameters.
  package init(title: String = "", parameters: [Parameter]) {
    self.title = title
    self.parameters = parameters
  }

  /// The figure. Distributions are those of all models of a variant together; their axis holds at least 99 % of the errors
  /// of each variant.
  package var figure: Figure {
    Figure(
      title: title, width: .doubleColumn,
      rows: parameters.inRowsOfThree().flatMap { row in
        [
          Figure.Row(height: 38, columns: row.columns, row.parameters.map(distributions)),
          Figure.Row(height: 32, columns: row.columns, row.parameters.map(cumulative)),
          Figure.Row(
            height: 30, columns: row.columns,
            row.parameters.enumerated().map {
              spread($1, hasLegend: $0 == row.parameters.count - 1)
            }),
        ]
      })
  }

  private static let colors: [Color] = [.blue, .vermilion, .green, .purple, .orange, .sky, .gray, .ink]

  /// All variants, some of which may estimate only some of the parameters.
  private var names: [String] {
    var names: [String] = []
    for variant in parameters.flatMap(\.variants) where !names.contains(variant.name) {
      names.append(variant.name)
    }
    return names
  }

  /// The colour of a variant, the same for all parameters.
  private func color(of name: String) -> Color {
    Self.colors[(names.firstIndex(of: name) ?? 0) % Self.colors.count]
  }

  /// The errors of all models of each variant.
  private func pooled(_ parameter: Parameter) -> [[Double]] {
    parameter.variants.map { $0.errors.joined().filter(\.isFinite) }
  }

  /// What 99 % of the magnitudes of the widest variant are below, and a bit more.
  private func limit(_ pooled: [[Double]]) -> Double {
    (pooled.compactMap { errors -> Double? in
      let magnitudes = errors.map(abs).sorted()
      return magnitudes.last.map { _ in magnitudes[Int(0.99 * Double(magnitudes.count - 1))] }
    }.max() ?? 0.1) * 1.1
  }

  private func distributions(_ parameter: Parameter) -> Panel {
    let pooled = pooled(parameter)
    let limit = limit(pooled)
    let outlines = zip(parameter.variants, pooled).map { variant, errors in
      let histogram = Histogram(errors, limit: limit, bins: 61)
      return Layer.steps(
        edges: histogram.edges, heights: histogram.counts.map { 100 * $0 / Double(max(errors.count, 1)) },
        color: color(of: variant.name), fillOpacity: 0)
    }
    let hasErrors = pooled.contains { !$0.isEmpty } && limit > 0
    return Panel(
      title: parameter.name, x: Axis("error / full range", from: -limit, to: limit),
      y: Axis("% of samples", includesZero: true, padding: 0.05),
      layers: hasErrors ? [.verticalLine(x: 0, color: .gray, style: .solid)] + outlines : [], legend: .none)
  }

  /// The share of magnitudes below each value, with a line at 90 %.
  private func cumulative(_ parameter: Parameter) -> Panel {
    let pooled = pooled(parameter)
    let limit = limit(pooled)
    let curves = zip(parameter.variants, pooled).filter { !$1.isEmpty }.map { variant, errors in
      let cumulative = CumulativeShares(errors.map(abs).sorted(), limit: limit)
      return Layer.line(
        x: cumulative.values, y: cumulative.shares.map { 100 * $0 }, color: color(of: variant.name),
        width: 0.7)
    }
    let hasErrors = pooled.contains { !$0.isEmpty } && limit > 0
    return Panel(
      x: Axis("|error| / full range", from: 0, to: limit), y: Axis("% of samples below", from: 0, to: 100),
      layers: hasErrors
        ? [.line(x: [0, limit], y: [90, 90], color: .gray, width: 0.5, style: .dashed)] + curves : [],
      legend: .none)
  }

  private func spread(_ parameter: Parameter, hasLegend: Bool) -> Panel {
    let bars = names.map { name in
      let position = parameter.variants.firstIndex { $0.name == name }
      let squares = position.map { rootMeanSquares(parameter.variants[$0]) } ?? []
      return Layer.bars(
        x: squares.isEmpty ? [] : [Double(position! + 1)],
        heights: squares.isEmpty ? [] : [Moments(squares).mean], width: 0.7,
        color: color(of: name), label: name)
    }
    let points = parameter.variants.enumerated().map { index, variant in
      let squares = rootMeanSquares(variant)
      return Layer.points(x: squares.map { _ in Double(index + 1) }, y: squares, color: .ink, diameter: 2)
    }
    return Panel(
      x: Axis("", from: 0.4, to: Double(parameter.variants.count) + 0.6, marks: .none),
      y: Axis("RMSE (% of range)", includesZero: true, padding: 0.05), layers: bars + points,
      legend: hasLegend ? .right : .none)
  }

  /// The root mean square error of each model, in %.
  private func rootMeanSquares(_ variant: Variant) -> [Double] {
    variant.errors.map { 100 * Moments($0.filter(\.isFinite)).rootMeanSquare }
  }
}
