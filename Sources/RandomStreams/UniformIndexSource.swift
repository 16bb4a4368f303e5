/// A fast stream of uniform whole numbers below 2³², for wiring: millions of draws with small bounds.
public struct UniformIndexSource {
  @usableFromInline var lanes: XoshiroLanes
  @usableFromInline var words = SIMD16<UInt32>()
  @usableFromInline var used = 16

  /// The stream named by `key`.
  public init(key: StreamKey) { lanes = XoshiroLanes(key: key) }

  /// The next 32 random bits.
  @inlinable @inline(__always)
  public mutating func word() -> UInt32 {
    if used == 16 {
      words = unsafeBitCast(lanes.next(), to: SIMD16<UInt32>.self)
      used = 0
    }
    defer { used &+= 1 }
    return words[used]
  }

  /// A uniform whole number in 0 ..< `bound` (Lemire 2019, doi:10.1145/3230636; exact).
  @inlinable @inline(__always)
  public mutating func index(below bound: UInt32) -> UInt32 {
    var product = UInt64(bound) &* UInt64(word())
    if _slowPath(UInt32(truncatingIfNeeded: product) < bound) {
      let threshold = (0 &- bound) % bound
      while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(bound) &* UInt64(word()) }
    }
    return UInt32(truncatingIfNeeded: product &>> 32)
  }
}
