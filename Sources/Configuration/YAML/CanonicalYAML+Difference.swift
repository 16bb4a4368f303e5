extension CanonicalYAML {
  /// The first key path with another value than in `other`, and both values.
  package func firstDifference(from other: CanonicalYAML, at keyPath: String = "") -> (
    keyPath: String, values: [String]
  )? {
    guard case .mapping(let entries) = self, case .mapping(let others) = other,
      entries.map(\.key) == others.map(\.key)
    else { return self == other ? nil : (keyPath, [flow, other.flow]) }
    return zip(entries, others).lazy.compactMap { entry, other in
      entry.value.firstDifference(from: other.value, at: innerKeyPath(keyPath, entry.key))
    }.first
  }
}
