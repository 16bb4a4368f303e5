/// What a stream of random numbers is for. Streams of different purposes are independent.
public struct StreamPurpose: Sendable, Hashable {
  /// FNV-1a hash of the name.
  let code: UInt64

  /// A purpose by its name, for example `StreamPurpose("connectivity")`.
  public init(_ name: StaticString) {
    code = name.withUTF8Buffer { bytes in
      bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
  }
}

/// The name of a random stream: 128 bits derived from a seed by purposes and indices.
///
/// All randomness of the package comes from such keys, never from time, thread or shared state:
/// `StreamKey(seed: 1).derived(.sample, 17).derived(.connectivity)` names the same numbers on every
/// machine and in whatever order the work is done. Keys are derived by Philox4x32-10; no arithmetic on
/// seeds takes place, so neighbouring seeds or samples have unrelated streams.
public struct StreamKey: Sendable, Hashable {
  @usableFromInline let key: SIMD2<UInt32>
  /// Upper half of the counter of every block drawn from this key.
  @usableFromInline let salt: SIMD2<UInt32>

  @usableFromInline
  init(key: SIMD2<UInt32>, salt: SIMD2<UInt32>) {
    self.key = key
    self.salt = salt
  }

  /// The root key of a user's seed.
  public init(seed: UInt64) {
    self.init(key: SIMD2(truncatingIfNeeded: SIMD2(seed, seed &>> 32)), salt: .zero)
  }

  /// The key for `purpose` and `index` below this key.
  public func derived(_ purpose: StreamPurpose, _ index: UInt64 = 0) -> StreamKey {
    step(purpose.code).step(index)
  }

  /// A child key. Bit 63 of the counter separates derivation from the blocks drawn as random numbers; the
  /// bit that it displaces goes into the key, so that all 64 bits of `code` count.
  private func step(_ code: UInt64) -> StreamKey {
    let words = Philox4x32.block(
      counter: SIMD4(UInt32(truncatingIfNeeded: code), UInt32(code &>> 32) | 0x8000_0000, salt[0], salt[1]),
      key: SIMD2(key[0], key[1] ^ UInt32(code &>> 63)))
    return StreamKey(key: SIMD2(words[0], words[1]), salt: SIMD2(words[2], words[3]))
  }

  /// The 128 random bits at `position` (below 2⁶³) of this key's stream.
  @inlinable
  public func block(at position: UInt64) -> SIMD4<UInt32> {
    Philox4x32.block(
      counter: SIMD4(UInt32(truncatingIfNeeded: position), UInt32(position &>> 32), salt[0], salt[1]),
      key: key)
  }

  /// 64 random bits at `position` (below 2⁶³), reachable in any order.
  @inlinable
  public func word(at position: UInt64) -> UInt64 {
    let words = block(at: position)
    return UInt64(words[1]) &<< 32 | UInt64(words[0])
  }

  /// A 64-bit fingerprint of the key, as stored in data sets.
  public var fingerprint: UInt64 { UInt64(key[1]) &<< 32 | UInt64(key[0]) }

  /// The key's stream, read from its beginning.
  public func generator() -> StreamGenerator { StreamGenerator(key: self) }
}
