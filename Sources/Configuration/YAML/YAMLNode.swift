import Yams

extension Node {
  /// Whether a text is a mapping in YAML that has a key.
  package static func hasKey(_ key: String, in yaml: String) -> Bool {
    (try? compose(yaml: yaml))?.mapping?[Node(key)] != nil
  }

  /// The text of a scalar without quotes; nil for quoted text, lists and mappings.
  package var plainText: String? {
    guard let scalar, scalar.style == .plain || scalar.style == .any else { return nil }
    return scalar.string
  }

  /// Whether nothing was written where a value could be.
  package var isNull: Bool {
    plainText.map { ["", "~", "null", "Null", "NULL"].contains($0) } ?? false
  }

  /// The number that a plain scalar stands for in YAML 1.2. Yams itself follows YAML 1.1, which
  /// reads 010 as eight and 1:30 as ninety.
  package var number: Double? {
    guard let plainText else { return nil }
    switch plainText.lowercased() {
    case ".inf", "+.inf": return .infinity
    case "-.inf": return -.infinity
    case ".nan": return .nan
    default:
      return plainText.allSatisfy { "0123456789+-.eE".contains($0) } ? Double(plainText) : nil
    }
  }

  /// The node in a few words, for messages.
  package var summary: String {
    switch self {
    case .scalar(let scalar):
      if isNull { return "nothing" }
      let line = scalar.string.split(whereSeparator: \.isNewline).joined(separator: " ")
      let short = line.count > 40 ? line.prefix(40) + "..." : line
      return plainText == nil ? "\"\(short)\"" : short
    case .sequence(let sequence): return sequence.isEmpty ? "an empty list" : "a list"
    case .mapping: return "a mapping"
    case .alias: return "an alias"
    }
  }
}
