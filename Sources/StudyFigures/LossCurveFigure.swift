import Figures
import Foundation

/// Losses of models against the epoch and against the amount of data behind them, with curves, as in Fig. 4 of Skaar et al.
/// (2020), https://doi.org/10.1371/journal.pcbi.1007725.
package struct LossCurveFigure: Sendable {
  /// A curve through the losses.
  package struct Law: Sendable {
    /// What the legend calls it.
    package var name: String
    /// The loss for an amount of data.
    package var loss: @Sendable (Double) -> Double

    /// A curve.
    package init(_ name: String, _ loss: @escaping @Sendable (Double) -> Double) {
      (self.name, self.loss) = (name, loss)
    }
  }

  /// The loss after each epoch with some amount of data.
  package struct Course: Sendable {
    /// What the legend calls it.
    package var name: String
    /// Losses after epochs 1, 2, …
    package var losses: [Double]

    /// A course.
    package init(_ name: String, losses: [Double]) { (self.name, self.losses) = (name, losses) }
  }

  /// The title; empty for none.
  package var title: String
  /// What the amounts are, with their unit.
  package var axis: String
  /// The amount of data of each model.
  package var amounts: [Double]
  /// The loss of each model.
  package var losses: [Double]
  /// The curves through them.
  package var laws: [Law]
  /// The loss after each epoch, by amount; none for no such panel.
  package var courses: [Course]
  /// What the losses of the courses are.
  package var courseAxis: String

  /// A figure of some models and curves.
  package init(
    title: String = "", axis: String, amounts: [Double], losses: [Double], laws: [Law],
    courses: [Course] = [],
    courseAxis: String = "validation loss"
  ) {
    self.title = title
    self.axis = axis
    self.amounts = amounts
    self.losses = losses
    self.laws = laws
    self.courses = courses
    self.courseAxis = courseAxis
  }

  /// The figure, losses on logarithmic axes. The first curve goes on, dashed, to twice the largest amount.
  package var figure: Figure {
    Figure(
      title: title, width: courses.isEmpty ? .singleColumn : .doubleColumn,
      rows: [Figure.Row(height: 50, (courses.isEmpty ? [] : [coursePanel]) + [lossPanel])])
  }

  private var coursePanel: Panel {
    let colors = ColorMap.viridis.lineColors(count: courses.count)
    // Negative log likelihoods may be negative.
    let scale: Scale.Kind = courses.contains { $0.losses.contains { $0 <= 0 } } ? .linear : .logarithmic
    return Panel(
      x: Axis("epoch", from: 0), y: Axis(courseAxis, scale, padding: 0.04),
      layers: zip(courses, colors).map { course, color in
        .line(
          x: course.losses.indices.map { Double($0 + 1) }, y: course.losses, color: color, width: 0.6,
          label: course.name)
      }, legend: .right)
  }

  private static let colors: [Color] = [.vermilion, .green, .purple]

  private var lossPanel: Panel {
    let (least, most) = (amounts.min() ?? .nan, amounts.max() ?? .nan)
    func line(
      _ law: Law, _ color: Color, from start: Double, to end: Double, _ style: LineStyle, label: String?
    ) -> Layer {
      let x = (0...60).map { start * pow(end / start, Double($0) / 60) }
      return .line(x: x, y: x.map(law.loss), color: color, style: style, label: label)
    }
    let curves = laws.enumerated().flatMap { index, law -> [Layer] in
      let color = Self.colors[index % Self.colors.count]
      let fit = line(law, color, from: least, to: most, .solid, label: law.name)
      return index > 0
        ? [fit] : [fit, line(law, color, from: most, to: 2 * most, .dashed, label: "extrapolated")]
    }
    return Panel(
      x: Axis(axis, .logarithmic, padding: 0.04), y: Axis("test loss", .logarithmic, padding: 0.06),
      layers: amounts.isEmpty
        ? [] : curves + [.points(x: amounts, y: losses, diameter: 2.2, label: "models")],
      legend: .upperRight)
  }
}
