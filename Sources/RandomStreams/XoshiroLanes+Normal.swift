extension XoshiroLanes {
  /// Eight nearly normal numbers of mean 0 and variance 1: the sum of four uniform ones below 2¹⁶, whose variances are
  /// 2³²/12 each. None is larger than √12; the fourth moment is 2.7.
  @inline(__always)
  package mutating func nearlyNormal() -> SIMD8<Float> {
    let words = next()
    let mask = SIMD8<UInt64>(repeating: 0xffff)
    let sum = (words & mask) &+ ((words &>> 16) & mask) &+ ((words &>> 32) & mask) &+ (words &>> 48)
    let scale = Float(3).squareRoot() / 65536
    return (SIMD8<Float>(SIMD8<Int32>(truncatingIfNeeded: sum)) - 131_070) * scale
  }
}
