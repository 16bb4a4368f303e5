import Figures
import Foundation
import RandomStreams
import SpikeCoding

/// The panels of Fig. 4 of Brendel et al. 2020: rules, the course of learning, and one column each for before and after.
struct BalancedFigure {
  let experiment: BalancedExperiment
  let course: [BalancedRow]
  let stages: [BalancedStage]

  var figure: Figure {
    Figure(
      width: .doubleColumn,
      rows: [
        Figure.Row(height: 24, PulsePanels(experiment.network).panels),
        Figure.Row(height: 26, coursePanels),
        Figure.Row(height: 30, stages.map { rasterPanel($0) }),
        Figure.Row(height: 20, stages.map { currentPanel($0) }),
        Figure.Row(height: 20, stages.map { signalPanel($0) }),
        Figure.Row(height: 24, stages.flatMap { tuningPanels($0) }),
      ])
  }

  private var coursePanels: [Panel] {
    let first = Double(experiment.input.sequenceLength) * 8
    let steps = course.map { max(Double($0.step), first) }
    func panel(_ title: String, _ y: Axis, _ lines: [(String, Color, [Double])]) -> Panel {
      Panel(
        title: title, x: Axis("step", .logarithmic), y: y,
        layers: lines.map { .line(x: steps, y: $0.2, color: $0.1, label: $0.0) }, legend: .above)
    }
    return [
      panel(
        "error", Axis("error", .logarithmic, padding: 0.05),
        [("E", .orange, course.map(\.errors.errorE)), ("I", .blue, course.map(\.errors.errorI))]),
      panel(
        "rate", Axis("rate (Hz)", includesZero: true, padding: 0.05),
        [("E", .orange, course.map(\.errors.rateE)), ("I", .blue, course.map(\.errors.rateI))]),
      panel(
        "irregularity", Axis("", includesZero: true, padding: 0.05),
        [
          ("CV", .gray, course.map { $0.irregularity.coefficientOfVariation ?? .nan }),
          ("Fano", .ink, course.map { $0.irregularity.fanoFactor ?? .nan }),
        ]),
    ]
  }

  private var dt: Double { experiment.network.stepInSeconds }

  private func title(_ stage: BalancedStage, _ text: String) -> String {
    text + (stage.network.weights == stages[0].network.weights ? ", before" : ", after")
  }

  private func rasterPanel(_ stage: BalancedStage) -> Panel {
    // A window of 300 ms, as all spikes would make a large file.
    let window = 3_000..<6_000
    func layer(_ trains: SpikeTrains, _ offset: Int, _ color: Color, _ label: String) -> Layer {
      let shown = zip(trains.times, trains.sources).filter { window.contains(Int($0.0)) }
      return .raster(
        times: shown.map { Double($0.0) * dt }, rows: shown.map { Int($0.1) + offset }, color: color,
        label: label)
    }
    let count = experiment.network.excitatory + experiment.network.inhibitory
    return Panel(
      title: title(stage, "spikes"), x: Axis("time (s)", from: 3_000 * dt, to: 6_000 * dt),
      y: Axis("neuron", from: -1, to: Double(count)),
      layers: [
        layer(stage.run.E, 0, .orange, "E"), layer(stage.run.I, experiment.network.excitatory, .blue, "I"),
      ], legend: .above, emptyText: "no spikes")
  }

  /// Every twentieth value with its time.
  private func thinned(_ values: [Double]) -> (x: [Double], y: [Double]) {
    let shown = stride(from: 0, to: values.count, by: 20)
    return (shown.map { Double($0) * dt }, shown.map { values[$0] })
  }

  private func currentPanel(_ stage: BalancedStage) -> Panel {
    let (e, i) = (thinned(stage.excitatory), thinned(stage.inhibitory))
    return Panel(
      title: title(stage, "currents"), x: Axis("time (s)"), y: Axis("current / λ", padding: 0.05),
      layers: [
        .line(x: e.x, y: e.y, color: .orange, width: 0.6, label: "E"),
        .line(x: i.x, y: i.y, color: .blue, width: 0.6, label: "I"),
        .line(x: e.x, y: zip(e.y, i.y).map { $0 + $1 }, color: .ink, width: 0.6, label: "sum"),
      ], legend: .above)
  }

  private func signalPanel(_ stage: BalancedStage) -> Panel {
    let (x, estimate) = (thinned(stage.signal), thinned(stage.estimate))
    return Panel(
      title: title(stage, "signal"), x: Axis("time (s)"), y: Axis("x_{1}", padding: 0.05),
      layers: [
        .line(x: x.x, y: x.y, color: .purple, width: 1, label: "x"),
        .line(x: estimate.x, y: estimate.y, color: .green, width: 0.6, label: "x̂"),
      ], legend: .above)
  }

  /// Tuning curves of the twelve most active neurons of each population.
  private func tuningPanels(_ stage: BalancedStage) -> [Panel] {
    [("E", stage.tuning.E), ("I", stage.tuning.I)].map { name, curves in
      let order = curves.rates.indices.sorted {
        (curves.rates[$0].max() ?? 0) > (curves.rates[$1].max() ?? 0)
      }
      .prefix(12).sorted { (curves.preferred($0) ?? 0) < (curves.preferred($1) ?? 0) }
      let colors = ColorMap.viridis.lineColors(count: order.count)
      return Panel(
        title: title(stage, "tuning of \(name)"), x: Axis("direction (°)", from: -180, to: 180),
        y: Axis("rate (Hz)", padding: 0.05),
        layers: order.enumerated().map { rank, neuron in
          .line(x: curves.angles, y: curves.rates[neuron], color: colors[rank], width: 0.6)
        }, legend: .none)
    }
  }
}

/// The insets of Fig. 4A: change of the size of a weight by one spike of each of two neurons.
struct PulsePanels {
  let parameters: BalancedParameters

  init(_ parameters: BalancedParameters) { self.parameters = parameters }

  var panels: [Panel] {
    var one = CodingParameters()
    one.timeStep = parameters.timeStep
    one.leakRate = parameters.leakRate
    one.threshold = parameters.threshold
    one.plasticity = parameters.plasticity
    let pulses = PairedPulses(one, reset: -1.5 * parameters.threshold)
    let lags = pulses.lags
    // Weights to inhibitory neurons change when these spike, by the spike before, if there was one.
    let weight = 0.5
    let forward = lags.map { lag in
      let trace = lag < 0 ? exp(parameters.leakRate * lag * 1e-3) : 0
      return parameters.plasticity.feedforwardRate * (parameters.plasticity.alpha * trace - weight)
    }
    func panel(_ title: String, _ y: [Double]) -> Panel {
      let shown = stride(from: 0, to: lags.count, by: 4)
      return Panel(
        title: title, x: Axis("t_{pre} − t_{post} (ms)"), y: Axis("change of size", padding: 0.05),
        layers: [.line(x: shown.map { lags[$0] }, y: shown.map { y[$0] }), .verticalLine(x: 0)], legend: .none
      )
    }
    return [
      panel("from E to I (weight 0.5)", forward),
      panel("from I", pulses.changes.map { -$0 }),
      panel("from E to E", pulses.changes),
    ]
  }
}
