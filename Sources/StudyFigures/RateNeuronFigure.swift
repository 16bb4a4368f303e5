import Figures

/// A rate neuron beside a spiking one, a column for each input.
package struct RateNeuronFigure: Sendable {
  /// One input.
  package struct Column: Sendable {
    /// What it is.
    package var title: String
    /// Times in ms.
    package var time: [Double]
    /// Current in nA.
    package var current: [Double]
    /// The rate neuron's rate in Hz.
    package var rate: [Double]
    /// One over the interval of the spiking neuron's spikes around each time, in Hz; NaN where there is none.
    package var intervalRate: [Double]
    /// Potential of the spiking neuron in mV.
    package var potential: [Double]
    /// Its spikes in ms.
    package var spikeTimes: [Double]

    /// The courses under one input.
    package init(
      title: String, time: [Double], current: [Double], rate: [Double], intervalRate: [Double],
      potential: [Double], spikeTimes: [Double]
    ) {
      self.title = title
      self.time = time
      self.current = current
      self.rate = rate
      self.intervalRate = intervalRate
      self.potential = potential
      self.spikeTimes = spikeTimes
    }
  }

  /// The inputs.
  package var columns: [Column]

  /// A figure of these inputs.
  package init(columns: [Column]) { self.columns = columns }

  /// The figure: current, rates, potential with spikes.
  package var figure: Figure {
    let last = columns.count - 1
    return Figure(
      width: .doubleColumn,
      rows: [
        Figure.Row(
          height: 16,
          columns.map { column in
            Panel(
              title: column.title, x: axis(column, isLabelled: false),
              y: Axis("current (nA)", includesZero: true, padding: 0.05),
              layers: [.line(x: column.time, y: column.current, color: .ink)], legend: .none)
          }),
        Figure.Row(
          height: 28,
          columns.enumerated().map { index, column in
            Panel(
              x: axis(column, isLabelled: false), y: Axis("rate (Hz)", includesZero: true, padding: 0.1),
              layers: [
                .line(
                  x: column.time, y: column.intervalRate, color: .vermilion, label: "spiking: 1/interval"),
                .line(x: column.time, y: column.rate, label: "rate neuron"),
              ], legend: index == last ? .above : .none)
          }),
        Figure.Row(
          height: 22,
          columns.map { column in
            let spikes = column.spikeTimes.flatMap { [$0, $0, .nan] }
            let top = column.potential.max() ?? 1
            return Panel(
              x: axis(column, isLabelled: true), y: Axis("potential (mV)", padding: 0.05),
              layers: [
                .line(x: column.time, y: column.potential, width: 0.5),
                .line(
                  x: spikes, y: column.spikeTimes.flatMap { _ in [top, top + 8, .nan] }, color: .vermilion,
                  width: 0.5),
              ], legend: .none)
          }),
      ])
  }

  private func axis(_ column: Column, isLabelled: Bool) -> Axis {
    Axis(
      isLabelled ? "time (ms)" : "", from: column.time.first, to: column.time.last, showsLabels: isLabelled)
  }
}
