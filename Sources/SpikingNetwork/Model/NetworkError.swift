/// Why a network cannot be simulated.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
  /// A quantity has an impossible value.
  case invalid(quantity: String, value: Double, expected: String)
  /// A time is not a whole number of time steps.
  case notMultipleOfTimeStep(quantity: String, milliseconds: Double, timeStep: Double)

  /// Throws ``invalid(quantity:value:expected:)`` unless `condition` holds.
  static func require(
    _ condition: Bool, _ quantity: @autoclosure () -> String, _ value: Double,
    _ expected: @autoclosure () -> String
  ) throws {
    guard condition else {
      throw NetworkError.invalid(quantity: quantity(), value: value, expected: expected())
    }
  }

  /// One line with the value and what was expected.
  public var description: String {
    switch self {
    case .invalid(let quantity, let value, let expected):
      "\(quantity) is \(value), expected \(expected)"
    case .notMultipleOfTimeStep(let quantity, let milliseconds, let timeStep):
      "\(quantity) is \(milliseconds) ms, expected a whole number of time steps of \(timeStep) ms"
    }
  }
}
