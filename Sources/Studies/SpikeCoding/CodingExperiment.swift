import Configuration
import Figures
import Foundation
import ParameterChecks
import SpikeCoding
import Yams

/// An experiment with networks that learn to represent signals by spikes, as a configuration file describes it.
package protocol CodingExperiment: ConfigurationSection {
  /// The value of the key `experiment` in its file.
  static var name: String { get }
  /// All defaults.
  init()
  /// Root of all random streams.
  var seed: UInt64 { get set }
  /// Notes everything that is wrong.
  func check(_ rules: inout ParameterRules)
  /// What a user should know.
  var notices: [String] { get }
  /// Throws if a file that it needs is missing or wrong, before anything is written.
  func requireFiles() throws
  /// Learns and tests; what has been learnt before is taken from the folder.
  func run(in folder: LearningFolder) throws -> CodingResults
}

extension CodingExperiment {
  package func requireFiles() {}
}

/// What an experiment has found.
package struct CodingResults {
  /// Figures by the names of their files, without ending.
  package let figures: [String: Figure]
  /// Numbers, for `results.json`.
  package let numbers: any Encodable & Sendable
  /// The main numbers, as lines for people.
  package let summary: String
}

/// The experiments, and how files name them.
package enum CodingExperiments {
  /// All experiments.
  package static let all: [any CodingExperiment.Type] = [
    PopulationExperiment.self, CompetitionExperiment.self, BalancedExperiment.self, RobustnessExperiment.self,
    LesionExperiment.self, SoundExperiment.self,
  ]
  private static let key = "experiment"

  /// Reads and checks a file, some values of which settings replace.
  ///
  /// - Parameter settings: Key paths and values, `network.neurons=10`.
  /// - Throws: `ParameterError` with everything that is wrong, one line per problem.
  package static func read(_ file: URL, settings: [String]) throws(ParameterError) -> any CodingExperiment {
    try read(StudyConfiguration.text(of: file), file: file.relativePath, settings: settings)
  }

  /// The same for the text of a file.
  package static func read(
    _ text: String, file: String, settings: [String]
  ) throws(ParameterError) -> any CodingExperiment {
    let settings = settings.map(Setting.init)
    var chosen: any CodingExperiment.Type = all[0]
    let reader = ConfigurationReader(knownPaths: [])
    guard let stored = reader.root(of: text) else {
      throw try problem(reader, file)
    }
    let root = settings.reduce(stored) { $1.applied(to: $0) }
    let names = all.map { $0.name }
    if let node = root.mapping?[key] {
      guard let type = all.first(where: { $0.name == node.scalar?.string }) else {
        reader.locate(key, at: node)
        reader.reject(
          node, at: key, "is not one of its choices", expected: "one of \(names.joined(separator: ", "))")
        throw try problem(reader, file)
      }
      chosen = type
    } else {
      reader.reject(
        root, at: key, "is missing", got: "nothing", expected: "one of \(names.joined(separator: ", "))")
      throw try problem(reader, file)
    }
    return try read(chosen, root, settings.flatMap(\.problems), file)
  }

  /// Runs an experiment in a folder and writes what it has found there.
  package static func run(
    _ experiment: some CodingExperiment, in path: String, replacing: Bool, isQuiet: Bool
  ) throws -> CodingResults {
    try experiment.requireFiles()
    let folder = try LearningFolder(path, of: experiment, replacing: replacing, isQuiet: isQuiet)
    let results = try experiment.run(in: folder)
    try folder.write(results)
    return results
  }

  private static func read<Experiment: CodingExperiment>(
    _ type: Experiment.Type, _ root: Node, _ problems: [ParameterProblem], _ file: String
  ) throws(ParameterError) -> Experiment {
    var experiment = Experiment()
    let reader = ConfigurationReader(knownPaths: experiment.canonical.keyPaths)
    reader.add(problems)
    experiment.read(root, at: "", by: reader)
    var rules = ParameterRules(brokenKeys: Set(reader.problems.map(\.keyPath)))
    experiment.check(&rules)
    reader.add(rules.problems)
    try ParameterError.report(reader.problems, of: file)
    return experiment
  }

  /// The problems of a reader, of which there are some.
  private static func problem(_ reader: ConfigurationReader, _ file: String) throws(ParameterError)
    -> ParameterError
  {
    try ParameterError.report(reader.problems, of: file)
    return ParameterError(file: file, "cannot be read")
  }
}

/// The name of an experiment, as a value that only has that one.
package struct ExperimentName<Experiment: CodingExperiment>: ConfigurationLeaf {
  package init() {}

  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard node.scalar?.string == Experiment.name else { return nil }
  }

  package var canonical: CanonicalYAML { .text(Experiment.name) }
}
