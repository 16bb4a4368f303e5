import Yams

/// A value that a key of the configuration can have.
package protocol ConfigurationValue: Equatable, Sendable {
  /// Takes over what the node says, or reports why that is not possible and keeps the old value.
  mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader)

  /// The value in canonical form.
  var canonical: CanonicalYAML { get }

  /// The value as it enters identities: without keys whose value is what earlier versions implied.
  var identity: CanonicalYAML { get }
}

extension ConfigurationValue {
  package var identity: CanonicalYAML { canonical }
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
    // Numbers written with a point or an exponent are read in double precision, which holds whole numbers up to 2⁵³.
    let exact = node.number.flatMap { $0.magnitude < 0x1p53 ? Self(exactly: $0) : nil }
    if let value = node.plainText.flatMap({ Self($0) }) ?? exact {
      self = value
      return
    }
    guard let number = node.number, number == number.rounded(), number.isFinite else {
      reader.reject(node, at: keyPath, "is not a whole number", expected: "a whole number")
      return nil
    }
    if Self(exactly: number) != nil {
      reader.reject(
        node, at: keyPath, "is too large to be read exactly in this form", expected: "digits only")
    } else {
      reader.reject(
        node, at: keyPath, "is out of range", expected: "a whole number from \(Self.min) to \(Self.max)")
    }
    return nil
  }

  package var canonical: CanonicalYAML { .scalar(description) }
}

extension Int: ConfigurationInteger {}
extension UInt64: ConfigurationInteger {}

/// A stretch of the real line, written `[lower, upper]`.
extension ClosedRange<Double>: ConfigurationValue, ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    self.init(node, at: keyPath, by: reader, isStretch: false)
  }

  /// The same, of positive length if `isStretch`.
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader, isStretch: Bool) {
    guard let sequence = node.sequence, sequence.count == 2 else {
      reader.reject(node, at: keyPath, "is not a pair of numbers", expected: "[lower, upper]")
      return nil
    }
    guard let ends = [Double](node, at: keyPath, by: reader) else { return nil }
    guard ends[0] < ends[1] || (ends[0] == ends[1] && !isStretch) else {
      reader.reject(
        node, at: keyPath, "is out of range", got: ends.canonical.flow,
        expected: "[lower, upper] with lower \(isStretch ? "<" : "<=") upper")
      return nil
    }
    self = ends[0]...ends[1]
  }

  package var canonical: CanonicalYAML { .list([lowerBound.canonical, upperBound.canonical]) }
}

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
