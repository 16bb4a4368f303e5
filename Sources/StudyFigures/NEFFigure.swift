import Figures

/// Two populations of the Neural Engineering Framework: their tuning curves, and what they make of an input.
package struct NEFFigure: Sendable {
  /// What is computed; empty for nothing.
  package var title: String
  /// Values of x at which rates are known.
  package var x: [Double]
  /// Rates of A's and of B's neurons in Hz, [neuron][x].
  package var ratesA, ratesB: [[Double]]
  /// Where A's and B's neurons begin to fire, which gives them their colours.
  package var interceptsA, interceptsB: [Double]
  /// Time in s of each step.
  package var time: [Double]
  /// Input, ideal and output in each step.
  package var input, ideal, output: [Double]

  /// A figure of one run.
  package init(
    title: String = "", x: [Double], ratesA: [[Double]], ratesB: [[Double]], interceptsA: [Double],
    interceptsB: [Double], time: [Double], input: [Double], ideal: [Double], output: [Double]
  ) {
    precondition(
      ratesA.count == interceptsA.count && ratesB.count == interceptsB.count, "an intercept for each neuron")
    self.title = title
    self.x = x
    (self.ratesA, self.ratesB) = (ratesA, ratesB)
    (self.interceptsA, self.interceptsB) = (interceptsA, interceptsB)
    self.time = time
    (self.input, self.ideal, self.output) = (input, ideal, output)
  }

  /// The figure: curves of at most ``curveLimit`` neurons of each population, and below them the signals.
  package var figure: Figure {
    Figure(
      title: title, width: .doubleColumn,
      rows: [
        Figure.Row(height: 40, [curves("A", ratesA, interceptsA), curves("B", ratesB, interceptsB)]),
        Figure.Row(height: 45, [signals]),
      ])
  }

  /// More curves than these hide each other.
  package static let curveLimit = 100
  /// More points than these in a line are not seen.
  private static let pointLimit = 1000

  private func curves(_ name: String, _ rates: [[Double]], _ intercepts: [Double]) -> Panel {
    let shown = rates.indices.prefix(Self.curveLimit).sorted { intercepts[$0] < intercepts[$1] }
    let colors = ColorMap.viridis.lineColors(count: shown.count)
    let some = shown.count < rates.count ? ", \(shown.count) of \(rates.count) neurons" : ""
    return Panel(
      title: "tuning curves of \(name)\(some)", x: Axis("x", from: -1, to: 1),
      y: Axis("rate (Hz)", includesZero: true, padding: 0.04),
      layers: zip(shown, colors).map { .line(x: x, y: rates[$0], color: $1, width: 0.5) }, legend: .none)
  }

  private var signals: Panel {
    let every = max(1, time.count / Self.pointLimit)
    func thinned(_ values: [Double]) -> [Double] {
      stride(from: 0, to: values.count, by: every).map { values[$0] }
    }
    func line(_ values: [Double], _ color: Color, _ width: Double, _ label: String) -> Layer {
      .line(x: thinned(time), y: thinned(values), color: color, width: width, label: label)
    }
    return Panel(
      x: Axis("time (s)"), y: Axis("value", padding: 0.05),
      layers: [
        line(input, .gray, 0.6, "input"), line(output, .vermilion, 0.6, "output"),
        line(ideal, .blue, 0.8, "ideal"),
      ], legend: .above)
  }
}
