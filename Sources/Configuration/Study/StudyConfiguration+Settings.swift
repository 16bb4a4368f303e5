import Foundation
import ParameterChecks
import ParameterSampling
import Yams

extension StudyConfiguration {
  /// Reads and checks a file with some of its values replaced.
  ///
  /// - Parameter settings: Key paths and values in YAML, such as `network.eta=3` or
  ///   `sampling.parameters.eta=[1, 2]`. Each counts as if the file said so, wherever it stands there; of several for
  ///   one key the last one counts.
  /// - Throws: Everything that is wrong at once, one line per problem.
  public init(contentsOf file: URL, settings: [String]) throws(ParameterError) {
    try self.init(
      yaml: Self.text(of: file), file: file.relativePath, folder: file.deletingLastPathComponent(),
      settings: settings.map(Setting.init))
  }

  /// Sets and checks some values of the default configuration; files that they name are found in the current folder.
  ///
  /// - Parameter settings: As for a file.
  /// - Throws: Everything that is wrong at once, one line per problem.
  public init(settings: [String]) throws(ParameterError) {
    try self.init(
      yaml: "{}", file: "configuration",
      folder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
      settings: settings.map(Setting.init))
  }

  /// Reads and checks YAML text that was stored, with some of its values replaced.
  ///
  /// Stored text has every key. A preset says what the keys of the training are by default: where one is set, it says what all are
  /// that are not set themselves.
  package init(yaml: String, settings: [String], file: String) throws(ParameterError) {
    let settings = settings.map(Setting.init)
    try self.init(
      yaml: yaml, file: file, folder: nil, settings: settings,
      without: settings.contains { $0.keyPath == "training.preset" } ? [.training] : [])
  }
}

/// One value that replaces that of a file.
package struct Setting {
  package let keyPath: String
  /// Nil if it cannot be read.
  private let value: Node?
  /// Why it cannot be read.
  package let problems: [ParameterProblem]

  /// Reads `key.path=value`.
  package init(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let keyPath = String(parts[0])
    self.keyPath = keyPath
    guard parts.count == 2 else {
      (value, problems) = (
        nil, [ParameterProblem(at: keyPath, "has no value", expected: "\(keyPath)=value")]
      )
      return
    }
    let reader = ConfigurationReader(knownPaths: [])
    let root = reader.root(of: String(parts[1]), mayBeEmpty: true)
    problems = reader.problems.map { ParameterProblem(at: keyPath, $0.what) }
    value = problems.isEmpty ? root ?? Node("") : nil
  }

  /// A document with the value at its place, where mappings are made as needed.
  package func applied(to root: Node) -> Node {
    guard let value else { return root }
    func replace(_ node: Node?, _ keys: ArraySlice<Substring>, of path: String) -> Node {
      guard let key = keys.first else { return value }
      var mapping = node?.mapping ?? Self.rangesByDefault(path)
      mapping[String(key)] = replace(
        mapping[String(key)], keys.dropFirst(), of: path.isEmpty ? String(key) : "\(path).\(key)")
      return .mapping(mapping)
    }
    return replace(root, keyPath.split(separator: ".", omittingEmptySubsequences: false)[...], of: "")
  }

  /// Of a mapping that a file does not have: the parameters that are sampled by default are more than the one that is set.
  private static func rangesByDefault(_ path: String) -> Node.Mapping {
    guard path == "sampling.parameters" else { return Node.Mapping([]) }
    return Node.Mapping(
      SamplingParameters().box.dimensions.map { dimension in
        (Node(dimension.key), Node([Node("\(dimension.lower)"), Node("\(dimension.upper)")]))
      })
  }

  /// Whether a value given for `keyPath` takes part in a problem.
  static func decides(_ keyPath: String, _ problem: ParameterProblem) -> Bool {
    problem.keyPaths.contains { path in
      path == keyPath || path.hasPrefix(keyPath + ".") || path.hasPrefix(keyPath + "[")
        || !path.isEmpty && keyPath.hasPrefix(path + ".")
    }
  }
}
