import Configuration
import Foundation
import ParameterChecks
import ParameterSampling
import Yams

/// One way of training, with the data that its estimators are tested on.
package struct ExperimentVariant: Sendable, Equatable {
  /// What stands for it in tables and figures.
  package var name: String
  /// Path of the merged data set to train on.
  package var dataset = ""
  /// How long a part of each simulation is analysed, from its beginning, in ms with the transient.
  package var duration = Portion.all
  /// How estimators are trained; what is not given is as in the paper.
  package var training = TrainingConfiguration()
  /// What estimators are tested on.
  package var test = Test()

  /// Samples to test on.
  package struct Test: Sendable, Equatable {
    /// Path of a merged data set; empty for the one trained on.
    package var dataset = ""
    /// Which of its samples.
    package var part = Evaluation.Part.test
  }

  /// The name in lower case with a hyphen for all but letters and digits.
  var fileName: String {
    name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
  }

  /// Where the variant stands in its file.
  var keyPath: String { innerKeyPath("variants", name) }

  /// What is wrong beyond single keys.
  func inconsistencies(in folder: URL) -> [ParameterProblem] {
    var rules = ParameterRules()
    let paths = [("dataset", dataset), ("test.dataset", test.dataset)]
    for (key, path) in paths where !(path.isEmpty && key == "test.dataset") {
      let file = URL(fileURLWithPath: path, relativeTo: folder)
      rules.require(
        !path.isEmpty, innerKeyPath(keyPath, key), with: [keyPath], "is missing", got: "nothing",
        expected: "the path of a merged data set here or for all variants")
      rules.require(
        path.isEmpty || FileManager.default.fileExists(atPath: file.path), innerKeyPath(keyPath, key),
        with: [key, keyPath], "does not exist", got: path,
        expected: "a merged data set, relative to the folder of this file")
    }
    // Which parameters there are is for the data set to say.
    var ownRules = ParameterRules()
    training.check(&ownRules, sampled: SamplingParameters())
    for problem in ownRules.problems where !problem.keyPaths.contains(where: { $0.hasPrefix("sampling.") }) {
      let own = problem.keyPaths.map { innerKeyPath(keyPath, $0) }
      rules.append([
        ParameterProblem(
          at: own[0], with: own.dropFirst() + [problem.keyPath, keyPath], problem.what, got: problem.got,
          expected: problem.expected)
      ])
    }
    return rules.problems
  }
}

extension ExperimentVariant: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("dataset", \.dataset),
      ConfigurationKey("duration_ms", \.duration),
      ConfigurationKey("training", \.training),
      ConfigurationKey("test", \.test),
    ]
  }
}

extension ExperimentVariant.Test: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [ConfigurationKey("dataset", \.dataset), ConfigurationKey("part", \.part)]
  }
}

extension Evaluation.Part: ConfigurationChoice {}

extension String: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard let text = node.scalar?.string, !text.isEmpty else {
      reader.reject(node, at: keyPath, "is not a text", expected: "some text")
      return nil
    }
    self = text
  }

  package var canonical: CanonicalYAML { .text(self) }
}
