import Configuration
import Foundation
import ParameterChecks
import RandomStreams
import SpikeCoding

/// One population learns two or more signals, as in Fig. 2 of Brendel et al. 2020: naive (i), with recurrent learning only
/// (ii), with both rules (iii).
package struct PopulationExperiment: CodingExperiment {
  package static let name = "population"

  /// How long networks learn: the section `learning`.
  package struct LearningParameters: Sendable, Equatable {
    var start = InitialWeights.lopsided
    var steps = 14_000_000
    var recurrentOnlySteps = 2_000_000
  }

  private var kind = ExperimentName<Self>()
  package var seed: UInt64 = 1
  var network = CodingParameters()
  var input = InputParameters()
  var learning = LearningParameters()
  var test = TestParameters()

  package init() {}

  package func check(_ rules: inout ParameterRules) {
    network.check(&rules)
    input.check(&rules)
    test.check(&rules)
    rules.require(learning.steps, in: 1...(1 << 40), "learning.steps")
    rules.require(learning.recurrentOnlySteps, in: 1...(1 << 40), "learning.recurrent_only_steps")
    rules.require(network.signals >= 2, "network.signals", network.signals, "at least 2 for this experiment")
  }

  package var notices: [String] { [network.plasticity.notice].compactMap { $0 } }

  package func run(in folder: LearningFolder) throws -> CodingResults {
    let key = StreamKey(seed: seed)
    let start = CodingNetwork(
      network, learning.start.weights(neurons: network.neurons, signals: network.signals, key: key))
    func learn(_ name: String, _ plasticity: Plasticity, _ steps: Int) throws
      -> [LearningFolder.Snapshot<CodingNetwork>]
    {
      try folder.learn(name, start, steps: steps, piece: input.sequenceLength) {
        Learning($0, input, plasticity: plasticity, key: key, steps: $1)
      }
    }
    let recurrent = try learn("recurrent-only", .recurrent, learning.recurrentOnlySteps)
    let both = try learn("both", .all, learning.steps)
    let noise = SmoothedNoise(input, signals: network.signals)
    let course = try ConcurrentTests.map(both, "tests over learning", isQuiet: folder.isQuiet) { [self] in
      CourseRow(
        step: $0.steps, assessment: CodingAssessment($0.network, noise, self.test, key: key))
    }
    let networks = [start, recurrent.last!.network, both.last!.network]
    let stages = try ConcurrentTests.map(
      Array(zip(["i", "ii", "iii"], networks)), "tests of stages", isQuiet: folder.isQuiet
    ) { [self] name, network in PopulationStage(network, self, name: name, key: key) }
    let numbers = PopulationNumbers(self, course: course, stages: stages, key: key)
    let reset = stages[2].assessment.meanReset
    let pulses = PairedPulses(network, reset: reset)
    return CodingResults(
      figures: ["figure": PopulationFigure(course: course, stages: stages, pulses: pulses).figure],
      numbers: numbers, summary: numbers.text)
  }
}

extension PopulationExperiment: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("experiment", \.kind),
      ConfigurationKey("seed", \.seed),
      ConfigurationKey("network", \.network),
      ConfigurationKey("input", \.input),
      ConfigurationKey("learning", \.learning),
      ConfigurationKey("test", \.test),
    ]
  }
}

extension PopulationExperiment.LearningParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("start", \.start),
      ConfigurationKey("steps", \.steps),
      ConfigurationKey("recurrent_only_steps", \.recurrentOnlySteps),
    ]
  }
}
