import Configuration
import Foundation
import ParameterChecks
import ParameterSampling
import SpikingNetwork
import Statistics
import Yams

/// Trained estimators to be tested on networks that differ from those of their training, as in Figs. 11 and 12 of Skaar et
/// al. (2020), https://doi.org/10.1371/journal.pcbi.1007725: a file such as `configs/experiments/robustness.yaml`.
package struct MismatchConfiguration: Sendable, Equatable {
  /// What is tested, as a heading.
  package var title = "Networks other than those of training"
  /// Seed of the test networks.
  package var seed: UInt64 = 101
  /// Networks for each point.
  package var samples = 200
  /// What all networks have, `key.path=value` each; by default what the paper has.
  package var settings: [String] = []
  /// Number of resamples and confidence level of the intervals.
  package var evaluation = BootstrapParameters()
  /// Where the networks come from, and who is tested there.
  package var boxes = NamedValues<TestBox>()
  /// Parameters that differ within a network.
  package var spread = NamedValues<SpreadSeries>()
  /// Values that parameters have instead of those of training.
  package var shift = NamedValues<[Double]>()
  /// The folder that paths are relative to.
  let folder: URL
  /// The file's text.
  let text: String

  /// A box of parameters with the models tested in it.
  package struct TestBox: DefaultedValue {
    /// The parameters to be estimated, and their ranges.
    package var parameters = ParameterBox.full
    /// The models.
    package var models = NamedValues<TestedModel>()

    /// The full parameter space, without a model.
    package init() {}
  }

  /// A model, and how signals are measured for it.
  package struct TestedModel: DefaultedValue {
    /// The model's path.
    package var file = ""
    /// What differs from noiseless signals through the cells of its training, `measurement.noise_uV=1` or so each.
    package var settings: [String] = []

    /// No model.
    package init() {}
  }

  /// Truncated normal distributions around the value of training.
  package struct SpreadSeries: DefaultedValue {
    /// Where they are cut off.
    package var within = 0.0...0.0
    /// Their standard deviations.
    package var deviations: [Double] = []

    /// None.
    package init() {}
  }

  /// Whether a file is of this kind, and not one that compares ways of training.
  package static func describes(_ file: URL) -> Bool {
    guard let text = try? StudyConfiguration.text(of: file), let root = try? compose(yaml: text) else {
      return false
    }
    return root.mapping?["boxes"] != nil && root.mapping?["variants"] == nil
  }

  /// Reads and checks a file. Paths in it are relative to its folder.
  ///
  /// - Throws: `ParameterError` with everything that is wrong with the file, one line per problem.
  package init(contentsOf file: URL) throws(ParameterError) {
    folder = file.deletingLastPathComponent()
    text = try StudyConfiguration.text(of: file)
    let reader = ConfigurationReader(knownPaths: [])
    if let root = reader.root(of: text) { readKeys(root, at: "", by: reader) }
    if reader.problems.isEmpty { reader.add(inconsistencies) }
    try ParameterError.report(reader.problems, of: file.relativePath)
  }

  /// All ways in which networks differ, beginning with none.
  var mismatches: [Mismatch] {
    [.none]
      + spread.entries.flatMap { entry in
        entry.value.deviations.map { .spread(entry.name, deviation: $0, within: entry.value.within) }
      }
      + shift.entries.flatMap { entry in entry.value.map { .shift(entry.name, to: $0) } }
  }

  /// The data set of the networks of a box that differ in some way.
  ///
  /// - Parameter bin: The width of the bins that spikes are counted in, in ms.
  func networks(in box: TestBox, _ mismatch: Mismatch, bin: Double) throws(ParameterError)
    -> StudyConfiguration
  {
    var study = try StudyConfiguration(settings: settings + mismatch.settings)
    study.seed = seed
    study.sampling.box = box.parameters
    study.sampling.samples = samples
    study.sampling.shardSize = 50
    (study.split.testFraction, study.split.validationFraction) = (1, 0)
    study.simulation.bin = bin
    try study.validate()
    return study
  }

  /// The path of a model's file.
  func path(of model: TestedModel) -> String {
    URL(fileURLWithPath: model.file, relativeTo: folder).standardizedFileURL.path
  }

  /// The broken rules that take more than one key, or files.
  private var inconsistencies: [ParameterProblem] {
    var rules = ParameterRules()
    rules.require(samples, atLeast: 2, "samples")
    evaluation.check(&rules)
    rules.require(!boxes.entries.isEmpty, "boxes", "is empty", got: "nothing", expected: "at least one box")
    for box in boxes.entries {
      let key = "boxes.\(box.name)"
      rules.require(
        !box.name.isEmpty && !box.name.contains("/") && !box.name.hasPrefix("."), key,
        "is not a name for folders",
        got: box.name, expected: "letters or digits")
      rules.require(
        !box.value.models.entries.isEmpty, "\(key).models", with: [key], "is empty or missing",
        got: "nothing",
        expected: "at least one line name: {file: model.h5}")
      for model in box.value.models.entries {
        rules.require(
          FileManager.default.fileExists(atPath: path(of: model.value)) && !model.value.file.isEmpty,
          "\(key).models.\(model.name).file", with: ["\(key).models.\(model.name)"], "does not exist",
          got: model.value.file.isEmpty ? "nothing" : model.value.file,
          expected: "a model, relative to the folder of this file")
      }
    }
    for entry in spread.entries {
      let known = NetworkSpread.keys.map(\.name)
      rules.require(
        known.contains(entry.name), "spread.\(entry.name)", "cannot differ within a network", got: entry.name,
        expected: "one of \(known.joined(separator: ", "))")
    }
    for entry in shift.entries {
      rules.require(
        NetworkParameters.scalarNames.contains(entry.name), "shift.\(entry.name)",
        "is not a parameter of the network", got: entry.name,
        expected: "one of \(NetworkParameters.scalarNames.joined(separator: ", "))")
    }
    guard rules.problems.isEmpty else { return rules.problems }
    for box in boxes.entries {
      for mismatch in mismatches where !rules.problems.contains(where: { $0.keyPath == "settings" }) {
        do { _ = try networks(in: box.value, mismatch, bin: 1) } catch {
          let first = error.problems[0]
          let key = mismatch.kind == .none ? "settings" : mismatch.keyPath
          rules.require(
            false, key, "makes \(first.keyPath) one that \(first.what)",
            got: first.got ?? "\(mismatch.value)",
            expected: first.expected ?? "another value")
        }
      }
    }
    return rules.problems
  }
}

extension MismatchConfiguration: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("title", \.title),
      ConfigurationKey("seed", \.seed),
      ConfigurationKey("samples", \.samples),
      ConfigurationKey("settings", \.settings),
      ConfigurationKey("evaluation", \.evaluation),
      ConfigurationKey("boxes", \.boxes),
      ConfigurationKey("spread", \.spread),
      ConfigurationKey("shift", \.shift),
    ]
  }
}

extension MismatchConfiguration.TestBox: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [ConfigurationKey("parameters", \.parameters), ConfigurationKey("models", \.models)]
  }
}

extension MismatchConfiguration.TestedModel: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [ConfigurationKey("file", \.file), ConfigurationKey("settings", \.settings)]
  }
}

extension MismatchConfiguration.SpreadSeries: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [ConfigurationKey("within", \.within), ConfigurationKey("deviations", \.deviations)]
  }
}
