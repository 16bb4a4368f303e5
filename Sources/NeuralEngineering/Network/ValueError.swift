/// A formula without a finite value where one is needed.
package struct ValueError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The formula, and whether it is the input, of t, or the function, of x.
  package let formula: String, isInput: Bool
  /// Where.
  package let argument: Double
  /// What it gives.
  package let value: Double

  /// Squares of greater values are beyond double precision when they are summed.
  private static let largest = 1e100

  static func checked(
    _ value: Double, of formula: Formula, at argument: Double, isInput: Bool = false
  ) throws(ValueError) -> Double {
    guard value.magnitude <= largest else {
      throw ValueError(
        formula: formula.description, isInput: isInput, argument: argument, value: value)
    }
    return value
  }

  /// One line that names the option.
  package var description: String {
    let (key, variable) = isInput ? (NEFParameters.Key.input, "t") : (.function, "x")
    return
      "\(key.rawValue): \(formula) is \(value.isNaN ? "not a number" : "\(value)") at \(variable) = \(argument),"
      + " expected a number from -1e100 to 1e100"
  }
}
