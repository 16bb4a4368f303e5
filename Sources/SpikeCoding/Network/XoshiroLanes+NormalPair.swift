import CVectorPrimitives
import RandomStreams

extension XoshiroLanes {
  /// Two times eight independent standard normal numbers in single precision, by Box & Muller (1958,
  /// doi:10.1214/aoms/1177706645).
  ///
  /// Logarithm, sine and cosine are polynomials of basic operations, with errors below 10⁻⁷: equal keys give equal bits on
  /// every machine. No number is larger than √(2 ln 2³²) = 6.66.
  @inline(__always)
  package mutating func normalPair() -> (SIMD8<Float>, SIMD8<Float>) {
    let words = unsafeBitCast(next(), to: SIMD16<UInt32>.self)
    let uniform = (vector_numbers(words.lowHalf &>> 1) + 0.5) * 0x1p-31
    let radius = vector_square_root(-2 * Self.logarithm(uniform))
    // An angle in [−π/4, π/4), then by two further bits one of four quarters of the circle.
    let turn = words.highHalf
    let t = vector_numbers(turn & ~3) * 0x1p-31
    let square = t * t
    let sine =
      t
      * (0.785_398_16 + square
        * (-0.080_745_51 + square
          * (0.002_490_394 + square * (-3.657_620_4e-5 + square * 3.133_616_9e-7))))
    let cosine =
      1 + square
      * (-0.308_425_14 + square * (0.015_854_344 + square * (-3.259_918_9e-4 + square * 3.590_860_4e-6)))
    let (a, b) = (unsafeBitCast(sine, to: SIMD8<UInt32>.self), unsafeBitCast(cosine, to: SIMD8<UInt32>.self))
    let exchanged = (a ^ b) & (0 &- (turn & 1))
    let first = unsafeBitCast(a ^ exchanged, to: SIMD8<Float>.self)
    let second = unsafeBitCast(b ^ exchanged, to: SIMD8<Float>.self)
    // The cosine, wherever it is now, is positive so far; the sine has either sign anyway.
    let sign = (turn & 2) &<< 30
    let signed = unsafeBitCast(unsafeBitCast(radius, to: SIMD8<UInt32>.self) ^ sign, to: SIMD8<Float>.self)
    return (signed * first, signed * second)
  }

  /// ln x of numbers in (0, 1], from x = m·2ᵉ with m between √½ and √2, and ln m = 2 artanh((m − 1)/(m + 1)).
  @inline(__always)
  static func logarithm(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let offset: UInt32 = 0x3f35_04f3
    let bits = unsafeBitCast(x, to: SIMD8<UInt32>.self) &- offset
    let exponent = vector_numbers(
      unsafeBitCast(unsafeBitCast(bits, to: SIMD8<Int32>.self) &>> 23, to: SIMD8<UInt32>.self))
    let m = unsafeBitCast((bits & 0x007f_ffff) &+ offset, to: SIMD8<Float>.self)
    let s = (m - 1) / (m + 1)
    let square = s * s
    let series = 2 + square * (0.666_666_7 + square * (0.4 + square * (0.285_714_3 + square * 0.222_222_2)))
    return exponent * 0.693_147_2 + s * series
  }
}
