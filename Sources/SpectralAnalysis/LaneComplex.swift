import Foundation

/// Real numbers of eight signals side by side.
typealias Lanes = SIMD8<Double>

/// Complex numbers of eight signals side by side.
struct LaneComplex {
  var real: Lanes
  var imaginary: Lanes

  static let zero = LaneComplex(real: .zero, imaginary: .zero)

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
  static func * (a: LaneComplex, b: Complex) -> LaneComplex {
    LaneComplex(
      real: a.real * b.real - a.imaginary * b.imaginary,
      imaginary: a.real * b.imaginary + a.imaginary * b.real)
  }

  /// The product with −i.
  var turned: LaneComplex {
    @inline(__always) get { LaneComplex(real: imaginary, imaginary: -real) }
  }

  var conjugate: LaneComplex {
    @inline(__always) get { LaneComplex(real: real, imaginary: -imaginary) }
  }

  /// Squared magnitudes.
  var power: Lanes {
    @inline(__always) get { real * real + imaginary * imaginary }
  }
}

/// One complex number.
struct Complex {
  var real: Double
  var imaginary: Double

  /// exp(−2πi·k/n).
  static func root(_ k: Int, of n: Int) -> Complex {
    let angle = 2 * Double.pi * Double(k % n) / Double(n)
    return Complex(real: cos(angle), imaginary: -sin(angle))
  }

  var conjugate: Complex { Complex(real: real, imaginary: -imaginary) }
}
