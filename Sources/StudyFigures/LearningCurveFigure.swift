import Figures

/// Training and validation loss against the epoch, of one network or of all of an ensemble.
package struct LearningCurveFigure: Sendable {
  /// The course of one training.
  package struct Course: Sendable {
    /// Training loss after epochs 1, 2, …
    package var training: [Double]
    /// Validation loss after epochs 1, 2, …; NaN where it was not calculated.
    package var validation: [Double]
    /// The epoch, from 1, whose weights were kept; nil if none was.
    package var bestEpoch: Int?

    /// A course.
    package init(training: [Double], validation: [Double], bestEpoch: Int?) {
      self.training = training
      self.validation = validation
      self.bestEpoch = bestEpoch
    }
  }

  /// The networks.
  package var courses: [Course]
  /// What the loss is. The axis is logarithmic unless a loss is negative.
  package var lossName: String

  /// A figure of some trainings.
  package init(_ courses: [Course], lossName: String = "mean squared error") {
    self.courses = courses
    self.lossName = lossName
  }

  /// The figure: the curves of all networks in two colours, and a dot for each network's best epoch.
  package var figure: Figure {
    func curves(_ losses: KeyPath<Course, [Double]>, _ color: Color, _ label: String) -> [Layer] {
      courses.enumerated().map { index, course in
        let losses = course[keyPath: losses]
        return .line(
          x: losses.indices.map { Double($0 + 1) }, y: losses, color: color,
          width: courses.count > 1 ? 0.5 : 0.7,
          label: index == 0 ? label : nil)
      }
    }
    let best = courses.compactMap { course in
      course.bestEpoch.flatMap { epoch in
        course.validation.indices.contains(epoch - 1) ? (epoch, course.validation[epoch - 1]) : nil
      }
    }
    var layers = curves(\.training, .blue, "training") + curves(\.validation, .vermilion, "validation")
    if courses.count == 1, let epoch = courses[0].bestEpoch {
      layers.append(.verticalLine(x: Double(epoch), label: "best epoch: \(epoch)"))
    }
    layers.append(
      .points(
        x: best.map { Double($0.0) }, y: best.map(\.1), color: .vermilion, diameter: 3,
        label: courses.count > 1 && !best.isEmpty ? "best epochs" : nil))
    let losses = courses.flatMap { $0.training + $0.validation }
    return Figure(
      rows: [
        Figure.Row(
          height: 50,
          [
            Panel(
              x: Axis("epoch", from: 0),
              y: Axis(lossName, losses.contains { $0 < 0 } ? .linear : .logarithmic, padding: 0.04),
              layers: layers, legend: .above)
          ])
      ])
  }
}
