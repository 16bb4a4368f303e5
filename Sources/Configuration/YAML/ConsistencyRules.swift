/// Collects the broken ones of the rules that tie several keys together.
package struct ConsistencyRules {
  /// Relative deviation, in units of the time step, below which a time counts as a multiple of it.
  package static let tolerance = 1e-9
  /// The key of the time step.
  package static let timeStepPath = "simulation.dt_ms"

  package private(set) var broken: [ConfigurationProblem] = []

  package init() {}

  /// Notes a problem at `keyPath` unless the condition holds. `related` are the other keys that the
  /// rule looks at.
  package mutating func require(
    _ condition: Bool, _ keyPath: String, with related: [String] = [], _ what: String, got: String,
    expected: String
  ) {
    if condition { return }
    broken.append(
      ConfigurationProblem(at: keyPath, with: related, what, got: got, expected: expected))
  }

  /// The same for a value of the configuration.
  package mutating func require(
    _ condition: Bool, _ keyPath: String, with related: [String] = [], _ what: String,
    got value: some ConfigurationValue, expected: String
  ) {
    require(condition, keyPath, with: related, what, got: value.canonical.flow, expected: expected)
  }

  /// Requires a time to be a whole number of time steps.
  package mutating func requireMultiple(_ time: Double, of timeStep: Double, _ keyPath: String) {
    let steps = time / timeStep
    require(
      abs(steps - steps.rounded()) <= Self.tolerance * max(1, abs(steps)), keyPath,
      with: [Self.timeStepPath], "is not a whole number of time steps", got: time,
      expected: "a multiple of dt_ms = \(timeStep.canonical.flow)")
  }

  /// Adds problems that were found elsewhere.
  package mutating func append(_ problems: [ConfigurationProblem]) {
    broken += problems
  }
}
