import Figures
import SingleNeuron
import StudyFigures

extension CurrentCurve {
  /// Rates against the current.
  var figure: Figure {
    CurrentCurveFigure(
      curves: curves.map { curve in
        .init(
          label: varied.flatMap { name in curve.value.map { "\(Self.symbol(name)) = \($0)\(Self.unit(name))" }
          },
          currents: curve.points.map(\.current), rates: curve.points.map(\.rate),
          simulated: curve.points.map { $0.simulatedRate ?? .nan })
      },
      // Curves of several t_ref have several.
      limit: varied == NeuronParameter.refractoryPeriod.rawValue ? nil : curves.first?.highestRate
    ).figure
  }

  /// `theta_mV` as θ.
  private static func symbol(_ name: String) -> String {
    switch name {
    case "theta_mV": "θ"
    case "tau_m_ms": "τ_{m}"
    case "V_reset_mV": "V_{r}"
    case "E_L_mV": "E_{L}"
    case "t_ref_ms": "t_{ref}"
    default: String(name.prefix { $0 != "_" })
    }
  }

  private static func unit(_ name: String) -> String {
    let unit = name.split(separator: "_").last.map(String.init) ?? ""
    return " " + (unit == "MOhm" ? "MΩ" : unit)
  }
}
