import Yams

/// A mapping with a fixed set of keys. The table `keys` is all there is to know about it: reading and writing follow from
/// it. Keys that a file leaves out keep their values. What values are possible is for the type itself to say.
package protocol ConfigurationSection: ConfigurationValue {
  static var keys: [ConfigurationKey<Self>] { get }
}

/// One row of a section's table.
package struct ConfigurationKey<Section> {
  package let name: String
  /// Where a real number is kept; nil for other values.
  package let scalar: WritableKeyPath<Section, Double>?
  package let read: (inout Section, Node, String, ConfigurationReader) -> Void
  package let canonical: (Section) -> CanonicalYAML
  /// The value as it enters identities; nil if it does not.
  package let identity: (Section) -> CanonicalYAML?

  /// - Parameters:
  ///   - name: The key as it stands in the file, with its unit.
  ///   - property: Where its value goes.
  ///   - implied: What earlier versions did that did not know the key. The value does not enter identities, so that data
  ///     made by them stay what they are.
  ///   - affectsResults: Whether results depend on the value.
  package init<Value: ConfigurationValue>(
    _ name: String, _ property: WritableKeyPath<Section, Value>, impliedBefore implied: Value? = nil,
    affectsResults: Bool = true
  ) {
    self.name = name
    scalar = property as? WritableKeyPath<Section, Double>
    read = { $0[keyPath: property].read($1, at: $2, by: $3) }
    canonical = { $0[keyPath: property].canonical }
    identity = {
      let value = $0[keyPath: property]
      return affectsResults && value != implied ? value.identity : nil
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

  package var identity: CanonicalYAML {
    .mapping(
      Self.keys.compactMap { key in
        key.identity(self).map { CanonicalYAML.Entry(key: key.name, value: $0) }
      })
  }
}

/// The path of a key within the mapping at `keyPath`.
package func innerKeyPath(_ keyPath: String, _ name: String) -> String {
  keyPath.isEmpty ? name : "\(keyPath).\(name)"
}
