import Configuration
import Figures
import Foundation
import ParameterChecks
import RandomStreams
import SpikeCoding

/// A few neurons share two signals, as in Fig. 3 of Brendel et al. 2020: where tuning curves have their maxima and where
/// feed-forward weights point, before and after learning, for uncorrelated and for correlated signals.
///
/// There is no script of the authors; the network is that of Fig. 2 with five neurons, and the correlation a choice.
package struct CompetitionExperiment: CodingExperiment {
  package static let name = "competition"

  private var kind = ExperimentName<Self>()
  package var seed: UInt64 = 1
  var network: CodingParameters
  var input = InputParameters()
  /// Correlation of the signals in the second half of the experiment.
  var correlation = 0.8
  /// Steps of recurrent learning before feed-forward weights learn, so that the network is balanced, and of learning with both.
  var balancingSteps = 1_000_000
  var steps = 14_000_000
  var test = TestParameters()

  package init() {
    network = CodingParameters()
    network.neurons = 5
    test.directions = 72
  }

  package func check(_ rules: inout ParameterRules) {
    network.check(&rules)
    input.check(&rules)
    test.check(&rules)
    rules.require(network.signals == 2, "network.signals", network.signals, "2 for this experiment")
    rules.require(correlation, in: 0...0.999, "correlation")
    rules.require(balancingSteps, in: 1...(1 << 40), "balancing_steps")
    rules.require(steps, in: 1...(1 << 40), "steps")
  }

  package var notices: [String] { [network.plasticity.notice].compactMap { $0 } }

  package func run(in folder: LearningFolder) throws -> CodingResults {
    let key = StreamKey(seed: seed)
    let weights = InitialWeights.lopsided.weights(neurons: network.neurons, signals: 2, key: key)
    var networks: [(String, CodingNetwork, InputParameters)] = []
    for (name, correlation) in [("uncorrelated", 0), ("correlated", correlation)] {
      var input = input
      input.correlation = correlation
      // Correlated signals need the other rule.
      var parameters = network
      if correlation > 0 { parameters.feedforwardRule = .covariance }
      let start = CodingNetwork(parameters, weights)
      func learn(_ stage: String, _ start: CodingNetwork, _ plasticity: Plasticity, _ steps: Int) throws
        -> CodingNetwork
      {
        try folder.learn("\(name)-\(stage)", start, steps: steps, piece: input.sequenceLength) {
          Learning($0, input, plasticity: plasticity, key: key.derived(.codingRound), steps: $1)
        }.last!.network
      }
      let balanced = try learn("balanced", start, .recurrent, balancingSteps)
      networks.append(("\(name), before", balanced, input))
      networks.append(("\(name), after", try learn("learnt", balanced, .all, steps), input))
    }
    let stages = try ConcurrentTests.map(networks, "tests", isQuiet: folder.isQuiet) {
      [self] name, network, input in
      CompetitionStage(name, network, SmoothedNoise(input, signals: 2), self.test, key: key)
    }
    let numbers = CompetitionNumbers(stages: stages.map(\.numbers))
    return CodingResults(
      figures: ["figure": CompetitionFigure(stages: stages).figure], numbers: numbers, summary: numbers.text)
  }
}

extension CompetitionExperiment: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("experiment", \.kind),
      ConfigurationKey("seed", \.seed),
      ConfigurationKey("network", \.network),
      ConfigurationKey("input", \.input),
      ConfigurationKey("correlation", \.correlation),
      ConfigurationKey("balancing_steps", \.balancingSteps),
      ConfigurationKey("steps", \.steps),
      ConfigurationKey("test", \.test),
    ]
  }
}
