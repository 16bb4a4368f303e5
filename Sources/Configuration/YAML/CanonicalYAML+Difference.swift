import Yams

extension CanonicalYAML {
  /// What a text says, without a reading of its values; nil if it is not YAML.
  package init?(parsing text: String) {
    guard let node = try? compose(yaml: text) else { return nil }
    self.init(node)
  }

  private init(_ node: Node) {
    switch node {
    case .scalar(let scalar): self = .scalar(scalar.string)
    case .sequence(let sequence): self = .list(sequence.map(Self.init))
    case .mapping(let mapping):
      self = .mapping(mapping.map { Entry(key: $0.key.scalar?.string ?? "", value: Self($0.value)) })
    case .alias: self = .scalar("*")
    }
  }

  /// The first key path at which this, found `there`, differs from what is wanted here, and both values:
  /// `simulation.duration_ms is 300 there, 400 here`. Nil if nothing differs.
  package func firstDifference(from other: CanonicalYAML, at keyPath: String = "") -> String? {
    guard self != other else { return nil }
    func text(_ there: CanonicalYAML?, _ here: CanonicalYAML?, at keyPath: String) -> String {
      "\(keyPath) is \(there?.flow ?? "missing") there, \(here?.flow ?? "missing") here"
    }
    guard case .mapping(let entries) = self, case .mapping(let others) = other else {
      return text(self, other, at: keyPath)
    }
    let keys = entries.map(\.key)
    for key in keys + others.map(\.key).filter({ !keys.contains($0) }) {
      let (there, here) = (entries.first { $0.key == key }?.value, others.first { $0.key == key }?.value)
      let inner = innerKeyPath(keyPath, key)
      guard let there, let here else { return text(there, here, at: inner) }
      if let difference = there.firstDifference(from: here, at: inner) { return difference }
    }
    // The order of entries counts.
    return text(self, other, at: keyPath)
  }
}
