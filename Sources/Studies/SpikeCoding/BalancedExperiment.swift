import Configuration
import Foundation
import ParameterChecks
import RandomStreams
import SpikeCoding

/// Excitatory and inhibitory populations learn signals, as in Fig. 4 of Brendel et al. 2020.
package struct BalancedExperiment: CodingExperiment {
  package static let name = "excitatory-inhibitory"

  private var kind = ExperimentName<Self>()
  package var seed: UInt64 = 1
  var network = BalancedParameters()
  var input = InputParameters()
  var steps = 1 << 25
  var test = BalancedTestParameters()

  package init() {}

  package func check(_ rules: inout ParameterRules) {
    network.check(&rules)
    input.check(&rules)
    test.check(&rules)
    rules.require(steps, in: 1...(1 << 40), "steps")
    rules.require(network.signals >= 2, "network.signals", network.signals, "at least 2 for this experiment")
  }

  package var notices: [String] { [network.plasticity.notice].compactMap { $0 } }

  /// The network before learning.
  func start(_ key: StreamKey) -> BalancedNetwork {
    BalancedNetwork(drawn: network, key: key)
  }

  package func run(in folder: LearningFolder) throws -> CodingResults {
    let key = StreamKey(seed: seed)
    let snapshots = try folder.learn("network", start(key), steps: steps, piece: input.sequenceLength) {
      Learning($0, input, plasticity: .all, key: key, steps: $1)
    }
    // The first pieces hardly change anything.
    let shown = snapshots.filter {
      $0.steps == 0 || $0.steps > 16 * input.sequenceLength || $0.steps == steps
    }
    let course = try ConcurrentTests.map(shown, "tests over learning", isQuiet: folder.isQuiet) { [self] in
      BalancedRow($0.network, step: $0.steps, self, key: key)
    }
    let stages = try ConcurrentTests.map(
      [snapshots[0], snapshots[snapshots.count - 1]], "tests before and after", isQuiet: folder.isQuiet
    ) { [self] in BalancedStage($0.network, self, key: key) }
    let numbers = BalancedNumbers(course: course)
    return CodingResults(
      figures: ["figure": BalancedFigure(experiment: self, course: course, stages: stages).figure],
      numbers: numbers, summary: numbers.text)
  }
}

extension BalancedExperiment: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("experiment", \.kind),
      ConfigurationKey("seed", \.seed),
      ConfigurationKey("network", \.network),
      ConfigurationKey("input", \.input),
      ConfigurationKey("steps", \.steps),
      ConfigurationKey("test", \.test),
    ]
  }
}

/// A network of two populations after some steps of learning.
struct BalancedRow: Encodable, Sendable {
  let step: Int
  let errors: BalancedErrors
  let irregularity: Irregularity

  init(_ network: BalancedNetwork, step: Int, _ experiment: BalancedExperiment, key: StreamKey) {
    let test = experiment.test
    self.step = step
    errors = BalancedErrors(
      network, SmoothedNoise(experiment.input, signals: network.signals), test, key: key)
    irregularity = Irregularity(
      network, current: test.constantCurrent, inputs: test.constantInputs, trials: test.constantTrials,
      steps: test.steps, key: key)
  }
}

/// All numbers of a ``BalancedExperiment``.
struct BalancedNumbers: Encodable, Sendable {
  let course: [BalancedRow]

  /// A table for people.
  var text: String {
    let head =
      "      step  error E  error I  rate E/Hz  rate I/Hz     CV   Fano  active  correlations 1, 10 ms of active; of all"
    let rows = course.map { row in
      let (e, i) = (row.errors, row.irregularity)
      return String(
        format: "%10d %8.5f %8.5f %10.2f %10.2f %6.3f %6.3f %7d  %8.5f %8.5f; %8.5f %8.5f", row.step,
        e.errorE,
        e.errorI, e.rateE, e.rateI, i.coefficientOfVariation ?? .nan, i.fanoFactor ?? .nan, i.activeNeurons,
        i.correlationActive1ms ?? .nan, i.correlationActive10ms ?? .nan, i.correlationAll1ms ?? .nan,
        i.correlationAll10ms ?? .nan)
    }
    return ([head] + rows).joined(separator: "\n")
  }
}
