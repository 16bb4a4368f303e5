import Figures
import Foundation
import Numerics
import RandomStreams
import SpikeCoding

/// One network of a ``CompetitionExperiment`` with its tests.
struct CompetitionStage: Sendable {
  let name: String
  let weights: CodingWeights
  let decoder: Decoder
  let assessment: CodingAssessment
  let tuning: TuningCurves
  /// Some of the input signals x, [sample][signal].
  let signals: [[Double]]

  init(
    _ name: String, _ network: CodingNetwork, _ input: SmoothedNoise, _ test: TestParameters, key: StreamKey
  ) {
    self.name = name
    weights = network.weights
    decoder = network.decoder(input, steps: test.fittingSteps, key: key)
    assessment = CodingAssessment(network, input, test, key: key)
    tuning = TuningCurves(
      network, radius: test.radius, directions: test.directions, steps: test.stepsPerDirection, key: key)
    let x = input.sequence(key: key.derived(.codingWaves), steps: 40_000).filtered(network.parameters)
    signals = stride(from: 1_000, to: 40_000, by: 130).map { [x[2 * $0], x[2 * $0 + 1]] }
  }

  /// Angles in degrees by which the maxima of tuning curves miss the directions of F; silent neurons are left out.
  var misalignment: [Double] {
    (0..<weights.neurons).compactMap { neuron in
      tuning.preferred(neuron).map { angle in
        let own = atan2(weights.feedforward[neuron, 1], weights.feedforward[neuron, 0]) * 180 / .pi
        return abs((angle - own + 540).truncatingRemainder(dividingBy: 360) - 180)
      }
    }
  }

  /// The stage's numbers.
  struct Numbers: Encodable {
    let name: String
    let assessment: CodingAssessment
    let misalignment: [Double]
    let rates: [Double]

    enum CodingKeys: String, CodingKey {
      case name, assessment
      case misalignment = "misalignment_deg"
      case rates = "mean_tuning_Hz"
    }
  }

  var numbers: Numbers {
    Numbers(
      name: name, assessment: assessment, misalignment: misalignment,
      rates: tuning.rates.map { $0.reduce(0, +) / Double($0.count) })
  }
}

/// All numbers of a ``CompetitionExperiment``.
struct CompetitionNumbers: Encodable, Sendable {
  let stages: [CompetitionStage.Numbers]

  /// A table for people.
  var text: String {
    let head = "network                  error   rate/Hz  gap/deg  tuning misses F by/deg"
    let rows = stages.map { stage in
      stage.name.padding(toLength: 21, withPad: " ", startingAt: 0)
        + String(
          format: " %8.5f %8.2f %8.1f  ", stage.assessment.error, stage.assessment.rate,
          stage.assessment.coverage.largestGap)
        + stage.misalignment.map { String(format: "%.0f", $0) }.joined(separator: " ")
    }
    return ([head] + rows).joined(separator: "\n")
  }
}

/// The panels of Fig. 3 of Brendel et al. 2020: signals with decoders, and tuning curves with the directions of F.
struct CompetitionFigure {
  let stages: [CompetitionStage]

  private static let colors: [Color] = [.blue, .vermilion, .green, .purple, .orange, .sky]

  var figure: Figure {
    Figure(
      width: .doubleColumn,
      rows: [
        Figure.Row(height: 36, stages.map { vectorPanel($0) }),
        Figure.Row(height: 30, stages.map { tuningPanel($0) }),
      ])
  }

  private func color(_ neuron: Int) -> Color { Self.colors[neuron % Self.colors.count] }

  /// Decoding vectors, enlarged so that they can be seen among the signals.
  private func vectorPanel(_ stage: CompetitionStage) -> Panel {
    let limit = 8.0
    let longest =
      (0..<stage.weights.neurons).map { neuron in
        (0..<2).reduce(0) { $0 + stage.decoder.weights[$1, neuron] * stage.decoder.weights[$1, neuron] }
          .squareRoot()
      }.max() ?? 1
    let scale = 0.8 * limit / longest
    return Panel(
      title: stage.name, x: Axis("x_{1}", from: -limit, to: limit), y: Axis("x_{2}", from: -limit, to: limit),
      layers: [
        .points(
          x: stage.signals.map { $0[0] }, y: stage.signals.map { $0[1] }, color: .gray, diameter: 1,
          opacity: 0.4)
      ]
        + (0..<stage.weights.neurons).map { neuron in
          .line(
            x: [0, scale * stage.decoder.weights[0, neuron]],
            y: [0, scale * stage.decoder.weights[1, neuron]],
            color: color(neuron), width: 1.4)
        }, legend: .none)
  }

  /// Tuning curves, with dashed lines in the directions of F.
  private func tuningPanel(_ stage: CompetitionStage) -> Panel {
    Panel(
      title: "tuning; F dashed", x: Axis("direction (°)", from: -180, to: 180),
      y: Axis("rate (Hz)", padding: 0.05),
      layers: (0..<stage.weights.neurons).flatMap { neuron in
        [
          Layer.line(x: stage.tuning.angles, y: stage.tuning.rates[neuron], color: color(neuron)),
          Layer.verticalLine(
            x: atan2(stage.weights.feedforward[neuron, 1], stage.weights.feedforward[neuron, 0]) * 180 / .pi,
            color: color(neuron)),
        ]
      }, legend: .none)
  }
}
