import ParameterChecks
import RandomStreams

/// How networks are tested: the section `test` of a configuration.
package struct TestParameters: Sendable, Equatable {
  /// Steps on which decoders are fitted.
  package var fittingSteps = 50_000
  /// Number of further inputs on which errors are measured, and their steps.
  package var trials = 10
  package var steps = 10_000
  /// Length of the signals for tuning curves and of the test with sine and cosine, where x has a standard deviation of 2.57.
  package var radius = 4.0
  /// Number of directions of tuning curves, and steps in each.
  package var directions = 24
  package var stepsPerDirection = 2_000

  /// The defaults.
  package init() {}

  /// Notes everything that is wrong.
  package func check(_ rules: inout ParameterRules, at section: String = "test") {
    rules.require(fittingSteps, in: 1_000...10_000_000, "\(section).fitting_steps")
    rules.require(trials, in: 1...1_000, "\(section).trials")
    rules.require(steps, in: 1_000...10_000_000, "\(section).steps")
    rules.requirePositive(radius, "\(section).radius")
    rules.require(directions, in: 4...720, "\(section).directions")
    rules.require(stepsPerDirection, in: 100...10_000_000, "\(section).steps_per_direction")
  }
}

/// What a network does without learning, measured on inputs of its own.
package struct CodingAssessment: Sendable, Equatable, Codable {
  /// Σ_j var(x_j − x̂_j) / Σ_j var(x_j) and the mean of Σ_j (x_j − x̂_j)², with the optimal decoder.
  package var error, meanSquareError: Double
  /// Mean rate in Hz.
  package var rate: Double
  /// Variance of the voltages.
  package var voltageVariance: Double
  /// Coefficient of variation of intervals between spikes; nil if there are too few.
  package var coefficientOfVariation: Double?
  /// Cosine between F and the optimal decoder.
  package var cosineWithDecoder: Double
  /// Mean of the resets Ω_kk.
  package var meanReset: Double
  /// How F covers directions.
  package var coverage: Coverage
  /// How far Ω is from −s F Fᵀ.
  package var structure: RecurrentStructure

  enum CodingKeys: String, CodingKey {
    case error
    case meanSquareError = "mean_square_error"
    case rate = "rate_Hz"
    case voltageVariance = "voltage_variance"
    case coefficientOfVariation = "cv"
    case cosineWithDecoder = "cos_F_D"
    case meanReset = "mean_reset"
    case coverage, structure
  }

  /// Tests a network.
  package init(_ network: CodingNetwork, _ input: any InputSource, _ test: TestParameters, key: StreamKey) {
    let parameters = network.parameters
    let decoder = network.decoder(input, steps: test.fittingSteps, key: key)
    (error, meanSquareError, rate, voltageVariance) = (0, 0, 0, 0)
    var intervals: [[Int]] = []
    for trial in 1...test.trials {
      let trialKey = key.derived(.codingTest, UInt64(trial))
      let piece = input.sequence(key: trialKey.derived(.codingInput), steps: test.steps)
      let run = TestRun(network, piece, key: trialKey.derived(.codingNoise))
      let error = decoder.error(run.trains, signals: piece.filtered(parameters))
      self.error += error.relative / Double(test.trials)
      meanSquareError += error.meanSquare / Double(test.trials)
      rate += run.trains.rate(stepInSeconds: parameters.stepInSeconds) / Double(test.trials)
      voltageVariance += run.voltageVariance / Double(test.trials)
      intervals += run.trains.intervals()
    }
    coefficientOfVariation = Variability.coefficientOfVariation(intervals, atLeast: 4)
    let weights = network.weights
    cosineWithDecoder = decoder.cosine(with: weights.feedforward)
    meanReset =
      (0..<parameters.neurons).reduce(0) { $0 + weights.recurrent[$1, $1] } / Double(parameters.neurons)
    coverage = Coverage(weights.feedforward)
    structure = RecurrentStructure(weights)
  }
}

extension CodingNetwork {
  /// The decoder that is best for a piece of input.
  package func decoder(_ input: any InputSource, steps: Int, key: StreamKey) -> Decoder {
    let testKey = key.derived(.codingTest)
    let piece = input.sequence(key: testKey.derived(.codingInput), steps: steps)
    let run = TestRun(self, piece, key: testKey.derived(.codingNoise))
    return Decoder(
      run.trains, signals: piece.filtered(parameters), leakPerStep: parameters.leakPerStep)
  }

  /// The error of Poisson neurons with this network's rates, and with the decoder that is best for them.
  ///
  /// - Parameter width: Standard deviation in steps of the Gaussian that smooths the rates.
  package func poissonError(
    _ input: any InputSource, _ test: TestParameters, width: Double = 20, key: StreamKey
  ) -> Double {
    let pieces = [test.fittingSteps, test.steps].enumerated().map { index, steps in
      let pieceKey = key.derived(.codingPoisson, UInt64(index))
      let piece = input.sequence(key: pieceKey.derived(.codingInput), steps: steps)
      let run = TestRun(self, piece, key: pieceKey.derived(.codingNoise))
      return (
        signals: piece.filtered(parameters),
        trains: PoissonNeurons.trains(like: run.trains, width: width, key: pieceKey)
      )
    }
    let decoder = Decoder(
      pieces[0].trains, signals: pieces[0].signals, leakPerStep: parameters.leakPerStep)
    return decoder.error(pieces[1].trains, signals: pieces[1].signals).relative
  }
}
