import Figures

/// Spike trains of single neurons below each other.
package struct SpikeTrainFigure: Sendable {
  /// One train.
  package struct Train: Sendable {
    /// What it is.
    package var label: String
    /// Spikes in s.
    package var times: [Double]

    /// The spikes of one neuron.
    package init(label: String, times: [Double]) {
      self.label = label
      self.times = times
    }
  }

  /// The trains, from the top.
  package var trains: [Train]
  /// The time shown, in s.
  package var duration: Double

  /// A figure of these trains.
  package init(trains: [Train], duration: Double) {
    self.trains = trains
    self.duration = duration
  }

  /// The figure: a row of strokes for each train.
  package var figure: Figure {
    Figure(
      width: .doubleColumn,
      rows: trains.enumerated().map { index, train in
        let isLast = index == trains.count - 1
        // A silent train has a row too.
        let times = train.times.isEmpty ? [.nan, 0] : train.times.flatMap { [$0, $0, .nan] }
        let heights = train.times.isEmpty ? [0, .nan] : train.times.flatMap { _ in [0, 1, .nan] }
        return Figure.Row(
          height: 8,
          [
            Panel(
              title: train.label,
              x: Axis(isLast ? "time (s)" : "", from: 0, to: duration, showsLabels: isLast),
              y: Axis("", from: 0, to: 1, marks: .none),
              layers: [.line(x: times, y: heights, color: .vermilion, width: 0.5)], legend: .none,
              emptyText: "no spikes")
          ])
      })
  }
}
