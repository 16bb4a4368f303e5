import Yams

/// A value that a key of the configuration can have.
package protocol ConfigurationValue: Equatable, Sendable {
  /// Takes over what the node says, or reports why that is not possible and keeps the old value.
  mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader)

  /// The value in canonical form.
  var canonical: CanonicalYAML { get }

  /// What is wrong with values inside this one.
  func violations(at keyPath: String) -> [ConfigurationProblem]
}

extension ConfigurationValue {
  package func violations(at keyPath: String) -> [ConfigurationProblem] { [] }
}

/// A value that is read as a whole.
package protocol ConfigurationLeaf: ConfigurationValue {
  /// The node's value; nil after reporting why it has none.
  init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader)
}

extension ConfigurationLeaf {
  package mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if let value = Self(node, at: keyPath, by: reader) { self = value }
  }
}

extension Bool: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    switch node.plainText {
    case "true", "True", "TRUE": self = true
    case "false", "False", "FALSE": self = false
    default:
      reader.reject(node, at: keyPath, "is not a truth value", expected: "true or false")
      return nil
    }
  }

  package var canonical: CanonicalYAML { .scalar(description) }
}

extension Double: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard let number = node.number else {
      reader.reject(node, at: keyPath, "is not a number", expected: "a number")
      return nil
    }
    guard number.isFinite else {
      reader.reject(node, at: keyPath, "is not finite", expected: "a finite number")
      return nil
    }
    self = number
  }

  package var canonical: CanonicalYAML { .number(self) }
}

/// Whole numbers; `1e4` and `3000.0` count as such.
package protocol ConfigurationInteger: ConfigurationLeaf, FixedWidthInteger {}

extension ConfigurationInteger {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if let value = node.plainText.flatMap({ Self($0) }) ?? node.number.flatMap({ Self(exactly: $0) }) {
      self = value
      return
    }
    let isWhole = node.number.map { $0 == $0.rounded() && $0.isFinite } ?? false
    reader.reject(
      node, at: keyPath, isWhole ? "is out of range" : "is not a whole number",
      expected: isWhole ? "a whole number from \(Self.min) to \(Self.max)" : "a whole number")
    return nil
  }

  package var canonical: CanonicalYAML { .scalar(description) }
}

extension Int: ConfigurationInteger {}
extension UInt64: ConfigurationInteger {}

/// One of a few words.
package protocol ConfigurationChoice: ConfigurationLeaf, RawRepresentable, CaseIterable
where RawValue == String {}

extension ConfigurationChoice {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard let value = node.scalar.flatMap({ Self(rawValue: $0.string) }) else {
      let choices = Self.allCases.map(\.rawValue)
      reader.reject(
        node, at: keyPath,
        "is not one of its choices" + suggestion(for: node.scalar?.string, among: choices),
        expected: (choices.count > 1 ? "one of " : "") + choices.joined(separator: ", "))
      return nil
    }
    self = value
  }

  package var canonical: CanonicalYAML { .text(rawValue) }
}

extension Array: ConfigurationValue, ConfigurationLeaf where Element: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard let sequence = node.sequence else {
      reader.reject(node, at: keyPath, "is not a list", expected: "a list [a, b, ...]")
      return nil
    }
    let elements = sequence.enumerated().map { index, element in
      let elementPath = "\(keyPath)[\(index)]"
      reader.locate(elementPath, at: element)
      return Element(element, at: elementPath, by: reader)
    }
    guard elements.allSatisfy({ $0 != nil }) else { return nil }
    self = elements.compactMap { $0 }
  }

  package var canonical: CanonicalYAML { .list(map(\.canonical)) }
}
