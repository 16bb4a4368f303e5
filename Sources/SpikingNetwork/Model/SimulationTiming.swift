import ParameterChecks

/// How long and how finely a network is simulated: the section `simulation` of a configuration. Defaults are those of
/// Skaar et al. 2020.
public struct SimulationTiming: Sendable, Equatable {
  /// Simulated time including the transient, in ms.
  public var duration = 3_000
  /// Time at the start that no analysis sees, in ms.
  public var transient = 150
  /// Time step of the integration, in ms, a whole fraction of a bin.
  public var timeStep = 0.1
  /// Width of the bins of the spike histograms, in ms, a whole fraction of 1 ms. The published bins of 1 ms fold what
  /// spikes do above 500 Hz down to lower frequencies; finer ones let it be filtered out first.
  public var bin = 1.0

  /// The durations of the paper.
  public init() {}

  /// Durations, the time step and the width of bins, in ms.
  public init(duration: Int, transient: Int = 0, timeStep: Double = 0.1, bin: Double = 1) {
    self.duration = duration
    self.transient = transient
    self.timeStep = timeStep
    self.bin = bin
  }

  /// The key of the time step in a configuration.
  static let timeStepKey = "simulation.dt_ms"

  /// Time steps in a bin.
  var stepsPerBin: Int { Int((bin / timeStep).rounded()) }
  /// Bins in a millisecond.
  public var binsPerMillisecond: Int { Int((1 / bin).rounded()) }
  /// Bins of a whole histogram.
  public var binCount: Int { duration * binsPerMillisecond }
  /// Bins before the analysis.
  public var transientBins: Int { transient * binsPerMillisecond }

  /// The widths that bins can have, in ms: multiples of the grid of the kernels that divide a millisecond.
  static let bins = [0.1, 0.2, 0.5, 1]

  /// Notes everything that is wrong.
  public func check(_ rules: inout ParameterRules) {
    rules.require(duration, in: 1...100_000_000, "simulation.duration_ms")
    rules.require(transient, atLeast: 0, "simulation.transient_ms")
    rules.require(timeStep, in: 0.001...1, Self.timeStepKey)
    rules.require(Self.bins.contains(bin), "simulation.bin_ms", bin, "0.1, 0.2, 0.5 or 1")
    let perBin = bin / timeStep
    rules.require(
      abs(perBin - perBin.rounded()) <= ParameterRules.tolerance * perBin, Self.timeStepKey,
      with: bin == 1 ? [] : ["simulation.bin_ms"],
      "does not divide the bins of \(bin == 1 ? "1" : "\(bin)") ms", got: timeStep,
      expected: "\(bin == 1 ? "1" : "\(bin)") ms divided by a whole number")
    rules.require(
      transient < duration, "simulation.transient_ms", with: ["simulation.duration_ms"],
      "leaves nothing of the simulation", got: transient, expected: "less than duration_ms = \(duration)")
  }
}
