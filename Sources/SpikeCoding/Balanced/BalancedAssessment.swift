import ParameterChecks
import RandomStreams

/// How networks of two populations are tested: the section `test` of a configuration.
package struct BalancedTestParameters: Sendable, Equatable {
  /// Steps on which decoders are fitted.
  package var fittingSteps = 40_000
  /// Number of further inputs on which errors are measured, and their steps.
  package var trials = 10
  package var steps = 10_000
  /// Length of constant input currents, number of their directions, and trials of `steps` in each.
  package var constantCurrent = 90.0
  package var constantInputs = 3
  package var constantTrials = 20
  /// Directions of tuning curves at that current, and steps in each.
  package var directions = 24
  package var stepsPerDirection = 20_000

  /// The defaults.
  package init() {}

  /// Notes everything that is wrong.
  package func check(_ rules: inout ParameterRules, at section: String = "test") {
    rules.require(fittingSteps, in: 1_000...10_000_000, "\(section).fitting_steps")
    rules.require(trials, in: 1...1_000, "\(section).trials")
    rules.require(steps, in: 1_000...10_000_000, "\(section).steps")
    rules.requirePositive(constantCurrent, "\(section).constant_current")
    rules.require(constantInputs, in: 1...1_000, "\(section).constant_inputs")
    rules.require(constantTrials, in: 2...1_000, "\(section).constant_trials")
    rules.require(directions, in: 4...720, "\(section).directions")
    rules.require(stepsPerDirection, in: 100...10_000_000, "\(section).steps_per_direction")
  }
}

/// Errors and rates of both populations with the decoders that are best for them.
package struct BalancedErrors: Sendable, Equatable, Codable {
  /// Σ_j var(x_j − x̂_j) / Σ_j var(x_j) from spikes of E and of I.
  package var errorE = 0.0, errorI = 0.0
  /// Mean rates in Hz.
  package var rateE = 0.0, rateI = 0.0

  enum CodingKeys: String, CodingKey {
    case errorE = "error_E"
    case errorI = "error_I"
    case rateE = "rate_E_Hz"
    case rateI = "rate_I_Hz"
  }

  /// Tests a network.
  package init(
    _ network: BalancedNetwork, _ input: any InputSource, _ test: BalancedTestParameters, key: StreamKey
  ) {
    let parameters = network.parameters, share = 1 / Double(test.trials)
    let decoders = BalancedDecoders(network, input, steps: test.fittingSteps, key: key)
    for trial in 1...test.trials {
      let trialKey = key.derived(.codingTest, UInt64(trial))
      let piece = input.sequence(key: trialKey.derived(.codingInput), steps: test.steps)
      let run = BalancedTestRun(network, piece, key: trialKey.derived(.codingNoise))
      let signals = piece.filtered(parameters)
      errorE += share * decoders.E.error(run.E, signals: signals).relative
      errorI += share * decoders.I.error(run.I, signals: signals).relative
      rateE += share * run.E.rate(stepInSeconds: parameters.stepInSeconds)
      rateI += share * run.I.rate(stepInSeconds: parameters.stepInSeconds)
    }
  }
}

extension BalancedNetwork {
  /// The error of Poisson neurons with the rates of the excitatory neurons, and with the decoder that is best for them.
  ///
  /// - Parameter width: Standard deviation in ms of the Gaussian that smooths the rates.
  package func poissonError(
    _ input: any InputSource, _ test: BalancedTestParameters, width: Double = 20, key: StreamKey
  ) -> Double {
    let pieces = [test.fittingSteps, test.trials * test.steps].enumerated().map { index, steps in
      let pieceKey = key.derived(.codingPoisson, UInt64(index))
      let piece = input.sequence(key: pieceKey.derived(.codingInput), steps: steps)
      let run = BalancedTestRun(self, piece, key: pieceKey.derived(.codingNoise))
      return (
        signals: piece.filtered(parameters),
        trains: PoissonNeurons.trains(like: run.E, width: width / parameters.timeStep, key: pieceKey)
      )
    }
    let decoder = Decoder(pieces[0].trains, signals: pieces[0].signals, leakPerStep: parameters.leakPerStep)
    return decoder.error(pieces[1].trains, signals: pieces[1].signals).relative
  }

  /// Tuning curves of both populations in the plane of the first two signals; others are 0.
  package func tuningCurves(_ test: BalancedTestParameters, key: StreamKey) -> (
    E: TuningCurves, I: TuningCurves
  ) {
    let angles = TuningCurves.angles(test.directions), steps = test.stepsPerDirection, first = steps / 10
    let seconds = Double(steps - first) * parameters.stepInSeconds
    let runs = angles.enumerated().map { index, angle in
      let current = TuningCurves.current(
        test.constantCurrent, angle, signals: parameters.signals, leakRate: 1)
      return BalancedTestRun(
        self, InputSequence(constant: current, steps: steps), key: key.derived(.codingTuning, UInt64(index)))
    }
    func curves(_ trains: [SpikeTrains]) -> TuningCurves {
      let counts = trains.map { $0.counts(from: first) }
      return TuningCurves(
        angles: angles,
        rates: (0..<trains[0].neurons).map { neuron in counts.map { Double($0[neuron]) / seconds } })
    }
    return (curves(runs.map(\.E)), curves(runs.map(\.I)))
  }
}
