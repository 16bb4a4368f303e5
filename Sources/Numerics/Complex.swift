import Foundation

/// A complex number.
package struct Complex: Sendable, Equatable {
  package var real, imaginary: Double

  package init(_ real: Double, _ imaginary: Double = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  /// The distance from 0.
  package var magnitude: Double { hypot(real, imaginary) }
  /// The angle with the positive real axis, in (−π, π].
  package var phase: Double { atan2(imaginary, real) }

  package static func + (a: Self, b: Self) -> Self { Self(a.real + b.real, a.imaginary + b.imaginary) }
  package static func - (a: Self, b: Self) -> Self { Self(a.real - b.real, a.imaginary - b.imaginary) }
  package static func * (a: Self, b: Self) -> Self {
    Self(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }
  package static func * (a: Double, b: Self) -> Self { Self(a * b.real, a * b.imaginary) }
  package static func / (a: Self, b: Self) -> Self {
    let square = b.real * b.real + b.imaginary * b.imaginary
    return Self(
      (a.real * b.real + a.imaginary * b.imaginary) / square,
      (a.imaginary * b.real - a.real * b.imaginary) / square)
  }
  package static func / (a: Self, b: Double) -> Self { Self(a.real / b, a.imaginary / b) }
  package static prefix func - (a: Self) -> Self { Self(-a.real, -a.imaginary) }

  /// e to this power.
  package var exponential: Self {
    let scale = exp(real)
    return Self(scale * cos(imaginary), scale * sin(imaginary))
  }

  /// e to this power less 1, without cancellation near 0.
  package var exponentialMinusOne: Self {
    let half = sin(imaginary / 2)
    return Self(expm1(real) * cos(imaginary) - 2 * half * half, exp(real) * sin(imaginary))
  }

  /// The principal logarithm.
  package var logarithm: Self { Self(log(magnitude), phase) }

  /// The square root with a real part that is not negative.
  package var squareRoot: Self {
    let (length, half) = (magnitude.squareRoot(), phase / 2)
    return Self(length * cos(half), length * sin(half))
  }
}
