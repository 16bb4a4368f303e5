// Operations on whole vectors for which the standard library's own compile to loops over lanes.

extension SIMDMask where Storage == SIMD8<Int32> {
  /// All bits of the true lanes.
  @inline(__always) var bits: SIMD8<UInt32> { unsafeBitCast(self, to: SIMD8<UInt32>.self) }
}

extension SIMDMask where Storage == SIMD16<Int16> {
  /// All bits of the true lanes.
  @inline(__always) var bits: SIMD16<Int16> { unsafeBitCast(self, to: SIMD16<Int16>.self) }
}

extension SIMD8<Float> {
  /// Whole numbers below 2²³: placed in the mantissa of 2²³, from which 2²³ is taken.
  @inline(__always) init(small n: SIMD8<UInt32>) {
    self = unsafeBitCast(n | SIMD8<UInt32>(repeating: 0x4b00_0000), to: Self.self) - Self(repeating: 0x1p23)
  }

  /// The lanes of `other` where all bits of `mask` are set, those of this vector where none is.
  @inline(__always) func replaced(by other: Self, where mask: SIMD8<UInt32>) -> Self {
    let a = unsafeBitCast(other, to: SIMD8<UInt32>.self)
    let b = unsafeBitCast(self, to: SIMD8<UInt32>.self)
    return unsafeBitCast(a & mask | b & ~mask, to: Self.self)
  }
}

extension SIMD8<UInt32> {
  /// The bits of all lanes in one word.
  @inline(__always) var combinedBits: UInt32 {
    let four = lowHalf | highHalf
    let two = four.lowHalf | four.highHalf
    return two[0] | two[1]
  }

  /// Whether any bit is set.
  @inline(__always) var hasBits: Bool {
    let words = unsafeBitCast(self, to: SIMD4<UInt64>.self)
    let two = words.lowHalf | words.highHalf
    return two[0] | two[1] != 0
  }
}

extension SIMD16<Int16> {
  /// Whether any bit is set.
  @inline(__always) var hasBits: Bool { unsafeBitCast(self, to: SIMD8<UInt32>.self).hasBits }
}

extension SIMD16<UInt16> {
  /// Every lane less one, or 0.
  @inline(__always) var countedDown: Self {
    // A true lane is −1, that is 65535.
    self &+ unsafeBitCast(self .!= .zero, to: Self.self)
  }
}
