import Configuration
import Foundation
import ParameterChecks
import RandomStreams
import SpikeCoding

/// A population learns a spectrogram with strongly correlated channels, then a new sound, as in Figs. 5 and 6 of Brendel et al.
/// 2020.
///
/// The paper's speech cannot be shipped: made-up syllables stand in for it, or a file. Constants are choices, with the rule for
/// correlated signals and thresholds that keep a rate.
package struct SoundExperiment: CodingExperiment {
  package static let name = "sound"

  private var kind = ExperimentName<Self>()
  package var seed: UInt64 = 1
  var network: CodingParameters
  var sound = SoundParameters()
  /// Steps of learning the first sound, and both.
  var steps = 10_000_000
  var retrainingSteps = 4_000_000
  /// Steps of one stretch of sound.
  var stretch = 1_000
  var test = TestParameters()

  package init() {
    network = CodingParameters()
    (network.neurons, network.signals) = (100, 25)
    network.feedforwardRule = .covariance
    network.targetRate = 4
  }

  package func check(_ rules: inout ParameterRules) {
    network.check(&rules)
    sound.check(&rules)
    test.check(&rules)
    rules.require(network.signals, in: 5...1_000, "network.signals")
    rules.require(steps, in: 1...(1 << 40), "steps")
    rules.require(retrainingSteps, in: 1...(1 << 40), "retraining_steps")
    rules.require(stretch, in: 100...1_000_000, "stretch_steps")
  }

  package var notices: [String] { [network.plasticity.notice].compactMap { $0 } }

  package func requireFiles() throws {
    guard !sound.file.text.isEmpty else { return }
    _ = try sound.first(
      channels: network.signals, stepInSeconds: network.stepInSeconds, key: StreamKey(seed: seed))
  }

  package func run(in folder: LearningFolder) throws -> CodingResults {
    let key = StreamKey(seed: seed), dt = network.stepInSeconds
    let first = try sound.first(channels: network.signals, stepInSeconds: dt, key: key.derived(.codingSound))
    let new = Spectrogram(twoTonesOf: network.signals, frames: 60_000, stepInSeconds: dt).scaled(
      to: sound.size)
    func input(_ share: Double) -> SpectrogramInput {
      SpectrogramInput(
        [(spectrogram: first, share: 1 - share), (spectrogram: new, share: share)], network,
        pieceLength: stretch)
    }
    func learn(_ name: String, _ start: CodingNetwork, _ input: SpectrogramInput, _ steps: Int) throws
      -> CodingNetwork
    {
      try folder.learn(name, start, steps: steps, piece: stretch) {
        Learning(
          $0, input, pieceLength: stretch, plasticity: .all, key: key.derived(.codingRound), steps: $1)
      }.last!.network
    }
    let naive = CodingNetwork(
      network, InitialWeights.random.weights(neurons: network.neurons, signals: network.signals, key: key))
    let trained = try learn("trained", naive, input(0), steps)
    let retrained = try learn("retrained", trained, input(sound.newShare), retrainingSteps)
    let sounds = SoundStage.Sounds(first: input(0), new: input(1), both: input(sound.newShare))
    let stages = try ConcurrentTests.map(
      [("naive", naive, false), ("trained", trained, false), ("retrained", retrained, true)], "tests",
      isQuiet: folder.isQuiet
    ) { [self] name, network, knowsNew in
      SoundStage(name, network, sounds, knowsNew: knowsNew, self.test, key: key)
    }
    let numbers = SoundNumbers(stages: stages.map(\.numbers))
    return CodingResults(
      figures: [
        "responses": ResponseFigure(stages: stages).figure,
        "weights": ReceptiveFieldFigure(stages: stages).figure,
      ], numbers: numbers, summary: numbers.text)
  }
}

extension StreamPurpose {
  static let codingSound = StreamPurpose("spike coding: sound")
}

extension SoundExperiment: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("experiment", \.kind),
      ConfigurationKey("seed", \.seed),
      ConfigurationKey("network", \.network),
      ConfigurationKey("sound", \.sound),
      ConfigurationKey("steps", \.steps),
      ConfigurationKey("retraining_steps", \.retrainingSteps),
      ConfigurationKey("stretch_steps", \.stretch),
      ConfigurationKey("test", \.test),
    ]
  }
}
