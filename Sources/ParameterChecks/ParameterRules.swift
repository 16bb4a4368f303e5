/// Collects the broken ones of the rules that parameters must fulfil.
///
/// State rules about single parameters first: a rule that takes several is only looked at where none of them is broken
/// already, so that one mistake is reported once.
public struct ParameterRules {
  /// Relative deviation, in units of the time step, below which a time counts as a multiple of it.
  public static let tolerance = 1e-9

  /// What was found.
  public private(set) var problems: [ParameterProblem] = []
  private var brokenKeys: Set<String> = []

  /// No rule broken so far.
  public init() {}

  /// Notes a problem of `key` unless the condition holds. `related` are the other keys that the rule looks at.
  public mutating func require(
    _ condition: @autoclosure () -> Bool, _ key: String, with related: [String] = [], _ what: String,
    got: some CustomStringConvertible, expected: @autoclosure () -> String
  ) {
    guard brokenKeys.isDisjoint(with: [key] + related), !condition() else { return }
    problems.append(
      ParameterProblem(key, with: related, what, got: got.description, expected: expected()))
    brokenKeys.insert(key)
  }

  /// Requires a number greater than 0.
  public mutating func requirePositive(_ value: Double, _ key: String) {
    requireRange(value > 0 && value.isFinite, key, value, "a number greater than 0")
  }

  /// Requires a number not less than 0.
  public mutating func requireNotNegative(_ value: Double, _ key: String) {
    requireRange(value >= 0 && value.isFinite, key, value, "a number not less than 0")
  }

  /// Requires a finite number.
  public mutating func requireFinite(_ value: Double, _ key: String) {
    requireRange(value.isFinite, key, value, "a finite number")
  }

  /// Requires a number within a range, ends included.
  public mutating func require(_ value: Double, within range: ClosedRange<Double>, _ key: String) {
    requireRange(
      range.contains(value), key, value, "a number from \(range.lowerBound) to \(range.upperBound)")
  }

  /// Requires a whole number within a range.
  public mutating func require(_ value: Int, within range: ClosedRange<Int>, _ key: String) {
    requireRange(
      range.contains(value), key, value, "a whole number from \(range.lowerBound) to \(range.upperBound)")
  }

  /// Requires a value in a range that is described by words.
  public mutating func requireRange(
    _ condition: Bool, _ key: String, _ value: some CustomStringConvertible, _ expected: String
  ) {
    require(condition, key, "is out of range", got: value, expected: expected)
  }

  /// Adds problems found elsewhere.
  public mutating func append(_ others: [ParameterProblem]) {
    problems += others
    brokenKeys.formUnion(others.map(\.key))
  }
}

extension ParameterRules {
  /// Requires a time in ms to be a whole number of time steps.
  public mutating func requireMultiple(
    _ time: Double, of timeStep: Double, _ key: String, timeStepKey: String
  ) {
    let steps = time / timeStep
    require(
      abs(steps - steps.rounded()) <= Self.tolerance * max(1, abs(steps)), key, with: [timeStepKey],
      "is not a whole number of time steps", got: time, expected: "a multiple of dt_ms = \(timeStep)")
  }
}
