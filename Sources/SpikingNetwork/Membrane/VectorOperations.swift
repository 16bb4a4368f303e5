// Operations on whole vectors, in forms that compile to single instructions.

extension SIMD8<UInt32> {
  /// Every 16-bit half less one, or 0.
  @inline(__always) var halvesCountedDown: Self {
    let halves = unsafeBitCast(self, to: SIMD16<UInt16>.self)
    // A true lane is −1, that is 65535.
    return unsafeBitCast(halves &+ unsafeBitCast(halves .!= .zero, to: SIMD16<UInt16>.self), to: Self.self)
  }
}
