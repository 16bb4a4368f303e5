import Figures

/// The plane of g and η as in Fig. 2 of Brunel (2000), doi:10.1023/A:1008925309027: where the stationary state begins to
/// oscillate, and simulated networks by how far their rates are from theory.
package struct StabilityPlaneFigure: Sendable {
  /// A piece of a border.
  package struct Segment: Sendable {
    /// Its ends.
    package var from, to: (g: Double, eta: Double)

    /// A piece between two points.
    package init(from: (g: Double, eta: Double), to: (g: Double, eta: Double)) {
      self.from = from
      self.to = to
    }
  }

  /// A simulated network.
  package struct Network: Sendable {
    /// Its parameters.
    package var g, eta: Double
    /// Its rate less that of theory, relative to theory.
    package var deviation: Double

    /// A network and how far its rate is from theory.
    package init(g: Double, eta: Double, deviation: Double) {
      self.g = g
      self.eta = eta
      self.deviation = deviation
    }
  }

  /// The title above the panel.
  package var title: String
  /// The ranges shown.
  package var g, eta: ClosedRange<Double>
  /// Borders of fast oscillations, of slow ones, and of those near 1/t_d.
  package var fast, slow, delayed: [Segment]
  /// Simulated networks.
  package var networks: [Network]
  /// A network to be marked; nil for none.
  package var marked: (g: Double, eta: Double)?

  /// A figure of a plane.
  package init(
    title: String, g: ClosedRange<Double>, eta: ClosedRange<Double>, fast: [Segment], slow: [Segment],
    delayed: [Segment], networks: [Network], marked: (g: Double, eta: Double)?
  ) {
    self.title = title
    (self.g, self.eta) = (g, eta)
    (self.fast, self.slow, self.delayed) = (fast, slow, delayed)
    self.networks = networks
    self.marked = marked
  }

  /// The figure.
  package var figure: Figure {
    // Colours lie beneath the borders.
    var layers: [Layer] = [
      points("within 5 % of theory", .sky) { abs($0) < 0.05 },
      points("within 20 %", .orange) { (0.05..<0.2).contains(abs($0)) },
      points("further off", .purple) { !(abs($0) < 0.2) },
    ].compactMap { $0 }
    for (segments, color, label) in [
      (fast, Color.blue, "fast oscillations (above)"), (slow, .vermilion, "slow oscillations"),
      (delayed, .green, "near 1/t_{d} (left)"),
    ] where !segments.isEmpty {
      layers.append(
        .line(
          x: segments.flatMap { [$0.from.g, $0.to.g, .nan] },
          y: segments.flatMap { [$0.from.eta, $0.to.eta, .nan] }, color: color, width: 1, label: label))
    }
    if let marked {
      layers.append(.points(x: [marked.g], y: [marked.eta], color: .ink, diameter: 4, label: "this network"))
    }
    return Figure(
      rows: [
        Figure.Row(
          height: 60,
          [
            Panel(
              title: title, x: Axis("g", from: g.lowerBound, to: g.upperBound),
              y: Axis("η", from: eta.lowerBound, to: eta.upperBound), layers: layers, legend: .right,
              emptyText: "no border in these ranges")
          ])
      ])
  }

  private func points(_ label: String, _ color: Color, _ isShown: (Double) -> Bool) -> Layer? {
    let shown = networks.filter { isShown($0.deviation) }
    return shown.isEmpty
      ? nil : .points(x: shown.map(\.g), y: shown.map(\.eta), color: color, diameter: 2.2, label: label)
  }
}
