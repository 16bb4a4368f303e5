import Yams

/// A mapping with a fixed set of keys. The table `keys` is all there is to know about it: reading,
/// checking and writing follow from it. Keys that a file leaves out keep their values.
package protocol ConfigurationSection: ConfigurationValue {
  static var keys: [ConfigurationKey<Self>] { get }
}

/// One row of a section's table.
package struct ConfigurationKey<Section> {
  package let name: String
  /// Whether the value is a real number, which a sampling design can vary.
  package let isReal: Bool
  package let read: (inout Section, Node, String, ConfigurationReader) -> Void
  package let canonical: (Section) -> CanonicalYAML
  package let violations: (Section, String) -> [ConfigurationProblem]

  /// - Parameters:
  ///   - name: The key as it stands in the file, with its unit.
  ///   - property: Where its value goes.
  ///   - constraint: What the value must fulfil by itself.
  package init<Value: ConfigurationValue>(
    _ name: String, _ property: WritableKeyPath<Section, Value>, _ constraint: Constraint<Value> = .none
  ) {
    self.name = name
    isReal = Value.self == Double.self
    canonical = { $0[keyPath: property].canonical }
    let violations = { (section: Section, keyPath: String) -> [ConfigurationProblem] in
      let value = section[keyPath: property]
      guard constraint.holds(value) else {
        return [
          ConfigurationProblem(
            at: keyPath, "is out of range", got: value.canonical.flow, expected: constraint.expected)
        ]
      }
      return value.violations(at: keyPath)
    }
    self.violations = violations
    read = { section, node, keyPath, reader in
      let previous = section[keyPath: property]
      section[keyPath: property].read(node, at: keyPath, by: reader)
      let found = violations(section, keyPath)
      if found.isEmpty { return }
      // An impossible value is reported and not taken over: the rules between keys can rely on
      // every value being possible by itself.
      reader.add(found)
      section[keyPath: property] = previous
    }
  }
}

extension ConfigurationSection {
  package mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    readKeys(node, at: keyPath, by: reader)
  }

  /// Takes over the value of each key of a mapping.
  package mutating func readKeys(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if node.isNull { return }
    guard let mapping = node.mapping else {
      reader.reject(node, at: keyPath, "is not a mapping", expected: "lines of the form key: value")
      return
    }
    let keys = Self.keys
    for (keyNode, value) in mapping {
      guard let name = reader.name(of: keyNode, at: keyPath) else { continue }
      let innerPath = innerKeyPath(keyPath, name)
      if let key = keys.first(where: { $0.name == name }) {
        key.read(&self, value, innerPath, reader)
      } else {
        reader.rejectUnknown(keyNode, name, at: innerPath, known: keys.map(\.name))
      }
    }
  }

  package var canonical: CanonicalYAML {
    .mapping(Self.keys.map { CanonicalYAML.Entry(key: $0.name, value: $0.canonical(self)) })
  }

  package func violations(at keyPath: String) -> [ConfigurationProblem] {
    Self.keys.flatMap { $0.violations(self, innerKeyPath(keyPath, $0.name)) }
  }
}

/// The path of a key within the mapping at `keyPath`.
package func innerKeyPath(_ keyPath: String, _ name: String) -> String {
  keyPath.isEmpty ? name : "\(keyPath).\(name)"
}
