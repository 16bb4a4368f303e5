import Configuration
import Foundation
import ParameterChecks
import RandomStreams
import SpikeCoding

/// Networks of two populations of other sizes, with missing connections, noise and synaptic delays, as in Fig. 7 of Brendel et
/// al. 2020.
///
/// The paper gives sizes (E twice I), two signals and rates (5 and 10 Hz, held by the variance of the input). Here the
/// amplitude of the input follows the rate of E: learning goes in rounds, after each of which the amplitude is scaled by the root
/// of target over measured rate. Delays are those of an alpha function of area 1 with its peak at the delay.
package struct RobustnessExperiment: CodingExperiment {
  package static let name = "robustness"

  private var kind = ExperimentName<Self>()
  package var seed: UInt64 = 1
  /// The network that is varied; excitatory neurons are twice as many as inhibitory ones.
  var network: BalancedParameters
  var input = InputParameters()
  /// Rate of E in Hz that the amplitude of the input keeps.
  var rate = 5.0
  /// Steps of learning in one round, and rounds.
  var steps = 1_000_000
  var rounds = 6
  /// Panel A: numbers of inhibitory neurons.
  var sizes = [5.0, 10, 20, 50, 100]
  /// Panel B: probabilities of connections, for `network.inhibitory` and a smaller number.
  var probabilities = [1.0, 0.8, 0.6, 0.4, 0.2, 0.1]
  var smallSize = 20
  /// Panel C: standard deviations of the voltage noise in a step, and delays in ms.
  var noises = [0.002, 0.005, 0.01, 0.02, 0.05]
  var delays = [0.0, 0.5, 1, 2]
  var test = BalancedTestParameters()

  package init() {
    network = BalancedParameters()
    (network.excitatory, network.inhibitory, network.signals) = (100, 50, 2)
    network.plasticity.recurrentRate = 1e-3
    network.plasticity.feedforwardRate = 1e-4
    // At 5 Hz, shorter ones hold too few spikes for decoders.
    test.fittingSteps = 400_000
  }

  package func check(_ rules: inout ParameterRules) {
    network.check(&rules)
    input.check(&rules)
    test.check(&rules)
    rules.requirePositive(rate, "rate_Hz")
    rules.require(steps, in: 1...(1 << 40), "steps")
    rules.require(rounds, in: 1...100, "rounds")
    rules.require(
      network.excitatory == 2 * network.inhibitory, "network.excitatory", with: ["network.inhibitory"],
      "is not twice the inhibitory ones", got: network.excitatory, expected: "\(2 * network.inhibitory)")
    for size in sizes {
      rules.require(
        size == size.rounded() && (1...5_000).contains(size), "sizes", size, "whole numbers from 1 to 5000")
    }
    rules.require(smallSize, in: 1...5_000, "small_size")
    for (key, values) in [
      ("sizes", sizes), ("connection_probabilities", probabilities), ("noises", noises),
      ("delays_ms", delays),
    ] { rules.requireDistinct(values, key, "numbers") }
    for condition in conditions {
      var own = ParameterRules()
      condition.parameters.check(&own)
      for problem in own.problems { rules.append([problem.at(condition.key)]) }
    }
  }

  package var notices: [String] { [network.plasticity.notice].compactMap { $0 } }

  /// One network of the study.
  struct Condition: Sendable {
    /// Panel, and the curve within it.
    let panel, curve: String
    /// Where it lies on the horizontal axis.
    let x: Double
    let parameters: BalancedParameters
    /// The key that it comes from.
    let key: String

    var fileName: String { "\(panel)-\(curve)-\(x)".replacingOccurrences(of: " ", with: "-") }
  }

  var conditions: [Condition] {
    func sized(_ inhibitory: Int) -> BalancedParameters {
      var parameters = network
      (parameters.excitatory, parameters.inhibitory) = (2 * inhibitory, inhibitory)
      return parameters
    }
    let a = sizes.map { size in
      Condition(panel: "A", curve: "learnt", x: size, parameters: sized(Int(size)), key: "sizes")
    }
    let b = [network.inhibitory, smallSize].flatMap { size in
      probabilities.map { probability in
        var parameters = sized(size)
        parameters.connectionProbability = probability
        return Condition(
          panel: "B", curve: "N_I \(size)", x: probability, parameters: parameters,
          key: "connection_probabilities")
      }
    }
    let c = delays.flatMap { delay in
      noises.map { noise in
        var parameters = network
        parameters.synapticDelay = delay
        (parameters.voltageNoise, parameters.testVoltageNoise) = (noise, noise)
        return Condition(
          panel: "C", curve: "\(delay) ms", x: noise, parameters: parameters,
          key: delay == 0 ? "noises" : "delays_ms")
      }
    }
    return a + b + c
  }

  package func run(in folder: LearningFolder) throws -> CodingResults {
    let conditions = conditions
    let results = try conditions.enumerated().map { index, condition in
      if !folder.isQuiet {
        StandardError.write(
          "network \(index + 1) of \(conditions.count): \(condition.curve) at \(condition.x) (\(condition.panel))\n"
        )
      }
      return try result(of: condition, in: folder)
    }
    let numbers = RobustnessNumbers(networks: results)
    return CodingResults(
      figures: ["figure": RobustnessFigure(results: results, delays: delays).figure], numbers: numbers,
      summary: numbers.text)
  }

  /// Learns in rounds and tests.
  private func result(of condition: Condition, in folder: LearningFolder) throws -> RobustnessResult {
    let key = StreamKey(seed: seed), parameters = condition.parameters
    var network = BalancedNetwork(drawn: parameters, key: key)
    var input = input
    for round in 1...rounds {
      network = try folder.learn(
        "\(condition.fileName)-round-\(round)", network, steps: steps, piece: input.sequenceLength
      ) {
        Learning(
          $0, input, plasticity: .all, key: key.derived(.codingRound, UInt64(round)), steps: $1)
      }.last!.network
      let rateKey = key.derived(.codingRate, UInt64(round))
      let piece = SmoothedNoise(input, signals: 2).sequence(key: rateKey, steps: test.fittingSteps)
      let measured = BalancedTestRun(network, piece, key: rateKey.derived(.codingNoise)).E
        .rate(stepInSeconds: parameters.stepInSeconds)
      // Weights grow with the input, and rates with both: the square of the amplitude counts in the end.
      input.amplitude *= min(2, max(0.5, (rate / max(measured, 1e-3)).squareRoot()))
      try Interruption.check("stopped; the same call goes on from there")
    }
    let noise = SmoothedNoise(input, signals: 2)
    return RobustnessResult(
      panel: condition.panel, curve: condition.curve, x: condition.x, amplitude: input.amplitude,
      errors: BalancedErrors(network, noise, test, key: key),
      poissonError: network.poissonError(noise, test, key: key))
  }
}

extension ParameterProblem {
  /// The same problem of another key.
  fileprivate func at(_ key: String) -> ParameterProblem {
    ParameterProblem(at: key, "leads to \(keyPath), which \(what)", got: got, expected: expected)
  }
}

extension StreamPurpose {
  static let codingRound = StreamPurpose("spike coding: rounds of learning")
  static let codingRate = StreamPurpose("spike coding: measurement of rates")
}

extension RobustnessExperiment: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("experiment", \.kind),
      ConfigurationKey("seed", \.seed),
      ConfigurationKey("network", \.network),
      ConfigurationKey("input", \.input),
      ConfigurationKey("rate_Hz", \.rate),
      ConfigurationKey("steps", \.steps),
      ConfigurationKey("rounds", \.rounds),
      ConfigurationKey("sizes", \.sizes),
      ConfigurationKey("connection_probabilities", \.probabilities),
      ConfigurationKey("small_size", \.smallSize),
      ConfigurationKey("noises", \.noises),
      ConfigurationKey("delays_ms", \.delays),
      ConfigurationKey("test", \.test),
    ]
  }
}
