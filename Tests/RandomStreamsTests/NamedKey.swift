import RandomStreams

extension StreamKey {
  /// A key for a test, by name.
  func derived(_ name: StaticString, _ index: UInt64 = 0) -> StreamKey {
    derived(StreamPurpose(name), index)
  }
}
