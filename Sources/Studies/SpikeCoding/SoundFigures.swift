import Figures
import Foundation
import Numerics
import SpikeCoding

/// The panels of Fig. 5 of Brendel et al. 2020: sounds, and the answers of networks to them, one column each.
struct ResponseFigure {
  let stages: [SoundStage]

  /// Steps that are shown, and how many of them make one column of a spectrogram.
  private static let window = 500..<1_500
  private static let bin = 12

  /// Columns: naive and trained with the first sound, trained and retrained with the new one.
  private var columns: [(title: String, response: SoundStage.Response)] {
    [
      ("naive", stages[0].first), ("trained", stages[1].first), ("new sound", stages[1].new),
      ("retrained", stages[2].new),
    ]
  }

  var figure: Figure {
    Figure(
      width: .doubleColumn,
      rows: [
        Figure.Row(height: 20, columns.map { spectrogram($0.title + ": x", $0.response.signals) }),
        Figure.Row(height: 20, columns.map { spectrogram("estimate", $0.response.estimates) }),
        Figure.Row(height: 24, columns.map { raster($0.response) }),
        Figure.Row(height: 20, columns.map { currents($0.response) }),
      ])
  }

  private var signals: Int { stages[0].weights.signals }

  private func spectrogram(_ title: String, _ values: [Double]) -> Panel {
    let bins = Self.window.count / Self.bin
    let limit = stages[0].first.signals.max() ?? 1
    let cells = (0..<signals).map { channel in
      (0..<bins).map { bin in
        (0..<Self.bin).reduce(0.0) {
          $0 + values[(Self.window.lowerBound + bin * Self.bin + $1) * signals + channel]
        } / Double(Self.bin)
      }
    }
    return Panel(
      title: title, x: Axis("time (s)"), y: Axis("channel"),
      layers: [
        .heatMap(
          cells, colors: .viridis, limits: 0...max(1e-9, 0.6 * limit),
          x: 0...Double(bins * Self.bin) * 1e-3)
      ], legend: .none)
  }

  private func raster(_ response: SoundStage.Response) -> Panel {
    let shown = zip(response.trains.times, response.trains.sources).filter { Self.window.contains(Int($0.0)) }
    return Panel(
      title: "spikes", x: Axis("time (s)", from: 0, to: Double(Self.window.count) * 1e-3),
      y: Axis("neuron", from: -1, to: Double(response.trains.neurons)),
      layers: [
        .raster(
          times: shown.map { Double(Int($0.0) - Self.window.lowerBound) * 1e-3 },
          rows: shown.map { Int($0.1) })
      ], legend: .none, emptyText: "no spikes")
  }

  private func currents(_ response: SoundStage.Response) -> Panel {
    let shown = Self.window.filter { $0 % 4 == 0 }
    let x = shown.map { Double($0 - Self.window.lowerBound) * 1e-3 }
    func line(_ values: [Double], _ color: Color, _ label: String) -> Layer {
      .line(x: x, y: shown.map { values[$0] }, color: color, width: 0.6, label: label)
    }
    return Panel(
      title: "currents", x: Axis("time (s)"), y: Axis("current / λ", padding: 0.05),
      layers: [
        line(response.excitatory, .orange, "E"), line(response.inhibitory, .blue, "I"),
        line(response.total, .ink, "one"),
      ], legend: .above)
  }
}

/// The panels of Fig. 6 of Brendel et al. 2020: F and decoders of each network, neurons in the order of their best channel.
struct ReceptiveFieldFigure {
  let stages: [SoundStage]

  var figure: Figure {
    Figure(
      width: .doubleColumn,
      rows: [
        Figure.Row(height: 44, stages.map { panel("\($0.name): F", $0, isDecoder: false) }),
        Figure.Row(height: 44, stages.map { panel("\($0.name): D", $0, isDecoder: true) }),
      ])
  }

  private func panel(_ title: String, _ stage: SoundStage, isDecoder: Bool) -> Panel {
    let F = stage.weights.feedforward, channels = 0..<F.columns
    func value(_ neuron: Int, _ channel: Int) -> Double {
      isDecoder ? stage.decoder.weights[channel, neuron] : F[neuron, channel]
    }
    // The retrained network keeps the order of the trained one, so that changes can be seen.
    let ordering = stage.name == "retrained" ? stages[1].weights.feedforward : F
    let order = (0..<F.rows).sorted { a, b in
      func best(_ neuron: Int) -> Int { channels.max { ordering[neuron, $0] < ordering[neuron, $1] }! }
      return (best(a), a) < (best(b), b)
    }
    let cells = order.map { neuron in channels.map { value(neuron, $0) } }
    let size = cells.joined().map(abs).sorted()
    let limit = max(1e-9, size[size.count * 99 / 100])
    return Panel(
      title: title, x: Axis("channel"), y: Axis("neuron"),
      layers: [.heatMap(cells, colors: .diverging, limits: -limit...limit)], legend: .none)
  }
}
