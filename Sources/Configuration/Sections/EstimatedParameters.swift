import SpikingNetwork
import Yams

/// Which of the sampled parameters an estimator is trained for, written `all` or `[eta, g]`.
public enum EstimatedParameters: Sendable, Equatable {
  /// Those that the data set varies.
  case all
  /// These, keys of the section `network`.
  case named([String])

  /// The names given; none for all.
  package var names: [String] {
    switch self {
    case .all: []
    case .named(let names): names
    }
  }
}

extension EstimatedParameters: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if node.plainText == "all" {
      self = .all
      return
    }
    let names = (node.sequence ?? []).compactMap { $0.scalar?.string }
    guard !names.isEmpty, names.count == node.sequence?.count, Set(names).count == names.count else {
      reader.reject(
        node, at: keyPath, "does not say which parameters to estimate",
        expected: "all, or a list such as [eta, g] that names none twice")
      return nil
    }
    let known = NetworkParameters.scalarNames
    if let name = names.first(where: { !known.contains($0) }) {
      reader.reject(
        node, at: keyPath, "names the unknown parameter \(name)" + suggestion(for: name, among: known),
        expected: "some of \(known.joined(separator: ", "))")
      return nil
    }
    self = .named(names)
  }

  package var canonical: CanonicalYAML {
    switch self {
    case .all: .text("all")
    case .named(let names): .list(names.map(CanonicalYAML.text))
    }
  }
}
