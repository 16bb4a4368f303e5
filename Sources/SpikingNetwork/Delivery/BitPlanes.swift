/// Counts of 256 neurons as bit planes: bit n of plane k is bit k of neuron n's count.
package struct BitPlanes {
  package typealias Word = SIMD4<UInt64>

  /// Three planes of the number of ones among seven words, by four carry-save adders.
  @inline(__always)
  static func sum(
    _ a: Word, _ b: Word, _ c: Word, _ d: Word, _ e: Word, _ f: Word, _ g: Word
  ) -> (ones: Word, twos: Word, fours: Word) {
    let (sum0, carry0) = add(a, b, c)
    let (sum1, carry1) = add(d, e, f)
    let (ones, carry2) = add(sum0, sum1, g)
    let (twos, fours) = add(carry0, carry1, carry2)
    return (ones, twos, fours)
  }

  /// A full adder in every bit.
  @inline(__always)
  static func add(_ a: Word, _ b: Word, _ c: Word) -> (sum: Word, carry: Word) {
    let half = a ^ b
    return (half ^ c, (a & b) | (half & c))
  }

  /// Adds the bits of `carry` to a plane; `carry` becomes what goes to the next.
  @inline(__always)
  static func increment(_ plane: inout Word, _ carry: inout Word) {
    let next = plane & carry
    plane ^= carry
    carry = next
  }

  /// Turns eight planes into bytes: transposes 8 × 8 bits in every 64-bit lane by three rounds of masked swaps.
  @inline(__always)
  static func transpose(
    _ a: inout Word, _ b: inout Word, _ c: inout Word, _ d: inout Word, _ e: inout Word, _ f: inout Word,
    _ g: inout Word, _ h: inout Word
  ) {
    let nibble: UInt64 = 0x0f0f_0f0f_0f0f_0f0f, pair: UInt64 = 0x3333_3333_3333_3333
    let single: UInt64 = 0x5555_5555_5555_5555
    exchange(&a, &e, 4, nibble)
    exchange(&b, &f, 4, nibble)
    exchange(&c, &g, 4, nibble)
    exchange(&d, &h, 4, nibble)
    exchange(&a, &c, 2, pair)
    exchange(&b, &d, 2, pair)
    exchange(&e, &g, 2, pair)
    exchange(&f, &h, 2, pair)
    exchange(&a, &b, 1, single)
    exchange(&c, &d, 1, single)
    exchange(&e, &f, 1, single)
    exchange(&g, &h, 1, single)
  }

  /// Exchanges the bits of `a` above `shift` with those of `b` below, in every field that `mask` describes.
  @inline(__always)
  private static func exchange(_ a: inout Word, _ b: inout Word, _ shift: UInt64, _ mask: UInt64) {
    let difference = ((a &>> Word(repeating: shift)) ^ b) & Word(repeating: mask)
    b ^= difference
    a ^= difference &<< Word(repeating: shift)
  }
}
