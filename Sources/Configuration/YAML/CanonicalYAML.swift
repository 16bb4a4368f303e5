import Foundation

/// YAML in a form that depends on the values alone, so that equal configurations have equal text.
package enum CanonicalYAML: Equatable {
  case scalar(String)
  case list([CanonicalYAML])
  case mapping([Entry])

  package struct Entry: Equatable {
    let key: String
    let value: CanonicalYAML
  }

  /// Mappings nested deeper than this are written on one line.
  private static let blockDepth = 3

  /// The lines of a mapping, each ending with a newline.
  package func text(depth: Int = 0) -> String {
    guard case .mapping(let entries) = self else { return flow + "\n" }
    let indentation = String(repeating: "  ", count: depth)
    return entries.map { entry in
      if case .mapping(let inner) = entry.value, depth + 1 < Self.blockDepth, !inner.isEmpty {
        return "\(indentation)\(entry.key):\n" + entry.value.text(depth: depth + 1)
      }
      return "\(indentation)\(entry.key): \(entry.value.flow)\n"
    }.joined()
  }

  /// The value on one line.
  package var flow: String {
    switch self {
    case .scalar(let text): text
    case .list(let elements): "[" + elements.map(\.flow).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key): \($0.value.flow)" }.joined(separator: ", ") + "}"
    }
  }

  /// The key paths of all scalars and lists, in order.
  package var keyPaths: [String] {
    guard case .mapping(let entries) = self else { return [] }
    return entries.flatMap { entry in
      let inner = entry.value.keyPaths
      return inner.isEmpty ? [entry.key] : inner.map { "\(entry.key).\($0)" }
    }
  }

  /// The same without the values at some key paths.
  package func without(_ removed: [String], at path: String = "") -> CanonicalYAML {
    guard case .mapping(let entries) = self else { return self }
    return .mapping(
      entries.compactMap { entry in
        let inner = path.isEmpty ? entry.key : "\(path).\(entry.key)"
        return removed.contains(inner)
          ? nil : Entry(key: entry.key, value: entry.value.without(removed, at: inner))
      })
  }

  /// The shortest digits that read back as the same number. A number with an exponent keeps its
  /// decimal point, without which YAML 1.1 readers such as PyYAML take it for text.
  package static func number(_ value: Double) -> CanonicalYAML {
    if value.isNaN { return .scalar(".nan") }
    if value.isInfinite { return .scalar(value < 0 ? "-.inf" : ".inf") }
    if value == 0 { return .scalar("0.0") }
    let digits = value.description
    guard let exponent = digits.firstIndex(of: "e"), !digits.contains(".") else {
      return .scalar(digits)
    }
    return .scalar(digits[..<exponent] + ".0" + digits[exponent...])
  }

  /// Text, in quotes unless it is a plain word or path that no reader takes for something else.
  package static func text(_ value: String) -> CanonicalYAML {
    let plain = value.unicodeScalars.allSatisfy { $0.isASCII && isPlain($0) }
    let startsAsWord = value.unicodeScalars.first.map { $0.properties.isAlphabetic } ?? false
    let reserved = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
    if plain && startsAsWord && !reserved.contains(value.lowercased()) { return .scalar(value) }
    let escaped = value.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value >= 0x80:
        String(format: "\\U%08X", scalar.value)
      default: String(scalar)
      }
    }
    return .scalar("\"" + escaped.joined() + "\"")
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_-./".unicodeScalars.contains(scalar)
  }
}
