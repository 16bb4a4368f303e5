/// Philox4x32-10, the counter-based generator of Salmon et al. 2011 (doi:10.1145/2063384.2063405).
///
/// A pure function: equal counter and key give equal words on every machine. It serves to derive keys and
/// wherever random numbers must be reachable in any order; long sequential streams use ``XoshiroLanes``.
public enum Philox4x32 {
  /// Ten rounds on a 128-bit counter (four 32-bit words, least significant first) with a 64-bit key.
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var x = counter
    var k = key
    for _ in 0..<10 {
      let p0 = UInt64(x[0]) &* 0xD251_1F53
      let p1 = UInt64(x[2]) &* 0xCD9E_8D57
      x = SIMD4(
        UInt32(truncatingIfNeeded: p1 &>> 32) ^ x[1] ^ k[0], UInt32(truncatingIfNeeded: p1),
        UInt32(truncatingIfNeeded: p0 &>> 32) ^ x[3] ^ k[1], UInt32(truncatingIfNeeded: p0))
      k[0] &+= 0x9E37_79B9
      k[1] &+= 0xBB67_AE85
    }
    return x
  }
}
