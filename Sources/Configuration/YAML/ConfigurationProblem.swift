/// One thing that is wrong with a configuration.
public struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
  /// Line of the file, from 1; nil where the configuration did not come from a file.
  public internal(set) var line: Int?
  /// Key path of the setting, given beside the file, that the problem comes from; nil if it comes from none.
  public internal(set) var setting: String?
  /// The key, with its sections, as in `network.delay_ms`; empty where the file as a whole is meant.
  public let keyPath: String
  /// What is wrong, as a predicate of the key: "is not a number".
  public let what: String
  /// What was found.
  public let got: String?
  /// What would have been accepted.
  public let expected: String?
  /// Further keys that take part in a broken rule.
  package let related: [String]

  package init(
    line: Int? = nil, at keyPath: String, with related: [String] = [], _ what: String,
    got: String? = nil, expected: String? = nil
  ) {
    self.line = line
    self.keyPath = keyPath
    self.related = related
    self.what = what
    self.got = got
    self.expected = expected
  }

  /// `key.path: what is wrong (got …, expected …)`.
  public var description: String {
    let details = [got.map { "got \($0)" }, expected.map { "expected \($0)" }].compactMap { $0 }
    return (keyPath.isEmpty ? "" : "\(keyPath): ") + what
      + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
  }
}

/// Everything that is wrong with a configuration, in the order of the lines of its file.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file's name as it was given; nil where the configuration did not come from a file.
  public let file: String?
  /// The problems; never empty.
  public let problems: [ConfigurationProblem]

  /// One line per problem: `file:line: key.path: what is wrong (got …, expected …)`, or, if it comes from a setting,
  /// `--set key.path: what is wrong (got …, expected …)`.
  public var description: String {
    problems.map { problem in
      if let setting = problem.setting {
        return "--set " + (setting == problem.keyPath ? "" : "\(setting): ") + problem.description
      }
      let place = [file, problem.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
      return place.isEmpty ? problem.description : "\(place): \(problem)"
    }.joined(separator: "\n")
  }
}
