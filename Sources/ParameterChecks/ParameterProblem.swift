/// One thing that is wrong with the parameters of a model, or with the file that they were read from.
public struct ParameterProblem: Sendable, Equatable, CustomStringConvertible {
  /// Line of the file, from 1; nil where the parameters did not come from a file.
  public var line: Int?
  /// Key path of the setting, given beside the file, that the problem comes from; nil if it comes from none.
  public var setting: String?
  /// The parameter by its key in configuration files, with its sections, as in `network.delay_ms`; empty where the file
  /// as a whole is meant.
  public let keyPath: String
  /// Further keys that take part in a broken rule.
  public let related: [String]
  /// What is wrong, as a predicate of the key: "is not a number".
  public let what: String
  /// What was found.
  public let got: String?
  /// What would have been accepted.
  public let expected: String?

  /// A problem of the parameter at `keyPath`.
  public init(
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

  /// All keys that the problem is about.
  public var keyPaths: [String] { [keyPath] + related }

  /// `key.path: what is wrong (got …, expected …)`.
  public var description: String {
    let details = [got.map { "got \($0)" }, expected.map { "expected \($0)" }].compactMap { $0 }
    return (keyPath.isEmpty ? "" : "\(keyPath): ") + what
      + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
  }
}

/// Parameters with which a model cannot be computed: everything that is wrong with them.
public struct ParameterError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file's name as it was given; nil where the parameters did not come from a file.
  public let file: String?
  /// The problems, in the order of the lines of the file; never empty.
  public let problems: [ParameterProblem]

  /// One thing that is wrong with a file as a whole, as a predicate of its name.
  public init(file: String, _ what: String) {
    self.file = file
    problems = [ParameterProblem(at: "", what)]
  }

  private init(file: String?, problems: [ParameterProblem]) {
    self.file = file
    self.problems = problems
  }

  /// Throws the problems, sorted by line, unless there are none.
  public static func report(_ problems: [ParameterProblem], of file: String? = nil) throws(ParameterError) {
    guard !problems.isEmpty else { return }
    let order = problems.indices.sorted {
      (problems[$0].line ?? 0, $0) < (problems[$1].line ?? 0, $1)
    }
    throw ParameterError(file: file, problems: order.map { problems[$0] })
  }

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
