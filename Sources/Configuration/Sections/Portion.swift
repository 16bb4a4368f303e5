import Yams

/// How much of something is used, written `all` or as a whole number.
public enum Portion: Sendable, Hashable {
  /// Everything.
  case all
  /// So many from the beginning.
  case first(Int)
}

extension Portion: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if node.plainText == "all" {
      self = .all
      return
    }
    guard let number = node.number.flatMap(Int.init(exactly:)), number >= 1 else {
      reader.reject(
        node, at: keyPath, "is neither all nor a number", expected: "all or a whole number from 1")
      return nil
    }
    self = .first(number)
  }

  package var canonical: CanonicalYAML {
    switch self {
    case .all: .text("all")
    case .first(let number): number.canonical
    }
  }
}
