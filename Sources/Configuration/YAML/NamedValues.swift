import Yams

/// A value that a name stands for before a file says anything else.
package protocol DefaultedValue: ConfigurationValue {
  init()
}

extension Array: DefaultedValue where Element: ConfigurationLeaf {}

/// Values by name, in the order of the file: lines `name: value`.
package struct NamedValues<Value: DefaultedValue>: ConfigurationValue {
  /// One line.
  package struct Entry: Sendable, Equatable {
    /// The name.
    package let name: String
    /// What stands for it.
    package let value: Value
  }

  /// The lines.
  package var entries: [Entry] = []

  /// No lines.
  package init() {}

  package mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    let found = reader.entries(of: node, at: keyPath, named: nil, expected: "lines of the form name: value") {
      node, entryPath -> Value? in
      var value = Value()
      value.read(node, at: entryPath, by: reader)
      return value
    }
    if let found { entries = found.map { Entry(name: $0.0, value: $0.1) } }
  }

  package var canonical: CanonicalYAML {
    .mapping(
      entries.map { CanonicalYAML.Entry(key: CanonicalYAML.text($0.name).flow, value: $0.value.canonical) })
  }
}
