import Figures
import Foundation
import SpikeCoding

/// One network of a ``RobustnessExperiment``.
struct RobustnessResult: Encodable, Sendable {
  let panel, curve: String
  let x: Double
  /// What it is like after learning, or why learning was stopped.
  let outcome: Result<Tested, UnstableLearning>

  /// A network after learning.
  struct Tested: Encodable, Sendable {
    let amplitude: Double
    let errors: BalancedErrors
    let poissonError: Double
    /// Whether the rate of E is within a fifth of the one that was to be held.
    let isRateHeld: Bool

    init(amplitude: Double, errors: BalancedErrors, poissonError: Double, heldRate: Double) {
      (self.amplitude, self.errors, self.poissonError) = (amplitude, errors, poissonError)
      isRateHeld = abs(errors.rateE - heldRate) < 0.2 * heldRate
    }

    enum CodingKeys: String, CodingKey {
      case amplitude, errors
      case poissonError = "poisson_error"
      case isRateHeld = "rate_is_held"
    }
  }

  enum CodingKeys: String, CodingKey { case panel, curve, x, unstable }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(panel, forKey: .panel)
    try container.encode(curve, forKey: .curve)
    try container.encode(x, forKey: .x)
    switch outcome {
    case .success(let tested): try tested.encode(to: encoder)
    case .failure(let problem): try container.encode(problem.what, forKey: .unstable)
    }
  }
}

/// All numbers of a ``RobustnessExperiment``.
struct RobustnessNumbers: Encodable, Sendable {
  let networks: [RobustnessResult]

  /// A table for people.
  var text: String {
    let head = "panel  curve       x         error E  error I  rate E/Hz  rate I/Hz  Poisson"
    let rows = networks.map { row in
      "\(row.panel)      " + row.curve.padding(toLength: 9, withPad: " ", startingAt: 0)
        + String(format: " %8.3f", row.x) + Self.text(of: row.outcome)
    }
    return ([head] + rows).joined(separator: "\n")
  }

  private static func text(of outcome: Result<RobustnessResult.Tested, UnstableLearning>) -> String {
    switch outcome {
    case .success(let tested):
      let errors = tested.errors
      return String(
        format: " %11.5f %8.5f %10.2f %10.2f %8.4f", errors.errorE, errors.errorI, errors.rateE, errors.rateI,
        tested.poissonError) + (tested.isRateHeld ? "" : "  rate not held")
    case .failure(let problem): return "  unstable: \(problem.what)"
    }
  }
}

/// The panels of Fig. 7 of Brendel et al. 2020.
struct RobustnessFigure {
  let results: [RobustnessResult]
  let delays: [Double]

  var figure: Figure {
    Figure(
      width: .doubleColumn,
      rows: [
        Figure.Row(
          height: 34,
          [
            panel("A", "size", Axis("inhibitory neurons", .logarithmic, padding: 0.03)),
            panel("B", "connections", Axis("probability of a connection", padding: 0.03)),
          ]),
        Figure.Row(
          height: 34,
          [panel("C", "noise and delay", Axis("noise in a step", .logarithmic, padding: 0.03)), kernelPanel]),
      ])
  }

  private func panel(_ name: String, _ title: String, _ x: Axis) -> Panel {
    let own = results.filter { $0.panel == name }
    let curves = own.reduce(into: [String]()) { if !$0.contains($1.curve) { $0.append($1.curve) } }
    let colors: [Color] = [.blue, .vermilion, .green, .purple, .orange, .sky]
    let learnt = curves.enumerated().map { index, curve in
      let points = points(of: curve, in: own)
      return Layer.line(
        x: points.map(\.x), y: points.map(\.tested.errors.errorE), color: colors[index % colors.count],
        label: label(of: curve, in: own))
    }
    let first = points(of: curves.first, in: own)
    let poisson = Layer.line(
      x: first.map(\.x), y: first.map(\.tested.poissonError), color: .ink, style: .dashed, label: "Poisson")
    return Panel(
      title: title, x: x, y: Axis("error", .logarithmic, padding: 0.05), layers: learnt + [poisson],
      legend: .right)
  }

  /// The name of a curve, and how many of its networks are unstable.
  private func label(of curve: String, in results: [RobustnessResult]) -> String {
    let unstable = results.count { $0.curve == curve } - points(of: curve, in: results).count
    return unstable == 0 ? curve : "\(curve), \(unstable) unstable"
  }

  /// The networks of a curve that could be tested, from left to right.
  private func points(of curve: String?, in results: [RobustnessResult]) -> [(
    x: Double, tested: RobustnessResult.Tested
  )] {
    results.compactMap { result in
      guard result.curve == curve, case .success(let tested) = result.outcome else { return nil }
      return (result.x, tested)
    }.sorted { $0.x < $1.x }
  }

  private var kernelPanel: Panel {
    let shown = delays.filter { $0 > 0 }
    let colors: [Color] = [.vermilion, .green, .purple, .orange, .sky]
    let times = (0...200).map { Double($0) * 0.05 }
    return Panel(
      title: "currents", x: Axis("time (ms)"), y: Axis("current (1/ms)", includesZero: true, padding: 0.05),
      layers: shown.enumerated().map { index, delay in
        .line(
          x: times, y: times.map { $0 / (delay * delay) * exp(-$0 / delay) },
          color: colors[index % colors.count], label: "\(delay) ms")
      }, legend: .right, emptyText: "no delays")
  }
}
