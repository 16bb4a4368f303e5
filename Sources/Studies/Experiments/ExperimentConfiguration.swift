import Configuration
import Foundation
import ParameterChecks
import Statistics
import Yams

/// Several estimators to be trained and compared: a file such as those in `configs/experiments`.
///
/// A key of a variant that stands at the top of the file holds for all variants that do not have it themselves.
package struct ExperimentConfiguration: Sendable, Equatable {
  /// What is compared, as a heading.
  package var title = "Comparison"
  /// Every variant is trained once with each.
  package var seeds: [UInt64] = [1]
  /// The curve fitted to the variants' test losses.
  package var curve = Curve.none
  /// Number of resamples and confidence level of the intervals.
  package var evaluation = BootstrapParameters()
  /// What is compared, the reference first.
  package var variants: [ExperimentVariant] = []
  /// The folder that paths are relative to.
  let folder: URL
  /// The file's text.
  let text: String

  /// What the test loss is plotted against, and the curve fitted.
  package enum Curve: String, Sendable, CaseIterable {
    /// No curve.
    case none
    /// a + b / √T over the analysed duration T, as in Fig. 4 of Skaar et al. 2020.
    case duration
    /// a + b·N^(−c) over the number N of training samples.
    case samples
  }

  /// Reads and checks a file. Paths in it are relative to its folder.
  ///
  /// - Throws: `ParameterError` with everything that is wrong with the file, one line per problem.
  package init(contentsOf file: URL) throws(ParameterError) {
    folder = file.deletingLastPathComponent()
    text = try StudyConfiguration.text(of: file)
    let reader = ConfigurationReader(knownPaths: [])
    if let root = reader.root(of: text) { read(root, by: reader) }
    // Text that is no YAML at all has one problem, not also that of having no variants.
    if reader.problems.allSatisfy({ !$0.keyPath.isEmpty }) { reader.add(inconsistencies(in: folder)) }
    try ParameterError.report(reader.problems, of: file.relativePath)
  }

  /// What a variant is trained on.
  func trainingSet(of variant: ExperimentVariant) -> AnalysedDataset.Choice {
    AnalysedDataset.Choice(path: path(variant.dataset), duration: variant.duration)
  }

  /// What a variant is tested on, analysed as what it is trained on.
  func testSet(of variant: ExperimentVariant) -> AnalysedDataset.Choice {
    AnalysedDataset.Choice(
      path: path(variant.test.dataset.isEmpty ? variant.dataset : variant.test.dataset),
      duration: variant.duration)
  }

  private func path(_ path: String) -> String {
    URL(fileURLWithPath: path, relativeTo: folder).standardizedFileURL.path
  }

  private static let variantsKey = "variants"
  private static let trainingKey = "training"

  private mutating func read(_ root: Node, by reader: ConfigurationReader) {
    guard let mapping = root.mapping else {
      reader.reject(root, at: "", "is not a mapping", expected: "lines of the form key: value")
      return
    }
    var common = ExperimentVariant(name: "")
    var listed: Node?
    let known = Self.keys.map(\.name) + ExperimentVariant.keys.map(\.name) + [Self.variantsKey]
    for (keyNode, value) in mapping {
      guard let name = reader.name(of: keyNode, at: "") else { continue }
      if let key = Self.keys.first(where: { $0.name == name }) {
        key.read(&self, value, name, reader)
      } else if let key = ExperimentVariant.keys.first(where: { $0.name == name }) {
        key.read(&common, value, name, reader)
      } else if name == Self.variantsKey {
        listed = value
      } else {
        reader.rejectUnknown(keyNode, name, at: name, known: known)
      }
    }
    // Read last, whatever the order in the file, as variants begin with what is common to all.
    if let listed { readVariants(listed, common, mapping[Self.trainingKey], by: reader) }
  }

  private mutating func readVariants(
    _ node: Node, _ common: ExperimentVariant, _ training: Node?, by reader: ConfigurationReader
  ) {
    guard let mapping = node.mapping else {
      reader.reject(node, at: Self.variantsKey, "is not a mapping", expected: "lines name: {key: value, ...}")
      return
    }
    for (keyNode, value) in mapping {
      guard let name = reader.name(of: keyNode, at: Self.variantsKey) else { continue }
      var variant = common
      variant.name = name
      variant.read(value, at: variant.keyPath, by: reader)
      if let own = value.mapping?[Self.trainingKey] { variant.training.addCommon(training, to: own) }
      variants.append(variant)
    }
  }

  /// The broken rules that take more than one key, or files.
  private func inconsistencies(in folder: URL) -> [ParameterProblem] {
    var rules = ParameterRules()
    rules.requireDistinct(seeds, "seeds", "seeds")
    evaluation.check(&rules)
    rules.require(
      !variants.isEmpty, Self.variantsKey, "is empty or missing", got: "nothing",
      expected: "at least one line name: {key: value, ...}")
    for (index, variant) in variants.enumerated() {
      let earlier = variants[..<index].first { $0.fileName == variant.fileName }
      rules.require(
        !variant.fileName.isEmpty && earlier == nil, variant.keyPath, "is not a name for files",
        got: variant.name,
        expected: earlier.map { "letters or digits other than those of \($0.name)" } ?? "a letter or digit")
      rules.append(variant.inconsistencies(in: folder))
    }
    return rules.problems
  }
}

extension ExperimentConfiguration.Curve: ConfigurationChoice {}

extension ExperimentConfiguration {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("title", \.title),
      ConfigurationKey("seeds", \.seeds),
      ConfigurationKey("curve", \.curve),
      ConfigurationKey("evaluation", \.evaluation),
    ]
  }
}

extension TrainingConfiguration {
  /// A variant's preset replaces all values: sets those again that all variants have in common, below the variant's own.
  fileprivate mutating func addCommon(_ common: Node?, to own: Node) {
    guard let common, own.mapping?["preset"] != nil else { return }
    self = Self(
      preset: preset,
      prediction: Self.choice("predict", in: own) ?? Self.choice("predict", in: common) ?? .point)
    // What is wrong with either has been reported.
    let reader = ConfigurationReader(knownPaths: [])
    for node in [common, own] { readKeys(node, at: "", by: reader) }
  }
}
