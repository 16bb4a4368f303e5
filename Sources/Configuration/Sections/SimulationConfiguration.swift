/// The section `simulation`: how long and how finely each network is simulated.
public struct SimulationConfiguration: Sendable, Equatable {
  /// Simulated time including the transient, in ms.
  public var duration = 3_000
  /// Time at the start that no analysis sees, in ms.
  public var transient = 150
  /// Time step of the integration, in ms. The bins of the histograms, 1 ms, are a multiple of it.
  public var timeStep = 0.1

  /// The durations of the paper.
  public init() {}
}

extension SimulationConfiguration: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("duration_ms", \.duration, .atLeast(1)),
      ConfigurationKey("transient_ms", \.transient, .atLeast(0)),
      ConfigurationKey("dt_ms", \.timeStep, .between(0.001, 1)),
    ]
  }

  /// The rules that take more than one key.
  package func inconsistencies(segment: Int) -> [ConfigurationProblem] {
    var rules = ConsistencyRules()
    let stepsPerBin = 1 / timeStep
    rules.require(
      stepsPerBin >= 1 - ConsistencyRules.tolerance
        && abs(stepsPerBin - stepsPerBin.rounded()) <= ConsistencyRules.tolerance * stepsPerBin,
      ConsistencyRules.timeStepPath, "does not divide the bins of 1 ms", got: timeStep,
      expected: "1 ms divided by a whole number")
    rules.require(
      transient < duration, "simulation.transient_ms", with: ["simulation.duration_ms"],
      "leaves nothing of the simulation", got: transient,
      expected: "less than duration_ms = \(duration)")
    rules.require(
      transient >= duration || duration - transient >= segment, "simulation.duration_ms",
      with: ["simulation.transient_ms", "spectra.segment_ms"],
      "is too short for one segment of the spectrum after the transient", got: duration,
      expected: "at least transient_ms + segment_ms = \(transient + segment)")
    return rules.broken
  }
}
