/// Collects the broken ones of the rules that parameters must fulfil.
///
/// Rules about single parameters come before those that take several: a rule is looked at only where none of its keys is
/// broken already, so that one mistake is reported once, and rules can rely on every value being possible by itself.
public struct ParameterRules {
  /// Relative deviation, in units of the time step, below which a time counts as a multiple of it.
  public static let tolerance = 1e-9

  /// What was found.
  public private(set) var problems: [ParameterProblem] = []
  private var brokenKeys: Set<String>
  private let allowsContradictions: Bool

  /// No rule broken so far.
  ///
  /// - Parameters:
  ///   - brokenKeys: Keys whose values could not be read.
  ///   - allowsContradictions: Whether what earlier versions computed without a word is accepted, see
  ///     ``requireConsistent(_:_:with:_:got:expected:)``.
  public init(brokenKeys: Set<String> = [], allowsContradictions: Bool = false) {
    self.brokenKeys = brokenKeys
    self.allowsContradictions = allowsContradictions
  }

  /// Notes a problem of `key` unless the condition holds. `related` are the other keys that the rule looks at.
  public mutating func require(
    _ condition: @autoclosure () -> Bool, _ key: String, with related: [String] = [], _ what: String,
    got: @autoclosure () -> Any, expected: @autoclosure () -> String
  ) {
    guard brokenKeys.isDisjoint(with: [key] + related), !condition() else { return }
    problems.append(
      ParameterProblem(at: key, with: related, what, got: "\(got())", expected: expected()))
    brokenKeys.insert(key)
  }

  /// The same for parameters that contradict each other although each model can be computed: files stored by earlier
  /// versions, which did not mind, are read all the same.
  public mutating func requireConsistent(
    _ condition: @autoclosure () -> Bool, _ key: String, with related: [String] = [], _ what: String,
    got: @autoclosure () -> Any, expected: @autoclosure () -> String
  ) {
    let isAllowed = allowsContradictions
    require(
      isAllowed || condition(), key, with: related, what, got: got(), expected: expected())
  }

  /// Adds problems that were found elsewhere.
  public mutating func append(_ others: [ParameterProblem]) {
    problems += others
    brokenKeys.formUnion(others.map(\.keyPath))
  }

  /// Requires a value in a range that words describe.
  public mutating func require(_ condition: Bool, _ key: String, _ value: Any, _ expected: String) {
    require(condition, key, "is out of range", got: value, expected: expected)
  }

  /// Requires a number greater than 0.
  public mutating func requirePositive(_ value: Double, _ key: String) {
    require(value > 0 && value.isFinite, key, value, "a number greater than 0")
  }

  /// Requires a number not less than 0.
  public mutating func requireNotNegative(_ value: Double, _ key: String) {
    require(value >= 0 && value.isFinite, key, value, "a number not less than 0")
  }

  /// Requires a finite number.
  public mutating func requireFinite(_ value: Double, _ key: String) {
    require(value.isFinite, key, value, "a finite number")
  }

  /// Requires a number within a range, ends included.
  public mutating func require(_ value: Double, in range: ClosedRange<Double>, _ key: String) {
    require(
      range.contains(value), key, value, "a number from \(range.lowerBound) to \(range.upperBound)")
  }

  /// Requires a whole number within a range.
  public mutating func require(_ value: Int, in range: ClosedRange<Int>, _ key: String) {
    require(
      range.contains(value), key, value, "a whole number from \(range.lowerBound) to \(range.upperBound)")
  }

  /// Requires a whole number from `minimum` to the largest 32-bit count.
  public mutating func require(_ value: Int, atLeast minimum: Int, _ key: String) {
    require(value, in: minimum...Int(Int32.max), key)
  }

  /// Requires a list of different elements, at least one; `elements` says of what.
  public mutating func requireDistinct(_ list: [some Hashable], _ key: String, _ elements: String) {
    require(
      !list.isEmpty && Set(list).count == list.count, key, list, "at least one of \(elements), none twice")
  }

  /// Requires a time to be a whole number of time steps, both in ms.
  public mutating func requireMultiple(
    _ time: Double, of timeStep: Double, _ key: String, with timeStepKey: String
  ) {
    let steps = time / timeStep
    require(
      abs(steps - steps.rounded()) <= Self.tolerance * max(1, abs(steps)), key, with: [timeStepKey],
      "is not a whole number of time steps", got: time, expected: "a multiple of dt_ms = \(timeStep)")
  }
}
