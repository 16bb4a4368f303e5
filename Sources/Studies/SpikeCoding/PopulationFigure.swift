import Figures
import Foundation
import SpikeCoding

/// The panels of Fig. 2 of Brendel et al. 2020, one column for each stage of learning, and the inset of Fig. 1D.
struct PopulationFigure {
  let course: [CourseRow]
  let stages: [PopulationStage]
  let pulses: PairedPulses

  /// The part of the test with sine and cosine that is shown, in steps.
  private static let window = 1000..<2000
  private static let colors: [Color] = [.blue, .vermilion, .green]

  var figure: Figure {
    Figure(
      width: .doubleColumn,
      rows: [
        Figure.Row(height: 26, [errorPanel, ratePanel, pulsePanel]),
        Figure.Row(height: 24, stages.flatMap { [weightPanel($0), matrixPanel($0)] }),
        Figure.Row(height: 20, stages.map { wavePanel($0) }),
        Figure.Row(height: 20, stages.map { rasterPanel($0) }),
        Figure.Row(height: 22, stages.map { voltagePanel($0, trial: 0) }),
        Figure.Row(height: 22, stages.map { voltagePanel($0, trial: 1) }),
        Figure.Row(height: 24, stages.map { tuningPanel($0) }),
      ])
  }

  private var steps: [Double] { course.map { Double(max($0.step, 500)) } }

  private var errorPanel: Panel {
    Panel(
      title: "error", x: Axis("step", .logarithmic), y: Axis("error", .logarithmic, padding: 0.05),
      layers: [.line(x: steps, y: course.map(\.assessment.error))], legend: .none)
  }

  private var ratePanel: Panel {
    Panel(
      title: "rate", x: Axis("step", .logarithmic), y: Axis("rate (Hz)", includesZero: true, padding: 0.05),
      layers: [.line(x: steps, y: course.map(\.assessment.rate), color: .orange)], legend: .none)
  }

  private var pulsePanel: Panel {
    Panel(
      title: "two spikes", x: Axis("t_{pre} − t_{post} (ms)"), y: Axis("change of Ω", padding: 0.05),
      layers: [.line(x: pulses.lags, y: pulses.changes), .verticalLine(x: 0)], legend: .none)
  }

  private func weightPanel(_ stage: PopulationStage) -> Panel {
    let weights = stage.network.weights.feedforward
    let limit = 1.25
    let points = (0..<weights.rows).map { (weights[$0, 0], weights[$0, 1]) }
    func shown(_ neurons: [Int], _ color: Color, _ diameter: Double) -> Layer {
      .points(
        x: neurons.map { points[$0].0 }, y: neurons.map { points[$0].1 }, color: color, diameter: diameter)
    }
    return Panel(
      title: "\(stage.name)  F", x: Axis("F_{1}", from: -limit, to: limit),
      y: Axis("F_{2}", from: -limit, to: limit),
      layers: [shown(Array(points.indices), .gray, 1.8)]
        + stage.traced.enumerated().map { shown([$1], Self.colors[$0], 3) }, legend: .none)
  }

  private func matrixPanel(_ stage: PopulationStage) -> Panel {
    let omega = stage.network.weights.recurrent
    // Neurons in the order of their final directions, the same in all stages.
    let final = stages[2].network.weights.feedforward
    let order = (0..<omega.rows).sorted {
      atan2(final[$0, 1], final[$0, 0]) < atan2(final[$1, 1], final[$1, 0])
    }
    return Panel(
      title: "Ω", x: Axis("from"), y: Axis("to"),
      layers: [
        .heatMap(
          order.map { to in order.map { omega[to, $0] } }, colors: .diverging, limits: -0.8...0.8)
      ], legend: .none)
  }

  private var times: [Double] {
    Self.window.map { Double($0) * stages[0].network.parameters.stepInSeconds }
  }

  private func wavePanel(_ stage: PopulationStage) -> Panel {
    let m = stage.network.parameters.signals
    let shown = stride(from: 0, to: Self.window.count, by: 4)
    func trace(_ values: [Double], _ signal: Int) -> [Double] {
      shown.map { values[(Self.window.lowerBound + $0) * m + signal] }
    }
    let x = shown.map { times[$0] }
    return Panel(
      title: "sine and cosine", x: Axis("time (s)"), y: Axis("signal", from: -6, to: 6),
      layers: (0..<2).flatMap { d in
        [
          Layer.line(
            x: x, y: trace(stage.waves.signals, d), color: .purple, width: 1, label: d == 0 ? "x" : nil),
          Layer.line(
            x: x, y: trace(stage.waves.estimates, d), color: .green, width: 0.6, label: d == 0 ? "x̂" : nil),
        ]
      }, legend: .above)
  }

  private func rasterPanel(_ stage: PopulationStage) -> Panel {
    let trains = stage.waves.trials[0], dt = stage.network.parameters.stepInSeconds
    let spikes = zip(trains.times, trains.sources).filter { Self.window.contains(Int($0.0)) }
    return Panel(
      title: "spikes", x: Axis("time (s)", from: times.first, to: times.last),
      y: Axis("neuron", from: -1, to: Double(trains.neurons)),
      layers: [.raster(times: spikes.map { Double($0.0) * dt }, rows: spikes.map { Int($0.1) })],
      legend: .none, emptyText: "no spikes")
  }

  /// Voltages of the traced neurons below each other, with dots where they spike.
  private func voltagePanel(_ stage: PopulationStage, trial: Int) -> Panel {
    let voltages = stage.waves.voltages[trial], trains = stage.waves.trials[trial]
    let dt = stage.network.parameters.stepInSeconds
    let spacing = stage.name == "i" ? 20.0 : stage.name == "ii" ? 6 : 2
    let layers = stage.traced.indices.flatMap { index in
      let shown = Self.window.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      let spikes = zip(trains.times, trains.sources).filter {
        $0.1 == stage.traced[index] && Self.window.contains(Int($0.0))
      }
      let offset = -Double(index) * spacing
      return [
        Layer.line(
          x: shown.map { Double($0) * dt }, y: shown.map { voltages[index][$0] + offset },
          color: Self.colors[index], width: 0.5),
        Layer.points(
          x: spikes.map { Double($0.0) * dt }, y: spikes.map { _ in offset + 0.4 * spacing },
          color: Self.colors[index], diameter: 1.2),
      ]
    }
    return Panel(
      title: "voltages, trial \(trial + 1)", x: Axis("time (s)", from: times.first, to: times.last),
      y: Axis("V (offset by \(Int(spacing)))", padding: 0.05), layers: layers, legend: .none)
  }

  private func tuningPanel(_ stage: PopulationStage) -> Panel {
    let final = stages[2].tuning
    let colors = ColorMap.viridis.lineColors(count: stage.tuning.rates.count)
    let order = stage.tuning.rates.indices.sorted {
      (final.preferred($0) ?? 0) < (final.preferred($1) ?? 0)
    }
    return Panel(
      title: "tuning", x: Axis("direction (°)", from: -180, to: 180), y: Axis("rate (Hz)", padding: 0.05),
      layers: order.enumerated().map { rank, neuron in
        .line(
          x: stage.tuning.angles, y: stage.tuning.rates[neuron], color: colors[rank], width: 0.6)
      }, legend: .none)
  }
}
