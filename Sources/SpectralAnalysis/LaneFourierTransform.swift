/// The discrete Fourier transforms of eight complex signals side by side, Z[k] = Σₙ z[n]·exp(−2πi·k·n/N).
///
/// Mixed radix, decimation in frequency, in place: coefficients end where ``positions`` says. Lanes do not see each
/// other, and sums have one order: a signal's coefficients have the same bits in every lane, in every thread and on
/// every instruction set. A length with a large prime factor is transformed as a convolution (Bluestein).
struct LaneFourierTransform: Sendable {
  /// Number N of samples.
  let length: Int
  /// Where the coefficient of each frequency is found.
  let positions: [Int]
  private let passes: [FourierPass]
  private let chirp: ChirpTransform?

  /// Prepares the transform of `length` samples, at least one.
  init(length: Int) {
    precondition(length >= 1, "a transform has at least one sample")
    self.length = length
    let radices = Self.radices(of: length)
    guard radices.allSatisfy({ $0 <= FourierPass.largestRadix }) else {
      passes = []
      positions = Array(0..<length)
      chirp = ChirpTransform(length: length)
      return
    }
    chirp = nil
    var span = length
    passes = radices.map { radix in
      span /= radix
      return FourierPass(radix: radix, span: span, length: length)
    }
    positions = passes.positions(count: length)
  }

  /// Transforms ``length`` samples in place.
  func transform(_ z: UnsafeMutablePointer<LaneComplex>) {
    if let chirp { return chirp.transform(z) }
    for pass in passes { pass.apply(to: z) }
  }

  /// Fours, then primes, whose product is the length.
  private static func radices(of length: Int) -> [Int] {
    var radices: [Int] = []
    var rest = length
    var radix = 4
    while rest > 1 {
      while rest % radix == 0 {
        radices.append(radix)
        rest /= radix
      }
      switch radix {
      case 4: radix = 2
      case 2: radix = 3
      default: radix = (radix + 2) * (radix + 2) > rest ? max(rest, radix + 2) : radix + 2
      }
    }
    return radices
  }
}

extension [FourierPass] {
  /// Where frequencies end: the remainder by the first radix chooses a part of the data, and so on within it.
  fileprivate func positions(count: Int) -> [Int] {
    (0..<count).map { frequency in
      var (position, rest) = (0, frequency)
      for pass in self {
        position += rest % pass.radix * pass.span
        rest /= pass.radix
      }
      return position
    }
  }
}

/// A transform of any length as a convolution with exp(iπ·n²/N), by transforms of a power of two (Bluestein 1970).
private final class ChirpTransform: Sendable {
  private let length: Int
  private let inner: LaneFourierTransform
  /// exp(−iπ·n²/N).
  private let chirp: [Complex]
  /// The transform of its conjugate, divided by the inner length, by position.
  private let filter: [Complex]

  init(length: Int) {
    self.length = length
    var size = 1
    while size < 2 * length - 1 { size *= 2 }
    let inner = LaneFourierTransform(length: size)
    // A length fits in 32 bits, its square in 64.
    let chirp = (0..<length).map { Complex.root($0 * $0 % (2 * length), of: 2 * length) }
    var values = [LaneComplex](repeating: .zero, count: size)
    for n in 0..<length {
      let value = LaneComplex(
        real: Lanes(repeating: chirp[n].real), imaginary: Lanes(repeating: -chirp[n].imaginary))
      values[n] = value
      values[(size - n) % size] = value
    }
    values.withUnsafeMutableBufferPointer { inner.transform($0.baseAddress!) }
    filter = values.map {
      Complex(real: $0.real[0] / Double(size), imaginary: $0.imaginary[0] / Double(size))
    }
    (self.inner, self.chirp) = (inner, chirp)
  }

  func transform(_ z: UnsafeMutablePointer<LaneComplex>) {
    var values = [LaneComplex](repeating: .zero, count: inner.length)
    for n in 0..<length { values[n] = z[n] * chirp[n] }
    values.withUnsafeMutableBufferPointer { inner.transform($0.baseAddress!) }
    // The inverse transform is the conjugate of the transform of the conjugate.
    var products = values
    for k in 0..<inner.length {
      let position = inner.positions[k]
      products[k] = (values[position] * filter[position]).conjugate
    }
    products.withUnsafeMutableBufferPointer { inner.transform($0.baseAddress!) }
    for k in 0..<length { z[k] = products[inner.positions[k]].conjugate * chirp[k] }
  }
}
