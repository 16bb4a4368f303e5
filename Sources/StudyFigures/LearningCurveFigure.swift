import Figures

/// Training and validation loss against the epoch.
package struct LearningCurveFigure: Sendable {
  /// Training loss after epochs 1, 2, …
  package var training: [Double]
  /// Validation loss after epochs 1, 2, …; NaN where it was not calculated.
  package var validation: [Double]
  /// The epoch, from 1, whose weights were kept; nil if none was.
  package var bestEpoch: Int?
  /// What the loss is. The axis is logarithmic unless a loss is negative.
  package var lossName: String

  /// A figure of the course of a training.
  package init(
    training: [Double], validation: [Double], bestEpoch: Int?, lossName: String = "mean squared error"
  ) {
    self.training = training
    self.validation = validation
    self.bestEpoch = bestEpoch
    self.lossName = lossName
  }

  /// The figure.
  package var figure: Figure {
    func curve(_ losses: [Double], _ color: Color, _ label: String) -> Layer {
      .line(x: losses.indices.map { Double($0 + 1) }, y: losses, color: color, width: 0.7, label: label)
    }
    var layers: [Layer] = [
      curve(training, .blue, "training"), curve(validation, .vermilion, "validation"),
    ]
    if let bestEpoch {
      layers.append(.verticalLine(x: Double(bestEpoch), label: "best epoch: \(bestEpoch)"))
      if validation.indices.contains(bestEpoch - 1) {
        layers.append(
          .points(x: [Double(bestEpoch)], y: [validation[bestEpoch - 1]], color: .vermilion, diameter: 3))
      }
    }
    let scale: Scale.Kind = (training + validation).contains { $0 < 0 } ? .linear : .logarithmic
    return Figure(
      rows: [
        Figure.Row(
          height: 50,
          [
            Panel(
              x: Axis("epoch", from: 0),
              y: Axis(lossName, scale, padding: 0.04),
              layers: layers,
              legend: .above)
          ])
      ])
  }
}
