import Configuration
import Foundation
import ParameterChecks
import Studies
import TestSupport
import Testing

/// Files that say what to compare.
@Suite struct ExperimentConfigurationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["a.h5", "b.h5"] { try folder.write("", to: name) }
  }

  private func read(_ text: String) throws -> ExperimentConfiguration {
    try folder.write(text, to: "e.yaml")
    return try ExperimentConfiguration(
      contentsOf: URL(fileURLWithPath: "e.yaml", relativeTo: URL(fileURLWithPath: folder.path)))
  }

  private func messages(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch {
      return "\(error)".components(separatedBy: "\n")
    }
  }

  @Test("what stands at the top holds for all variants, wherever it stands, unless they say otherwise")
  func inheritance() throws {
    let experiment = try read(
      """
      variants:
        first:
        second:
          dataset: b.h5
          training: {epochs: 7, parameters: [g], samples: 30}
          test: {part: validation}
          duration_ms: 600
      training: {epochs: 5, batch_size: 20}
      dataset: a.h5
      test: {dataset: b.h5}
      seeds: [3, 1]
      title: Two ways
      """)
    #expect(experiment.title == "Two ways")
    #expect(experiment.seeds == [3, 1])
    #expect(experiment.variants.map(\.name) == ["first", "second"])
    let (first, second) = (experiment.variants[0], experiment.variants[1])
    #expect(first.dataset == "a.h5" && second.dataset == "b.h5")
    #expect(first.training.epochs == 5 && first.training.batchSize == 20)
    #expect(first.training.parameters == .all && first.training.samples == .all)
    #expect(second.training.epochs == 7 && second.training.batchSize == 20)
    #expect(second.training.parameters == .named(["g"]) && second.training.samples == .first(30))
    #expect(first.test.dataset == "b.h5" && first.test.part == .test)
    #expect(second.test.dataset == "b.h5" && second.test.part == .validation)
    #expect(first.duration == .all && second.duration == .first(600))
  }

  @Test(
    "each mistake is named with its line and key",
    arguments: [
      ("dataset: a.h5\n", ["e.yaml: variants: is empty or missing"]),
      ("variants: {x: }\n", ["e.yaml:1: variants.x.dataset: is missing"]),
      ("variants: [x]\n", ["e.yaml:1: variants: is not a mapping"]),
      ("dataset: none.h5\nvariants: {x: }\n", ["e.yaml:1: variants.x.dataset: does not exist (got none.h5"]),
      (
        "variants:\n  x: {dataset: a.h5}\n  y:\n    dataset: none.h5\n",
        ["e.yaml:4: variants.y.dataset: does not exist"]
      ),
      (
        "dataset: a.h5\nvariants:\n  only g: {}\n  only-G: {}\n  '?': {}\n",
        [
          "e.yaml:4: variants.only-G: is not a name for files (got only-G, expected letters or digits other",
          "e.yaml:5: variants.?: is not a name for files",
        ]
      ),
      (
        "dataset: a.h5\nvariants:\n  x:\n    training: {epoch: 3}\n",
        ["e.yaml:4: variants.x.training.epoch: is not a known key, did you mean epochs?"]
      ),
      (
        "dataset: a.h5\ntraining: {parameters: [eta, eta], samples: 0}\nvariants: {x: }\n",
        [
          "e.yaml:2: training.parameters: does not say which parameters to estimate",
          "e.yaml:2: training.samples: is neither all nor a number (got 0",
        ]
      ),
      (
        "dataset: a.h5\ntraining: {parameters: [etta]}\nvariants: {x: }\n",
        ["e.yaml:2: training.parameters: names the unknown parameter etta, did you mean eta?"]
      ),
      (
        "dataset: a.h5\nseeds: []\ncurve: line\nvariants: {x: {test: {part: some}}}\n",
        [
          "e.yaml:2: seeds: is out of range (got []", "e.yaml:3: curve: is not one of its choices",
          "e.yaml:4: variants.x.test.part: is not one of its choices",
        ]
      ),
      (
        "dataset: a.h5\nvariant: {x: }\n",
        ["e.yaml: variants: is empty", "e.yaml:2: variant: is not a known key, did you mean variants?"]
      ),
      (
        "dataset: a.h5\nvariants:\n  x:\n    training:\n      gain_noise_dB: 1\n",
        ["e.yaml:5: variants.x.training.gain_noise_dB: needs logarithms (got power"]
      ),
      ("dataset: [1]\nvariants: {x: {dataset: a.h5}}\n", ["e.yaml:1: dataset: is not a text"]),
      ("variants: {x: {dataset: a.h5\n", ["e.yaml:2: is not valid YAML"]),
    ])
  func mistakes(text: String, problems: [String]) {
    let messages = messages(text)
    #expect(messages.count == problems.count, "\(messages)")
    for (message, problem) in zip(messages, problems) { #expect(message.contains(problem), "\(message)") }
  }

  @Test("a variant's preset brings what stands neither with it nor at the top")
  func presets() throws {
    let experiment = try read(
      """
      dataset: a.h5
      training: {epochs: 5, samples: 30}
      variants:
        paper:
        best: {training: {preset: best}}
        other: {training: {epochs: 6, preset: best, samples: all}}
      """)
    var expected = TrainingConfiguration(preset: .clean)
    expected.epochs = 5
    expected.samples = .first(30)
    #expect(experiment.variants[1].training == expected)
    expected.epochs = 6
    expected.samples = .all
    #expect(experiment.variants[2].training == expected)
    #expect(experiment.variants[0].training.preset == .paper && experiment.variants[0].training.epochs == 5)
  }

  @Test("a variant's preset suits the kind of prediction that all variants share")
  func presetsOfDistributions() throws {
    let experiment = try read(
      """
      dataset: a.h5
      training: {predict: gaussian}
      variants:
        distributions: {training: {preset: best}}
        points: {training: {preset: best, predict: point}}
      """)
    #expect(
      experiment.variants.map(\.training) == [
        TrainingConfiguration(preset: .clean, prediction: .gaussian), TrainingConfiguration(preset: .clean),
      ])
  }

  @Test("a file that is missing is named")
  func missing() {
    #expect(throws: ParameterError.self) {
      try ExperimentConfiguration(contentsOf: URL(fileURLWithPath: folder.path("none.yaml")))
    }
  }

  @Test("the parameters of a configuration's training are some of those sampled")
  func estimatedParameters() throws {
    let configuration = try StudyConfiguration(yaml: "training: {parameters: [J_mV, eta], samples: 10}")
    #expect(configuration.training.parameters == .named(["J_mV", "eta"]))
    #expect(try StudyConfiguration(yaml: configuration.yaml) == configuration)
    #expect {
      try StudyConfiguration(yaml: "training: {parameters: [delay_ms]}", file: "c.yaml")
    } throws: {
      "\($0)".hasPrefix("c.yaml:1: training.parameters: names what no sample varies (got delay_ms,")
    }
  }
}
