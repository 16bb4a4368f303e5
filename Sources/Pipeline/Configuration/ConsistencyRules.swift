/// Collects the broken ones of the rules that tie several keys together.
struct ConsistencyRules {
  /// Relative deviation, in units of the time step, below which a time counts as a multiple of it.
  static let tolerance = 1e-9
  /// The key of the time step.
  static let timeStepPath = "simulation.dt_ms"

  private(set) var broken: [ConfigurationProblem] = []

  /// Notes a problem at `keyPath` unless the condition holds. `related` are the other keys that the
  /// rule looks at.
  mutating func require(
    _ condition: Bool, _ keyPath: String, with related: [String] = [], _ what: String, got: String,
    expected: String
  ) {
    if condition { return }
    broken.append(
      ConfigurationProblem(at: keyPath, with: related, what, got: got, expected: expected))
  }

  /// The same for a value of the configuration.
  mutating func require(
    _ condition: Bool, _ keyPath: String, with related: [String] = [], _ what: String,
    got value: some ConfigurationValue, expected: String
  ) {
    require(condition, keyPath, with: related, what, got: value.canonical.flow, expected: expected)
  }

  /// Requires a time to be a whole number of time steps.
  mutating func requireMultiple(_ time: Double, of timeStep: Double, _ keyPath: String) {
    let steps = time / timeStep
    require(
      abs(steps - steps.rounded()) <= Self.tolerance * max(1, abs(steps)), keyPath,
      with: [Self.timeStepPath], "is not a whole number of time steps", got: time,
      expected: "a multiple of dt_ms = \(timeStep.canonical.flow)")
  }

  /// Adds problems that were found elsewhere.
  mutating func append(_ problems: [ConfigurationProblem]) {
    broken += problems
  }
}
