import Figures
import Foundation

/// Losses of models against the amount of data behind them, with a curve, as in Fig. 4B of Skaar et al. (2020),
/// https://doi.org/10.1371/journal.pcbi.1007725.
package struct LossCurveFigure: Sendable {
  /// The title; empty for none.
  package var title: String
  /// What the amounts are, with their unit.
  package var axis: String
  /// The amount of data of each model.
  package var amounts: [Double]
  /// The loss of each model.
  package var losses: [Double]
  /// The curve through them.
  package var law: @Sendable (Double) -> Double

  /// A figure of some models and a curve.
  package init(
    title: String = "", axis: String, amounts: [Double], losses: [Double],
    law: @escaping @Sendable (Double) -> Double
  ) {
    self.title = title
    self.axis = axis
    self.amounts = amounts
    self.losses = losses
    self.law = law
  }

  /// The figure, both axes logarithmic. The curve goes on, dashed, to twice the largest amount.
  package var figure: Figure {
    let (least, most) = (amounts.min() ?? .nan, amounts.max() ?? .nan)
    func line(from start: Double, to end: Double, _ style: LineStyle, label: String?) -> Layer {
      let x = (0...60).map { start * pow(end / start, Double($0) / 60) }
      return .line(x: x, y: x.map(law), color: .vermilion, style: style, label: label)
    }
    return Figure(
      title: title,
      rows: [
        Figure.Row(
          height: 50,
          [
            Panel(
              x: Axis(axis, .logarithmic, padding: 0.04),
              y: Axis("test loss", .logarithmic, padding: 0.06),
              layers: amounts.isEmpty
                ? []
                : [
                  line(from: least, to: most, .solid, label: "fit"),
                  line(from: most, to: 2 * most, .dashed, label: "extrapolated"),
                  .points(x: amounts, y: losses, diameter: 2.2, label: "models"),
                ],
              legend: .upperRight)
          ])
      ])
  }
}
