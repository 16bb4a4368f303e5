import Figures
import Foundation
import Numerics
import RandomStreams
import SpikeCoding

/// One of the networks of a ``LesionExperiment`` with its tests.
struct LesionStage: Sendable {
  let name: String
  let feedforward, decoder: Matrix
  let errors: BalancedErrors
  let tuning: (E: TuningCurves, I: TuningCurves)

  init(
    _ name: String, _ network: BalancedNetwork, _ input: SmoothedNoise, _ test: BalancedTestParameters,
    key: StreamKey
  ) {
    self.name = name
    feedforward = network.weights.feedforward
    decoder = BalancedDecoders(network, input, steps: test.fittingSteps, key: key).E.weights
    errors = BalancedErrors(network, input, test, key: key)
    tuning = network.tuningCurves(test, key: key)
  }

  /// The stage's numbers.
  struct Numbers: Encodable {
    let name: String
    let errors: BalancedErrors
    /// Largest gap between directions of F, in degrees.
    let gap: Double
    /// Highest and mean rate in Hz and half width in degrees of tuning curves of E.
    let highest, mean, halfWidth: Double

    enum CodingKeys: String, CodingKey {
      case name, errors
      case gap = "largest_gap_deg"
      case highest = "tuning_maximum_Hz"
      case mean = "tuning_mean_Hz"
      case halfWidth = "tuning_half_width_deg"
    }
  }

  var numbers: Numbers {
    Numbers(
      name: name, errors: errors, gap: Coverage(feedforward).largestGap, highest: tuning.E.maximum,
      mean: tuning.E.mean, halfWidth: tuning.E.halfWidth)
  }
}

/// All numbers of a ``LesionExperiment``.
struct LesionNumbers: Encodable, Sendable {
  /// How many excitatory neurons were removed.
  let removed: Int
  let stages: [LesionStage.Numbers]

  /// A table for people.
  var text: String {
    let head =
      "network        error E  error I  rate E/Hz  rate I/Hz  gap/deg  tuning: highest/Hz  mean/Hz  half width/deg"
    let rows = stages.map { stage in
      let e = stage.errors
      return stage.name.padding(toLength: 13, withPad: " ", startingAt: 0)
        + String(
          format: " %8.5f %8.5f %10.2f %10.2f %8.1f %19.1f %8.2f %15.1f", e.errorE, e.errorI, e.rateE,
          e.rateI,
          stage.gap, stage.highest, stage.mean, stage.halfWidth)
    }
    return ([head] + rows + ["\(removed) excitatory neurons removed"]).joined(separator: "\n")
  }
}

/// The panels of Fig. 8 of Brendel et al. 2020: for each network F, decoders and tuning curves.
struct LesionFigure {
  let stages: [LesionStage]

  var figure: Figure {
    Figure(
      width: .doubleColumn,
      rows: stages.map { stage in
        Figure.Row(
          height: 26,
          [
            vectorPanel("\(stage.name): F", stage.feedforward, stage, isDecoder: false),
            vectorPanel("decoder", stage.decoder, stage, isDecoder: true),
            tuningPanel("tuning of E", stage.tuning.E, .vermilion),
            tuningPanel("tuning of I", stage.tuning.I, .blue),
          ])
      })
  }

  /// Vectors as dots: F [neuron][signal] or D [signal][neuron].
  private func vectorPanel(_ title: String, _ matrix: Matrix, _ stage: LesionStage, isDecoder: Bool) -> Panel
  {
    let count = isDecoder ? matrix.columns : matrix.rows
    func component(_ neuron: Int, _ d: Int) -> Double {
      isDecoder ? matrix[d, neuron] : matrix[neuron, d]
    }
    let all = stages.map { isDecoder ? $0.decoder : $0.feedforward }
    let limit = 1.1 * (all.flatMap(\.elements).map(abs).max() ?? 1)
    return Panel(
      title: title, x: Axis("", from: -limit, to: limit), y: Axis("", from: -limit, to: limit),
      layers: [
        .points(
          x: (0..<count).map { component($0, 0) }, y: (0..<count).map { component($0, 1) }, color: .ink,
          diameter: 1.8)
      ], legend: .none)
  }

  private func tuningPanel(_ title: String, _ curves: TuningCurves, _ color: Color) -> Panel {
    Panel(
      title: title, x: Axis("direction (°)", from: -180, to: 180), y: Axis("rate (Hz)", padding: 0.05),
      layers: curves.rates.map { .line(x: curves.angles, y: $0, color: color, width: 0.4) }, legend: .none)
  }
}
