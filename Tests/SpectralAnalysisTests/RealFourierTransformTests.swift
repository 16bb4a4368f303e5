import Foundation
import SpectralAnalysis
import Testing

@Suite("Real Fourier transform")
struct RealFourierTransformTests {
  @Test("Coefficients equal the defining sum", arguments: [1, 2, 3, 8, 15, 37])
  func definingSum(length: Int) {
    let signal = (0..<length).map { (n: Int) -> Double in Double((n * n + 3 * n) % 11) - 5 }
    let transform = RealFourierTransform(length: length)
    #expect(transform.coefficientCount == length / 2 + 1)
    let coefficients = transform.withMemory { memory, coefficients in
      _ = memory.update(from: signal)
      transform.transform(UnsafeBufferPointer(memory), into: coefficients)
      return Array(coefficients)
    }
    for (k, coefficient) in coefficients.enumerated() {
      var (real, imaginary) = (0.0, 0.0)
      for (n, sample) in signal.enumerated() {
        let phase = -2 * Double.pi * Double(k * n % length) / Double(length)
        real += sample * cos(phase)
        imaginary += sample * sin(phase)
      }
      // At most 37 terms below 6.
      #expect(abs(coefficient.real - real) < 1e-13 && abs(coefficient.imaginary - imaginary) < 1e-13)
    }
  }
}
