import Foundation

/// Complex numbers of eight signals, one in each lane of a vector.
struct LaneComplex {
  var real: SIMD8<Double>
  var imaginary: SIMD8<Double>

  @inline(__always)
  static func + (a: LaneComplex, b: LaneComplex) -> LaneComplex {
    LaneComplex(real: a.real + b.real, imaginary: a.imaginary + b.imaginary)
  }

  @inline(__always)
  static func - (a: LaneComplex, b: LaneComplex) -> LaneComplex {
    LaneComplex(real: a.real - b.real, imaginary: a.imaginary - b.imaginary)
  }

  @inline(__always)
  static func * (a: LaneComplex, b: Double) -> LaneComplex {
    LaneComplex(real: a.real * b, imaginary: a.imaginary * b)
  }

  @inline(__always)
  static func * (a: LaneComplex, w: UnitRoot) -> LaneComplex {
    LaneComplex(
      real: a.real * w.real - a.imaginary * w.imaginary, imaginary: a.real * w.imaginary + a.imaginary * w.real)
  }

  /// The product with −i.
  @inline(__always)
  var turned: LaneComplex { LaneComplex(real: imaginary, imaginary: -real) }
}

/// exp(−2πi·k/N).
struct UnitRoot {
  let real: Double
  let imaginary: Double

  init(_ k: Int, of n: Int) {
    let angle = 2 * Double.pi * Double(k % n) / Double(n)
    (real, imaginary) = (cos(angle), -sin(angle))
  }
}

/// The discrete Fourier transforms of eight complex signals side by side, Z[k] = Σₙ z[n]·exp(−2πi·k·n/N).
///
/// Mixed radix, decimation in frequency, in place: coefficients end where ``position(of:)`` says. Lanes do not see each
/// other, and arithmetic has one order: a signal's coefficients have the same bits in every lane, in every thread
/// and on every instruction set.
struct LaneFourierTransform: Sendable {
  /// Number N of samples.
  let length: Int
  private let passes: [Pass]

  init(length: Int) {
    self.length = length
    var passes: [Pass] = []
    var span = length
    for radix in Self.factors(of: length) {
      span /= radix
      passes.append(Pass(radix: radix, span: span, blocks: length / (radix * span)))
    }
    self.passes = passes
  }

  /// The radices, whose product is the length: fours first, then primes.
  private static func factors(of length: Int) -> [Int] {
    var factors: [Int] = []
    var rest = length
    var radix = 4
    while rest > 1 {
      while rest % radix == 0 {
        factors.append(radix)
        rest /= radix
      }
      radix = radix == 4 ? 2 : radix == 2 ? 3 : radix + 2
      if radix * radix > rest, rest > 4 { radix = rest }
    }
    return factors
  }

  /// Where the coefficient of frequency k is found.
  func position(of k: Int) -> Int {
    var (position, k) = (0, k)
    for pass in passes {
      position += k % pass.radix * pass.span
      k /= pass.radix
    }
    return position
  }

  /// Transforms ``length`` samples in place.
  func transform(_ z: UnsafeMutablePointer<LaneComplex>) {
    for pass in passes { pass.apply(to: z) }
  }
}

/// One pass over the data: transforms of `radix` values that lie `span` apart.
private struct Pass: Sendable {
  let radix: Int
  let span: Int
  let blocks: Int
  /// exp(−2πi·j·r/(radix·span)), [j][r - 1].
  private let twiddles: [UnitRoot]
  /// exp(−2πi·k/radix).
  private let roots: [UnitRoot]

  init(radix: Int, span: Int, blocks: Int) {
    (self.radix, self.span, self.blocks) = (radix, span, blocks)
    twiddles = (0..<span).flatMap { j in (1..<radix).map { UnitRoot(j * $0, of: radix * span) } }
    roots = (0..<radix).map { UnitRoot($0, of: radix) }
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
    let block = radix * span
    twiddles.withUnsafeBufferPointer { twiddles in
      for start in 0..<blocks { Radix.apply(z + start * block, span, nil) }
      for j in 1..<max(span, 1) {
        let w = twiddles.baseAddress! + j * (radix - 1)
        for start in 0..<blocks { Radix.apply(z + start * block + j, span, w) }
      }
    }
  }

  /// Any radix, by the defining sum.
  private func applyPrime(to z: UnsafeMutablePointer<LaneComplex>) {
    withUnsafeTemporaryAllocation(of: LaneComplex.self, capacity: radix) { values in
      for j in 0..<span {
        for start in 0..<blocks {
          let x = z + start * radix * span + j
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
  static func apply(_ x: UnsafeMutablePointer<LaneComplex>, _ span: Int, _ w: UnsafePointer<UnitRoot>?)
}

extension Butterfly {
  @inline(__always)
  fileprivate static func store(
    _ value: LaneComplex, _ r: Int, _ x: UnsafeMutablePointer<LaneComplex>, _ span: Int,
    _ w: UnsafePointer<UnitRoot>?
  ) {
    x[r * span] = w.map { value * $0[r - 1] } ?? value
  }
}

private enum Two: Butterfly {
  @inline(__always)
  static func apply(_ x: UnsafeMutablePointer<LaneComplex>, _ span: Int, _ w: UnsafePointer<UnitRoot>?) {
    let (a, b) = (x[0], x[span])
    x[0] = a + b
    store(a - b, 1, x, span, w)
  }
}

private enum Three: Butterfly {
  @inline(__always)
  static func apply(_ x: UnsafeMutablePointer<LaneComplex>, _ span: Int, _ w: UnsafePointer<UnitRoot>?) {
    let (a, b, c) = (x[0], x[span], x[2 * span])
    let sum = b + c
    let middle = a - sum * 0.5
    let side = (b - c).turned * 0.866_025_403_784_438_6
    x[0] = a + sum
    store(middle + side, 1, x, span, w)
    store(middle - side, 2, x, span, w)
  }
}

private enum Four: Butterfly {
  @inline(__always)
  static func apply(_ x: UnsafeMutablePointer<LaneComplex>, _ span: Int, _ w: UnsafePointer<UnitRoot>?) {
    let (a, b, c, d) = (x[0], x[span], x[2 * span], x[3 * span])
    let (evenSum, evenDifference) = (a + c, a - c)
    let (oddSum, oddDifference) = (b + d, (b - d).turned)
    x[0] = evenSum + oddSum
    store(evenDifference + oddDifference, 1, x, span, w)
    store(evenSum - oddSum, 2, x, span, w)
    store(evenDifference - oddDifference, 3, x, span, w)
  }
}

private enum Five: Butterfly {
  /// Cosine and sine of a fifth and two fifths of a turn.
  private static let (c1, c2) = (0.309_016_994_374_947_4, -0.809_016_994_374_947_4)
  private static let (s1, s2) = (0.951_056_516_295_153_5, 0.587_785_252_292_473_1)

  @inline(__always)
  static func apply(_ x: UnsafeMutablePointer<LaneComplex>, _ span: Int, _ w: UnsafePointer<UnitRoot>?) {
    let (a, b, c, d, e) = (x[0], x[span], x[2 * span], x[3 * span], x[4 * span])
    let (outer, inner) = (b + e, c + d)
    let (outerTurned, innerTurned) = ((b - e).turned, (c - d).turned)
    let first = a + outer * 0.309_016_994_374_947_4 - inner * 0.809_016_994_374_947_4
    let second = a - outer * 0.809_016_994_374_947_4 + inner * 0.309_016_994_374_947_4
    let firstTurned = outerTurned * 0.951_056_516_295_153_5 + innerTurned * 0.587_785_252_292_473_1
    let secondTurned = outerTurned * 0.587_785_252_292_473_1 - innerTurned * 0.951_056_516_295_153_5
    x[0] = a + outer + inner
    store(first + firstTurned, 1, x, span, w)
    store(second + secondTurned, 2, x, span, w)
    store(second - secondTurned, 3, x, span, w)
    store(first - firstTurned, 4, x, span, w)
  }
}
