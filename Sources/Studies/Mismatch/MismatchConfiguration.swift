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
  /// How all networks are simulated, keys of the section simulation with their values; by default as those of the training.
  package var settings: [String] = []
  /// Number of resamples and confidence level of the intervals.
  package var evaluation = BootstrapParameters()
  /// Where the networks come from, and who is tested there.
  package var boxes = NamedValues<TestBox>()
  /// Parameters that differ within a network.
  package var spread = NamedValues<SpreadSeries>()
  /// Values that parameters have instead of those of training.
  package var shift = NamedValues<[Double]>()
  /// The file, to whose folder paths are relative.
  let file: URL
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
    guard let text = try? StudyConfiguration.text(of: file) else { return false }
    return Node.hasKey("boxes", in: text) && !Node.hasKey("variants", in: text)
  }

  /// Reads and checks a file. Paths in it are relative to its folder.
  ///
  /// - Throws: `ParameterError` with everything that is wrong with the file, one line per problem.
  package init(contentsOf file: URL) throws(ParameterError) {
    self.file = file
    text = try StudyConfiguration.text(of: file)
    let reader = ConfigurationReader(knownPaths: [])
    if let root = reader.root(of: text) { readKeys(root, at: "", by: reader) }
    if reader.problems.isEmpty { reader.add(inconsistencies) }
    try ParameterError.report(reader.problems, of: file.relativePath)
  }

  /// All ways in which networks differ, beginning with none.
  package var mismatches: [Mismatch] {
    [.none]
      + spread.entries.flatMap { entry in
        entry.value.deviations.map { .spread(entry.name, deviation: $0, within: entry.value.within) }
      }
      + shift.entries.flatMap { entry in entry.value.map { .shift(entry.name, to: $0) } }
  }

  /// The data set of the networks of a box that differ in some way from those of a training.
  ///
  /// - Parameter models: At least one: the first has the networks, with the nuisance parameters that are not changed, cells and
  ///   segments; spikes are counted finely enough for all.
  package func networks(
    in box: TestBox, _ mismatch: Mismatch, for models: [StudyConfiguration]
  ) throws(ParameterError) -> StudyConfiguration {
    var trained = StudyConfiguration()
    (trained.network, trained.simulation) = (models[0].network, models[0].simulation)
    (trained.kernel, trained.spectra) = (models[0].kernel, models[0].spectra)
    trained.kernel.nuisance = .init()
    var study = try StudyConfiguration(
      yaml: trained.yaml, settings: settings + mismatch.settings, file: "networks of the training")
    study.seed = seed
    study.sampling.box = box.parameters
    study.sampling.nuisance.dimensions = models[0].sampling.nuisance.dimensions.filter {
      $0.key != mismatch.key && box.parameters[$0.key] == nil
    }
    study.sampling.samples = samples
    study.sampling.shardSize = 50
    (study.split.testFraction, study.split.validationFraction) = (1, 0)
    study.simulation.bin = models.map(\.simulation.bin).min()!
    try study.validate()
    return study
  }

  /// The path of a model's file.
  func path(of model: TestedModel) -> String {
    URL(fileURLWithPath: model.file, relativeTo: file.deletingLastPathComponent()).standardizedFileURL.path
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
      for shifted in shift.entries.map(\.name) + spread.entries.map(\.name) {
        rules.require(
          box.value.parameters[shifted] == nil, key, "samples a parameter that differs from training",
          got: shifted,
          expected: "parameters other than those of spread and shift")
      }
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
        checkSettings(
          model.value.settings, of: RobustnessParameters.changeable, "\(key).models.\(model.name).settings",
          &rules)
      }
    }
    checkSettings(settings, of: ["simulation"], "settings", &rules)
    for entry in spread.entries {
      let known = NetworkSpread.keys.map(\.name)
      rules.require(
        known.contains(entry.name), "spread.\(entry.name)", "cannot differ within a network", got: entry.name,
        expected: "one of \(known.joined(separator: ", "))")
      rules.requireDistinct(entry.value.deviations, "spread.\(entry.name).deviations", "standard deviations")
      rules.require(
        entry.value.deviations.allSatisfy { $0 > 0 }, "spread.\(entry.name).deviations",
        entry.value.deviations,
        "numbers greater than 0")
      rules.require(
        entry.value.within.lowerBound < entry.value.within.upperBound, "spread.\(entry.name).within",
        with: ["spread.\(entry.name)"], "is missing or empty", got: entry.value.within,
        expected: "[lower, upper] with lower < upper")
    }
    for entry in shift.entries {
      rules.require(
        NetworkParameters.scalarNames.contains(entry.name), "shift.\(entry.name)",
        "is not a parameter of the network", got: entry.name,
        expected: "one of \(NetworkParameters.scalarNames.joined(separator: ", "))")
      rules.requireDistinct(entry.value, "shift.\(entry.name)", "values")
    }
    guard rules.problems.isEmpty else { return rules.problems }
    // Whether all fits the networks of the models is for these to say.
    for mismatch in mismatches {
      do { _ = try StudyConfiguration(settings: mismatch.settings) } catch {
        let first = error.problems[0]
        rules.require(
          false, mismatch.keyPath, "makes \(first.keyPath) one that \(first.what)",
          got: first.got ?? "\(mismatch.value)", expected: first.expected ?? "another value")
      }
    }
    return rules.problems
  }
}

extension MismatchConfiguration {
  /// Notes settings of other sections than some, and what is wrong with them by themselves.
  private func checkSettings(
    _ settings: [String], of sections: [String], _ key: String, _ rules: inout ParameterRules
  ) {
    for text in settings {
      let section = String(text.prefix { $0 != "." && $0 != "=" })
      rules.require(
        sections.contains(section) && !text.hasPrefix("simulation.bin_ms"), key,
        "has what cannot be set here", got: text,
        expected:
          "keys of \(sections.joined(separator: " or ")) with their values; bins are those of the models")
    }
    guard !rules.problems.contains(where: { $0.keyPath == key }) else { return }
    do { _ = try StudyConfiguration(settings: settings) } catch {
      // What takes several keys depends on the networks of the models.
      guard let first = error.problems.first(where: { $0.related.isEmpty }) else { return }
      rules.require(
        false, key, "has \(first.keyPath), which \(first.what)", got: first.got ?? "nothing",
        expected: first.expected ?? "another value")
    }
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
