import Yams

/// Named ranges in a fixed order, such as the box from which parameters are sampled.
public struct ParameterRanges: Sendable, Equatable {
  /// One parameter and its range.
  public struct Entry: Sendable, Equatable {
    /// The name, a key of the section `network`.
    public var name: String
    /// The range, in the unit that the name ends with.
    public var range: Interval

    /// The parameter `name` between the ends of `range`.
    public init(_ name: String, _ range: Interval) {
      self.name = name
      self.range = range
    }
  }

  /// The parameters, in the order of the file.
  public var entries: [Entry]

  /// Ranges in the order given.
  public init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// The names, in order.
  public var names: [String] { entries.map(\.name) }

  /// The range of a parameter; nil where it has none.
  public subscript(name: String) -> Interval? {
    entries.first { $0.name == name }?.range
  }

  /// The box of the paper: η in [0.8, 4], g in [3.5, 8] and J in [0.05, 0.4] mV.
  public static let fullBox = ParameterRanges([
    Entry("eta", Interval(0.8, 4)), Entry("g", Interval(3.5, 8)), Entry("J_mV", Interval(0.05, 0.4)),
  ])
}

extension ParameterRanges: ConfigurationValue {
  package mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard let mapping = node.mapping else {
      reader.reject(node, at: keyPath, "is not a mapping", expected: "lines name: [lower, upper]")
      return
    }
    let known = NetworkConfiguration.parameterNames
    entries = mapping.compactMap { key, value in
      guard let name = reader.name(of: key, at: keyPath) else { return nil }
      guard known.contains(name) else {
        reader.rejectUnknown(key, name, at: innerKeyPath(keyPath, name), known: known)
        return nil
      }
      return Interval(value, at: innerKeyPath(keyPath, name), by: reader).map { Entry(name, $0) }
    }
  }

  package var canonical: CanonicalYAML {
    .mapping(entries.map { CanonicalYAML.Entry(key: $0.name, value: $0.range.canonical) })
  }

  package func violations(at keyPath: String) -> [ConfigurationProblem] {
    if entries.isEmpty {
      return [ConfigurationProblem(at: keyPath, "is empty", expected: "at least one parameter")]
    }
    let known = NetworkConfiguration.parameterNames
    return entries.enumerated().compactMap { index, entry in
      let entryPath = innerKeyPath(keyPath, entry.name)
      if !known.contains(entry.name) || names[..<index].contains(entry.name) {
        return ConfigurationProblem(
          at: entryPath, "is unknown or named twice", got: entry.name,
          expected: "each of \(known.joined(separator: ", ")) at most once")
      }
      let rule = Constraint<Interval>.increasing
      return rule.holds(entry.range)
        ? nil
        : ConfigurationProblem(
          at: entryPath, "is out of range", got: entry.range.canonical.flow, expected: rule.expected)
    }
  }
}
