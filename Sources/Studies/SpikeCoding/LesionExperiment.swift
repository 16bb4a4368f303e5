import Configuration
import Foundation
import ParameterChecks
import RandomStreams
import SpikeCoding

/// A network of two populations loses the excitatory neurons of one direction and learns again, as in Fig. 8 of Brendel et al.
/// 2020.
///
/// The paper gives sizes and times only. Learning rates ten and thirty times those of Fig. 4 are a choice, so that 1000 s of
/// feed-forward learning suffice; `lesion_half_width_deg` is another.
package struct LesionExperiment: CodingExperiment {
  package static let name = "lesion"

  private var kind = ExperimentName<Self>()
  package var seed: UInt64 = 1
  var network: BalancedParameters
  var input = InputParameters()
  /// Steps of learning before and after the lesion.
  var steps = 20_000_000
  var retrainingSteps = 10_000_000
  /// Neurons are removed whose decoding weights lie within this angle of the negative first signal, in degrees.
  var halfWidth = 45.0
  var test = BalancedTestParameters()

  package init() {
    network = BalancedParameters()
    (network.excitatory, network.inhibitory, network.signals) = (80, 40, 2)
    network.plasticity.recurrentRate = 1e-3
    network.plasticity.feedforwardRate = 3e-4
  }

  package func check(_ rules: inout ParameterRules) {
    network.check(&rules)
    input.check(&rules)
    test.check(&rules)
    rules.require(network.signals == 2, "network.signals", network.signals, "2 for this experiment")
    rules.require(steps, in: 1...(1 << 40), "steps")
    rules.require(retrainingSteps, in: 1...(1 << 40), "retraining_steps")
    rules.require(halfWidth, in: 1...120, "lesion_half_width_deg")
    rules.require(
      network.connectionProbability == 1, "network.connection_probability", network.connectionProbability,
      "1 for this experiment")
  }

  package var notices: [String] { [network.plasticity.notice].compactMap { $0 } }

  package func run(in folder: LearningFolder) throws -> CodingResults {
    let key = StreamKey(seed: seed)
    func learn(_ name: String, _ start: BalancedNetwork, _ plasticity: Plasticity, _ steps: Int) throws
      -> BalancedNetwork
    {
      try folder.learn(name, start, steps: steps, piece: input.sequenceLength) {
        Learning($0, input, plasticity: plasticity, key: key.derived(.codingLesion), steps: $1)
      }.last!.network
    }
    let intact = try learn(
      "intact", BalancedNetwork(network, BalancedWeights(unconnected: network, key: key)), .all, steps)
    let noise = SmoothedNoise(input, signals: 2)
    let decoder = BalancedDecoders(intact, noise, steps: test.fittingSteps, key: key).E
    let removed = Set(
      (0..<network.excitatory).filter { neuron in
        let angle = atan2(decoder.weights[1, neuron], -decoder.weights[0, neuron]) * 180 / .pi
        return abs(angle) < halfWidth
      })
    guard removed.count < network.excitatory else { throw LesionError.nothingLeft }
    var parameters = network
    parameters.excitatory -= removed.count
    let lesioned = BalancedNetwork(parameters, intact.weights.without(removed))
    let networks: [(String, BalancedNetwork)] = [
      ("intact", intact), ("lesioned", lesioned),
      ("all", try learn("retrained-all", lesioned, .all, retrainingSteps)),
      (
        "recurrent",
        try learn(
          "retrained-recurrent", lesioned, [.recurrent, .excitatoryToInhibitory], retrainingSteps)
      ),
      ("feed-forward", try learn("retrained-feedforward", lesioned, .feedforward, retrainingSteps)),
    ]
    let stages = try ConcurrentTests.map(networks, "tests", isQuiet: folder.isQuiet) { [self] name, network in
      LesionStage(name, network, noise, self.test, key: key)
    }
    let numbers = LesionNumbers(removed: removed.count, stages: stages.map(\.numbers))
    return CodingResults(
      figures: ["figure": LesionFigure(stages: stages).figure], numbers: numbers, summary: numbers.text)
  }
}

/// Why there is nothing to learn after a lesion.
package enum LesionError: Error, Sendable, CustomStringConvertible {
  /// All excitatory neurons would be removed.
  case nothingLeft

  package var description: String {
    "lesion_half_width_deg: removes all excitatory neurons, as all decode the same direction"
  }
}

extension StreamPurpose {
  static let codingLesion = StreamPurpose("spike coding: lesion")
}

extension LesionExperiment: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("experiment", \.kind),
      ConfigurationKey("seed", \.seed),
      ConfigurationKey("network", \.network),
      ConfigurationKey("input", \.input),
      ConfigurationKey("steps", \.steps),
      ConfigurationKey("retraining_steps", \.retrainingSteps),
      ConfigurationKey("lesion_half_width_deg", \.halfWidth),
      ConfigurationKey("test", \.test),
    ]
  }
}
