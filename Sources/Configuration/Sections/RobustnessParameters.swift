import ParameterChecks
import Yams

/// Conditions that an estimator is tested under, besides that of its data set: the section `robustness` of a configuration.
package struct RobustnessParameters: Sendable, Equatable {
  /// The conditions, in the order of the table.
  package var conditions = EvaluationConditions()
  /// How many samples of each data set are taken, the first ones.
  package var samples = Portion.all

  /// No conditions.
  package init() {}
}

/// Conditions by name, written as lines `name: [setting, …]`.
package struct EvaluationConditions: Sendable, Equatable {
  /// One condition.
  package struct Condition: Sendable, Equatable {
    /// Its name in tables and figures.
    package var name: String
    /// What differs from the data set's configuration, `key.path=value` each; `dataset=FILE` takes other samples.
    package var settings: [String]

    /// The path of other samples; nil if there are none.
    package var dataset: String? {
      settings.last { $0.hasPrefix(Self.datasetKey) }.map { String($0.dropFirst(Self.datasetKey.count)) }
    }

    /// The settings of the configuration.
    package var changes: [String] { settings.filter { !$0.hasPrefix(Self.datasetKey) } }

    private static let datasetKey = "dataset="
  }

  /// The conditions.
  package var list: [Condition] = []
}

extension EvaluationConditions: ConfigurationValue {
  package mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard let mapping = node.mapping else {
      return reader.reject(
        node, at: keyPath, "is not a mapping", expected: "lines name: [key.path=value, ...]")
    }
    list = []
    for (keyNode, value) in mapping {
      guard let name = reader.name(of: keyNode, at: keyPath) else { continue }
      let texts = value.sequence?.compactMap { $0.scalar?.string }
      guard let texts, texts.count == value.sequence?.count else {
        reader.reject(
          value, at: innerKeyPath(keyPath, name), "is not a list of settings",
          expected: "[key.path=value, ...], or [] for the data set as it is")
        continue
      }
      list.append(Condition(name: name, settings: texts))
    }
  }

  package var canonical: CanonicalYAML {
    .mapping(
      list.map { condition in
        CanonicalYAML.Entry(
          key: CanonicalYAML.text(condition.name).flow,
          value: .list(condition.settings.map(CanonicalYAML.text)))
      })
  }
}

extension RobustnessParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("samples", \.samples),
      ConfigurationKey("conditions", \.conditions),
    ]
  }

  /// The sections that a condition can change.
  package static let changeable = ["measurement", "kernel"]

  /// Notes everything that is wrong.
  func check(_ rules: inout ParameterRules) {
    for condition in conditions.list {
      let key = "robustness.conditions.\(condition.name)"
      for text in condition.changes {
        let section = text.prefix { $0 != "." && $0 != "=" }
        rules.require(
          Self.changeable.contains(String(section)), key, "changes what a data set cannot be changed in",
          got: text, expected: "dataset=FILE, or a key of measurement or kernel with its value")
      }
      let problem = rules.problems.contains { $0.keyPath == key } ? nil : Self.problem(condition.changes)
      rules.require(
        problem == nil, key, problem?.what ?? "", got: problem?.got ?? "", expected: problem?.expected ?? "")
    }
  }

  /// What is wrong with settings by themselves; nil if nothing.
  private static func problem(_ settings: [String]) -> (what: String, got: String, expected: String)? {
    do {
      _ = try StudyConfiguration(yaml: "{}", settings: settings, file: "condition")
      return nil
    } catch {
      let first = error.problems[0]
      return ("has \(first.keyPath), which \(first.what)", first.got ?? "nothing", first.expected ?? "")
    }
  }
}
