/// One thing that is wrong with the parameters of a model.
public struct ParameterProblem: Sendable, Equatable, CustomStringConvertible {
  /// The parameter by its key in configuration files, such as `delay_ms`; with a path where it lies inside another.
  public let key: String
  /// Further keys that take part in a broken rule.
  public let related: [String]
  /// What is wrong, as a predicate of the key: "is out of range".
  public let what: String
  /// What was found.
  public let got: String
  /// What would have been accepted.
  public let expected: String

  /// A problem of the parameter `key`.
  public init(_ key: String, with related: [String] = [], _ what: String, got: String, expected: String) {
    self.key = key
    self.related = related
    self.what = what
    self.got = got
    self.expected = expected
  }

  /// `key: what is wrong (got …, expected …)`.
  public var description: String { "\(key): \(what) (got \(got), expected \(expected))" }
}

/// Parameters with which a model cannot be computed.
public struct ParameterError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Everything that is wrong; never empty.
  public let problems: [ParameterProblem]

  /// The problems; at least one.
  public init(_ problems: [ParameterProblem]) {
    precondition(!problems.isEmpty, "an error has a problem")
    self.problems = problems
  }

  /// One line per problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }

  /// Throws the problems, unless there are none.
  public static func report(_ problems: [ParameterProblem]) throws(ParameterError) {
    if !problems.isEmpty { throw ParameterError(problems) }
  }
}
