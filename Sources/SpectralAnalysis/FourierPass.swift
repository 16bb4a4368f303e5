/// One pass of a transform over the data: in every block of `radix`·`span` values, transforms of the `radix` values that
/// lie `span` apart.
struct FourierPass: Sendable {
  /// Larger prime factors are left to convolution.
  static let largestRadix = 13

  let radix: Int
  let span: Int
  private let blocks: Int
  /// exp(−2πi·j·r/(radix·span)), [j][r - 1].
  private let twiddles: [Complex]
  /// exp(−2πi·k/radix).
  private let roots: [Complex]

  init(radix: Int, span: Int, length: Int) {
    (self.radix, self.span, blocks) = (radix, span, length / (radix * span))
    twiddles = (0..<span).flatMap { j in (1..<radix).map { .root(j * $0, of: radix * span) } }
    roots = (0..<radix).map { .root($0, of: radix) }
  }

  func apply(to z: UnsafeMutablePointer<LaneComplex>) {
    switch radix {
    case 2: apply(Two.self, to: z)
    case 3: apply(Three.self, to: z)
    case 4: apply(Four.self, to: z)
    case 5: apply(Five.self, to: z)
    default: applyPrime(to: z)
    }
  }

  @inline(__always)
  private func apply<Radix: Butterfly>(_: Radix.Type, to z: UnsafeMutablePointer<LaneComplex>) {
    twiddles.withUnsafeBufferPointer { twiddles in
      for block in 0..<blocks {
        let x = z + block * radix * span
        // The first twiddles are one.
        Radix.apply(x, span, nil)
        for j in 1..<max(span, 1) {
          Radix.apply(x + j, span, twiddles.baseAddress! + j * (radix - 1))
        }
      }
    }
  }

  /// Any radix, by the defining sum.
  private func applyPrime(to z: UnsafeMutablePointer<LaneComplex>) {
    withUnsafeTemporaryAllocation(of: LaneComplex.self, capacity: radix) { values in
      for j in 0..<span {
        for block in 0..<blocks {
          let x = z + block * radix * span + j
          for q in 0..<radix { values[q] = x[q * span] }
          for r in 0..<radix {
            var sum = values[0]
            for q in 1..<radix { sum = sum + values[q] * roots[q * r % radix] }
            x[r * span] = r == 0 ? sum : sum * twiddles[j * (radix - 1) + r - 1]
          }
        }
      }
    }
  }
}

/// A transform of a few values that lie `span` apart, in place; results but the first are multiplied with `w`.
private protocol Butterfly {
  static func apply(_ x: UnsafeMutablePointer<LaneComplex>, _ span: Int, _ w: UnsafePointer<Complex>?)
}

extension Butterfly {
  @inline(__always)
  fileprivate static func store(
    _ value: LaneComplex, _ r: Int, _ x: UnsafeMutablePointer<LaneComplex>, _ span: Int,
    _ w: UnsafePointer<Complex>?
  ) {
    x[r * span] = w.map { value * $0[r - 1] } ?? value
  }
}

private enum Two: Butterfly {
  @inline(__always)
  static func apply(_ x: UnsafeMutablePointer<LaneComplex>, _ span: Int, _ w: UnsafePointer<Complex>?) {
    let (a, b) = (x[0], x[span])
    x[0] = a + b
    store(a - b, 1, x, span, w)
  }
}

private enum Three: Butterfly {
  @inline(__always)
  static func apply(_ x: UnsafeMutablePointer<LaneComplex>, _ span: Int, _ w: UnsafePointer<Complex>?) {
    let (a, b, c) = (x[0], x[span], x[2 * span])
    let sum = b + c
    let even = a - sum * 0.5
    let odd = (b - c).turned * 0.866_025_403_784_438_6  // sin(2π/3)
    x[0] = a + sum
    store(even + odd, 1, x, span, w)
    store(even - odd, 2, x, span, w)
  }
}

private enum Four: Butterfly {
  @inline(__always)
  static func apply(_ x: UnsafeMutablePointer<LaneComplex>, _ span: Int, _ w: UnsafePointer<Complex>?) {
    let (a, b, c, d) = (x[0], x[span], x[2 * span], x[3 * span])
    let (sum, difference) = (a + c, a - c)
    let (oddSum, oddDifference) = (b + d, (b - d).turned)
    x[0] = sum + oddSum
    store(difference + oddDifference, 1, x, span, w)
    store(sum - oddSum, 2, x, span, w)
    store(difference - oddDifference, 3, x, span, w)
  }
}

private enum Five: Butterfly {
  @inline(__always)
  static func apply(_ x: UnsafeMutablePointer<LaneComplex>, _ span: Int, _ w: UnsafePointer<Complex>?) {
    // Cosines and sines of 2π/5 and 4π/5.
    let (c1, c2) = (0.309_016_994_374_947_4, -0.809_016_994_374_947_4)
    let (s1, s2) = (0.951_056_516_295_153_5, 0.587_785_252_292_473_1)
    let (a, b, c, d, e) = (x[0], x[span], x[2 * span], x[3 * span], x[4 * span])
    let (outer, inner) = (b + e, c + d)
    let (outerOdd, innerOdd) = ((b - e).turned, (c - d).turned)
    let (even1, even2) = (a + outer * c1 + inner * c2, a + outer * c2 + inner * c1)
    let (odd1, odd2) = (outerOdd * s1 + innerOdd * s2, outerOdd * s2 - innerOdd * s1)
    x[0] = a + outer + inner
    store(even1 + odd1, 1, x, span, w)
    store(even2 + odd2, 2, x, span, w)
    store(even2 - odd2, 3, x, span, w)
    store(even1 - odd1, 4, x, span, w)
  }
}
