import Figures

/// Rates of neurons against the current: lines in theory, dots by simulation.
package struct CurrentCurveFigure: Sendable {
  /// One neuron.
  package struct Curve: Sendable {
    /// Its name in the legend; nil for none.
    package var label: String?
    /// Currents in nA.
    package var currents: [Double]
    /// Rates in Hz in theory.
    package var rates: [Double]
    /// Rates in Hz by simulation; NaN where there are none.
    package var simulated: [Double]

    /// The rates of one neuron.
    package init(label: String?, currents: [Double], rates: [Double], simulated: [Double]) {
      self.label = label
      self.currents = currents
      self.rates = rates
      self.simulated = simulated
    }
  }

  /// The neurons.
  package var curves: [Curve]
  /// 1/t_ref in Hz, which no rate reaches; nil if it differs or is infinite.
  package var limit: Double?
  /// What the currents are, with their unit.
  package var currentLabel: String

  /// A figure of these curves.
  package init(curves: [Curve], limit: Double?, currentLabel: String = "current (nA)") {
    self.curves = curves
    self.limit = limit
    self.currentLabel = currentLabel
  }

  /// The figure. The limit is drawn if the rates come near it.
  package var figure: Figure {
    let colors =
      curves.count > 1 ? ColorMap.viridis.lineColors(count: curves.count) : [Color.blue]
    var layers: [Layer] = []
    for (curve, color) in zip(curves, colors) {
      if curve.simulated.contains(where: \.isFinite) {
        layers.append(
          .points(
            x: curve.currents, y: curve.simulated, color: curves.count > 1 ? color : .vermilion,
            diameter: 1.8,
            label: curves.count > 1 ? nil : "simulated"))
      }
      layers.append(
        .line(
          x: curve.currents, y: curve.rates, color: color,
          label: curve.label ?? (layers.isEmpty ? nil : "theory")))
    }
    let all = curves.flatMap { $0.rates + $0.simulated.filter(\.isFinite) }
    if let limit, limit.isFinite, (all.max() ?? 0) > 0.6 * limit, let currents = curves.first?.currents,
      let first = currents.first, let last = currents.last
    {
      layers.append(
        .line(
          x: [first, last], y: [limit, limit], color: .gray, width: 0.5, style: .dashed, label: "1/t_{ref}"))
    }
    return Figure(
      rows: [
        Figure.Row(
          height: 50,
          [
            Panel(
              x: Axis(currentLabel), y: Axis("rate (Hz)", includesZero: true, padding: 0.05), layers: layers,
              legend: curves.count > 1 ? .right : .above)
          ])
      ])
  }
}
