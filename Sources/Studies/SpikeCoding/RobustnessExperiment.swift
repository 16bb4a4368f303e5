import Configuration
import Foundation
import ParameterChecks
import RandomStreams
import SpikeCoding

/// Networks of two populations of other sizes, with missing connections, noise and synaptic delays, as in Fig. 7 of Brendel et
/// al. 2020.
///
/// The paper gives sizes (E twice I), two signals and rates (5 and 10 Hz, held by the variance of the input). Here the
/// amplitude of the input follows the rate of E while the network learns (``RateHeldNetwork``), fast at first. Delays are those of
/// an alpha function of area 1 with its peak at the delay.
package struct RobustnessExperiment: CodingExperiment {
  package static let name = "robustness"

  private var kind = ExperimentName<Self>()
  package var seed: UInt64 = 1
  /// The network that is varied; excitatory neurons are twice as many as inhibitory ones.
  var network: BalancedParameters
  var input = InputParameters()
  /// Rate of E in Hz that the amplitude of the input keeps.
  var rate = 5.0
  /// How fast the amplitude follows: ``RateHeldNetwork``'s γ in 1/s.
  var gain = 0.1
  /// Steps at each of the learning rates, which are those of the network times these factors.
  var steps = 8_000_000
  var learningFactors = [10.0, 1.0]
  /// Panel A: numbers of inhibitory neurons.
  var sizes = [5.0, 10, 20, 50, 100]
  /// Panel B: probabilities of connections, for `network.inhibitory` and a smaller number.
  var probabilities = [1.0, 0.8, 0.6, 0.4, 0.2, 0.1]
  var smallSize = 20
  /// Panel C: standard deviations of the voltage noise in a step, in place of the network's own, and delays in ms.
  var noises = [0.002, 0.005, 0.01, 0.015, 0.02]
  var delays = [0.0, 0.25, 0.5, 1, 2]
  var test = BalancedTestParameters()

  package init() {
    network = BalancedParameters()
    (network.excitatory, network.inhibitory, network.signals) = (100, 50, 2)
    network.plasticity.recurrentRate = 1e-3
    network.plasticity.feedforwardRate = 2e-4
    // At 5 Hz, shorter ones hold too few spikes for decoders.
    test.fittingSteps = 400_000
  }

  package func check(_ rules: inout ParameterRules) {
    network.check(&rules)
    input.check(&rules)
    test.check(&rules)
    rules.require(
      network.signals == 2, "network.signals", network.signals, "2 for this experiment")
    let fastest = 1000 / (network.refractoryPeriod + network.timeStep)
    rules.require(
      rate > 0 && rate < fastest, "rate_Hz", with: ["network.t_ref_ms"], "is not possible", got: rate,
      expected: "a positive number below 1000 / (t_ref_ms + dt_ms) = \(fastest)")
    rules.require(steps, in: 1...(1 << 40), "steps")
    let piece = Double(input.sequenceLength) * network.stepInSeconds
    rules.require(
      gain > 0 && gain * piece < 1, "rate_gain_Hz", with: ["input.sequence_steps"],
      "makes the amplitude jump", got: gain,
      expected: "a positive number below 1 / (sequence_steps dt) = \(1 / piece)")
    rules.require(
      !learningFactors.isEmpty && learningFactors.allSatisfy { $0 > 0 && $0.isFinite },
      "learning_rate_factors", learningFactors, "positive numbers")
    for factor in learningFactors where rules.problems.isEmpty {
      rules.blame("learning_rate_factors") {
        network.plasticity.faster(by: factor).check(&$0, at: "network.plasticity")
      }
    }
    rules.require(
      network.excitatory == 2 * network.inhibitory, "network.excitatory", with: ["network.inhibitory"],
      "is not twice the inhibitory ones", got: network.excitatory, expected: "\(2 * network.inhibitory)")
    for size in sizes {
      rules.require(
        size == size.rounded() && (1...5_000).contains(size), "sizes", size, "whole numbers from 1 to 5000")
    }
    rules.require(smallSize, in: 1...5_000, "small_size")
    rules.require(
      smallSize != network.inhibitory, "small_size", with: ["network.inhibitory"],
      "is the same size once more",
      got: smallSize, expected: "another number")
    for noise in noises { rules.requirePositive(noise, "noises") }
    for probability in probabilities {
      rules.require(
        probability > 0 && probability <= 1, "connection_probabilities", probability,
        "numbers above 0, at most 1")
    }
    for delay in delays { rules.require(delay, in: 0...100, "delays_ms") }
    for (key, values) in [
      ("sizes", sizes), ("connection_probabilities", probabilities), ("noises", noises),
      ("delays_ms", delays),
    ] { rules.requireDistinct(values, key, "numbers") }
    for condition in conditions where rules.problems.isEmpty {
      rules.blame(condition.key) { condition.parameters.check(&$0) }
    }
  }

  package var notices: [String] {
    [network.plasticity.faster(by: learningFactors.max() ?? 1).notice].compactMap { $0 }
  }

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
      let outcome: Result<RobustnessResult.Tested, UnstableLearning>
      do { outcome = .success(try test(condition, in: folder)) } catch let problem as UnstableLearning {
        outcome = .failure(problem)
      }
      return RobustnessResult(
        panel: condition.panel, curve: condition.curve, x: condition.x, outcome: outcome)
    }
    let numbers = RobustnessNumbers(networks: results)
    return CodingResults(
      figures: ["figure": RobustnessFigure(results: results, delays: delays).figure], numbers: numbers,
      summary: numbers.text)
  }

  /// Learns, with the rate held, at one learning rate after the other, and tests.
  private func test(_ condition: Condition, in folder: LearningFolder) throws -> RobustnessResult.Tested {
    let key = StreamKey(seed: seed), parameters = condition.parameters
    var held = RateHeldNetwork(BalancedNetwork(drawn: parameters, key: key), rate: rate, gain: gain)
    for (stage, factor) in learningFactors.enumerated() {
      held = try folder.learn(
        "\(condition.fileName)-stage-\(stage + 1)", held.learning(parameters, factor), steps: steps,
        piece: input.sequenceLength
      ) {
        Learning(
          $0, input, plasticity: .all, key: key.derived(.codingRound, UInt64(stage)), steps: $1)
      }.last!.network
      try Interruption.check("stopped; the same call goes on from there")
    }
    let network = held.learning(parameters, 1).network
    let tested = tuned(input.scaled(by: held.amplitude), network, key: key)
    let noise = SmoothedNoise(tested, signals: 2)
    return RobustnessResult.Tested(
      amplitude: tested.amplitude, errors: BalancedErrors(network, noise, test, key: key),
      poissonError: network.poissonError(noise, test, key: key), heldRate: rate)
  }

  /// The input for tests, whose pieces are longer than those of learning and have fewer weak ends: at fixed weights rates are
  /// proportional to it.
  private func tuned(_ input: InputParameters, _ network: BalancedNetwork, key: StreamKey) -> InputParameters
  {
    var input = input
    for trial in 0..<2 {
      let rateKey = key.derived(.codingRate, UInt64(trial))
      let piece = SmoothedNoise(input, signals: 2).sequence(key: rateKey, steps: test.fittingSteps)
      let measured = BalancedTestRun(network, piece, key: rateKey.derived(.codingNoise)).E
        .rate(stepInSeconds: network.parameters.stepInSeconds)
      input = input.scaled(by: min(1.25, max(0.8, rate / max(measured, 1e-3))))
    }
    return input
  }
}

extension ParameterRules {
  /// Notes what is wrong with parameters that follow from a key as problems of that key.
  fileprivate mutating func blame(_ key: String, for check: (inout ParameterRules) -> Void) {
    var own = ParameterRules()
    check(&own)
    append(
      own.problems.map {
        ParameterProblem(
          at: key, "leads to \($0.keyPath), which \($0.what)", got: $0.got, expected: $0.expected)
      })
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
      ConfigurationKey("rate_gain_Hz", \.gain),
      ConfigurationKey("learning_rate_factors", \.learningFactors),
      ConfigurationKey("sizes", \.sizes),
      ConfigurationKey("connection_probabilities", \.probabilities),
      ConfigurationKey("small_size", \.smallSize),
      ConfigurationKey("noises", \.noises),
      ConfigurationKey("delays_ms", \.delays),
      ConfigurationKey("test", \.test),
    ]
  }
}
