import Foundation
import Yams

extension StudyConfiguration {
  /// Reads and checks a file with some of its values replaced.
  ///
  /// - Parameter settings: Key paths and values in YAML, such as `network.eta=3` or
  ///   `sampling.parameters.eta=[1, 2]`. Each counts as if the file said so, wherever it stands there; of several for
  ///   one key the last one counts.
  /// - Throws: Everything that is wrong at once, one line per problem.
  public init(contentsOf file: URL, settings: [String]) throws(ConfigurationError) {
    try self.init(
      yaml: Self.text(of: file), settings: settings, file: file.relativePath,
      folder: file.deletingLastPathComponent())
  }

  /// Sets and checks some values of the default configuration; files that they name are found in the current folder.
  ///
  /// - Parameter settings: As for a file.
  /// - Throws: Everything that is wrong at once, one line per problem.
  public init(settings: [String]) throws(ConfigurationError) {
    try self.init(
      yaml: "{}", settings: settings, file: "configuration",
      folder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
  }

  /// Reads and checks YAML text, such as the configuration stored in a data set, with some of its values replaced. Files
  /// that it names need not exist where there is no `folder` to find them in.
  package init(yaml: String, settings: [String], file: String, folder: URL? = nil) throws(ConfigurationError)
  {
    self.init()
    let settings = settings.map(Setting.init)
    let reader = ConfigurationReader(knownPaths: canonical.keyPaths)
    let root = reader.root(of: yaml)
    if reader.problems.isEmpty {
      reader.add(settings.flatMap(\.problems))
      if let root = settings.reduce(root, { $1.applied(to: $0) }) { read(root, at: "", by: reader) }
      reader.add(inconsistencies())
      if let folder { reader.add(missingFiles(in: folder)) }
    }
    try Self.report(
      reader.problems.map { problem in
        guard let setting = settings.last(where: { $0.decides(problem) }) else { return problem }
        var problem = problem
        (problem.line, problem.setting) = (nil, setting.keyPath)
        return problem
      }, of: file)
  }
}

/// One value that replaces that of a file.
private struct Setting {
  let keyPath: String
  /// Nil if it cannot be read.
  private let value: Node?
  /// Why it cannot be read.
  let problems: [ConfigurationProblem]

  /// Reads `key.path=value`.
  init(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let keyPath = String(parts[0])
    self.keyPath = keyPath
    guard parts.count == 2 else {
      (value, problems) = (
        nil, [ConfigurationProblem(at: keyPath, "has no value", expected: "\(keyPath)=value")]
      )
      return
    }
    let reader = ConfigurationReader(knownPaths: [])
    let root = reader.root(of: String(parts[1]))
    problems = reader.problems.map { ConfigurationProblem(at: keyPath, $0.what) }
    value = problems.isEmpty ? root ?? Node("") : nil
  }

  /// A document with the value at its place, where mappings are made as needed.
  func applied(to root: Node?) -> Node? {
    guard let value else { return root }
    func replace(_ node: Node?, _ keys: ArraySlice<Substring>) -> Node {
      guard let key = keys.first else { return value }
      var mapping = node?.mapping ?? Node.Mapping([])
      mapping[String(key)] = replace(mapping[String(key)], keys.dropFirst())
      return .mapping(mapping)
    }
    return replace(root, keyPath.split(separator: ".", omittingEmptySubsequences: false)[...])
  }

  /// Whether the value takes part in a problem.
  func decides(_ problem: ConfigurationProblem) -> Bool {
    ([problem.keyPath] + problem.related).contains { path in
      path == keyPath || path.hasPrefix(keyPath + ".") || path.hasPrefix(keyPath + "[")
        || !path.isEmpty && keyPath.hasPrefix(path + ".")
    }
  }
}
