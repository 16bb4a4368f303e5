import RandomStreams

/// Something that makes input currents.
package protocol InputSource: Sendable {
  /// The piece of input of a key, by default of the usual length.
  func sequence(key: StreamKey, steps: Int?) -> InputSequence
}

extension InputSource {
  /// The piece of input of a key, of the usual length.
  package func sequence(key: StreamKey) -> InputSequence { sequence(key: key, steps: nil) }
}
