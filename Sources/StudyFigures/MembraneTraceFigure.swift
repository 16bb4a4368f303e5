import Figures

/// Potential, current, threshold and spikes of single neurons in dimensionless units, one panel each.
package struct MembraneTraceFigure: Sendable {
  /// One neuron.
  package struct Trace: Sendable {
    /// What it is.
    package var title: String
    /// Times in s.
    package var time: [Double]
    /// Potential at these times.
    package var potential: [Double]
    /// The current.
    package var current: Double
    /// The threshold.
    package var threshold: Double
    /// Spikes in s.
    package var spikeTimes: [Double]

    /// A neuron under a constant current.
    package init(
      title: String, time: [Double], potential: [Double], current: Double, threshold: Double,
      spikeTimes: [Double]
    ) {
      self.title = title
      self.time = time
      self.potential = potential
      self.current = current
      self.threshold = threshold
      self.spikeTimes = spikeTimes
    }
  }

  /// The neurons.
  package var traces: [Trace]

  /// A figure of these neurons.
  package init(traces: [Trace]) { self.traces = traces }

  /// The figure, two panels to a row.
  package var figure: Figure {
    Figure(
      width: .doubleColumn,
      rows: stride(from: 0, to: traces.count, by: 2).map { start in
        let row = traces[start..<min(start + 2, traces.count)]
        return Figure.Row(
          height: 32, columns: 2, row.map { panel($0, hasLegend: $0.title == row.last?.title) })
      })
  }

  private func panel(_ trace: Trace, hasLegend: Bool) -> Panel {
    let ends = [trace.time.first ?? 0, trace.time.last ?? 1]
    // A spike is a stroke above the threshold.
    let spikes = trace.spikeTimes.flatMap { [$0, $0, .nan] }
    let strokes = trace.spikeTimes.flatMap { _ in [trace.threshold, 1.5 * trace.threshold, .nan] }
    return Panel(
      title: trace.title, x: Axis("time (s)"), y: Axis("", from: 0, to: 1.6 * trace.threshold),
      layers: [
        .line(
          x: ends, y: [trace.current, trace.current], color: .gray, style: .dashed, label: "current"),
        .line(
          x: ends, y: [trace.threshold, trace.threshold], color: .green, style: .dashed, label: "threshold"),
        .line(x: trace.time, y: trace.potential, label: "potential"),
        .line(x: spikes, y: strokes, color: .vermilion, width: 1, label: "spikes"),
      ], legend: hasLegend ? .right : .none)
  }
}
