import ParameterChecks

/// How long and how finely a network is simulated: the section `simulation` of a configuration. Defaults are those of
/// Skaar et al. 2020.
public struct SimulationTiming: Sendable, Equatable {
  /// Simulated time including the transient, in ms.
  public var duration = 3_000
  /// Time at the start that no analysis sees, in ms.
  public var transient = 150
  /// Time step of the integration, in ms: 1 ms divided by a whole number, as histograms have bins of 1 ms.
  public var timeStep = 0.1

  /// The durations of the paper.
  public init() {}

  /// Durations in ms, and the time step.
  public init(duration: Int, transient: Int = 0, timeStep: Double = 0.1) {
    self.duration = duration
    self.transient = transient
    self.timeStep = timeStep
  }

  /// Width of a histogram bin in ms.
  public static let binWidth = 1.0

  /// The key of the time step in a configuration.
  static let timeStepKey = "simulation.dt_ms"

  /// Time steps in a bin.
  var stepsPerBin: Int { Int((Self.binWidth / timeStep).rounded()) }

  /// Notes everything that is wrong.
  public func check(_ rules: inout ParameterRules) {
    rules.require(duration, in: 1...100_000_000, "simulation.duration_ms")
    rules.require(transient, atLeast: 0, "simulation.transient_ms")
    rules.require(timeStep, in: 0.001...1, Self.timeStepKey)
    let perBin = Self.binWidth / timeStep
    rules.require(
      abs(perBin - perBin.rounded()) <= ParameterRules.tolerance * perBin, Self.timeStepKey,
      "does not divide the bins of 1 ms", got: timeStep, expected: "1 ms divided by a whole number")
    rules.require(
      transient < duration, "simulation.transient_ms", with: ["simulation.duration_ms"],
      "leaves nothing of the simulation", got: transient, expected: "less than duration_ms = \(duration)")
  }
}
