/// Inputs over time: formulas of t in s, some of which have names.
package enum InputSignal: String, Sendable, CaseIterable {
  /// sin t.
  case sin
  /// cos t.
  case cos
  /// From −1 at the beginning to 1 at the end.
  case ramp

  /// The formula that a name or another text stands for.
  package static func formula(_ text: String, duration: Double) throws(FormulaError) -> Formula {
    switch InputSignal(rawValue: text) {
    case .sin?: try Formula("sin(t)", of: "t")
    case .cos?: try Formula("cos(t)", of: "t")
    case .ramp?: try Formula("2*t/\(duration) - 1", of: "t")
    case nil: try Formula(text, of: "t")
    }
  }
}
