import Figures
import Foundation
import SingleNeuron
import StudyFigures

extension CurrentCurve {
  /// Rates against the current.
  var figure: Figure {
    CurrentCurveFigure(
      curves: curves.map { curve in
        .init(
          label: varied.flatMap { name in curve.value.map { Self.label(name, $0) } },
          currents: curve.points.map(\.current), rates: curve.points.map(\.rate),
          simulated: curve.points.map { $0.simulatedRate ?? .nan })
      },
      // Curves of several t_ref have several.
      limit: varied == NeuronParameter.refractoryPeriod.rawValue ? nil : curves.first?.highestRate
    ).figure
  }

  /// `theta_mV` and 20 as "θ = 20 mV".
  private static func label(_ name: String, _ value: Double) -> String {
    "\(symbol(name)) = \(String(format: "%g", value)) \(unit(name))"
  }

  private static func symbol(_ name: String) -> String {
    switch NeuronParameter(rawValue: name) {
    case .threshold: "θ"
    case .membraneTimeConstant: "τ_{m}"
    case .reset: "V_{r}"
    case .rest: "E_{L}"
    case .refractoryPeriod: "t_{ref}"
    default: String(name.prefix { $0 != "_" })
    }
  }

  private static func unit(_ name: String) -> String {
    let unit = name.split(separator: "_").last.map(String.init) ?? ""
    return unit == "MOhm" ? "MΩ" : unit
  }
}
