import CFFTW3
import Foundation

/// The discrete Fourier transform of real signals of one length, X[k] = Σₙ x[n]·exp(−2πi·k·n/N) for
/// k = 0 … N/2 (rounded down).
///
/// Owns an FFTW plan. FFTW may not plan or free plans from several threads at once, which one lock prevents;
/// transforming is thread-safe. Plans are estimated, never measured, so that results are the same bits in
/// every run on one kind of processor.
public final class RealFourierTransform: @unchecked Sendable {
  /// A complex number as FFTW holds it: real and imaginary part.
  public typealias Complex = (real: Double, imaginary: Double)

  /// Number N of real samples.
  public let length: Int
  /// Number of complex coefficients, N/2 + 1 (rounded down).
  public var coefficientCount: Int { length / 2 + 1 }

  private let plan: fftw_plan
  private static let planning = NSLock()

  /// Plans the transform of `length` samples, from 1 to the largest 32-bit integer.
  public init(length: Int) {
    precondition(length >= 1, "A transform has at least one sample")
    self.length = length
    let flags = UInt32(FFTW_ESTIMATE) | UInt32(FFTW_PRESERVE_INPUT)
    // Estimated planning looks at where arrays lie, and does not touch them.
    plan = Self.withMemory(length: length) { signal, coefficients in
      coefficients.withMemoryRebound(to: fftw_complex.self) { output in
        Self.planning.withLock {
          fftw_plan_dft_r2c_1d(Int32(length), signal.baseAddress!, output.baseAddress!, flags)
        }
      }
    }
  }

  deinit {
    Self.planning.withLock { fftw_destroy_plan(plan) }
  }

  /// Runs `body` with memory for a signal and for its coefficients, which it has to fill.
  public func withMemory<Result>(
    _ body: (
      _ signal: UnsafeMutableBufferPointer<Double>, _ coefficients: UnsafeMutableBufferPointer<Complex>
    ) -> Result
  ) -> Result { Self.withMemory(length: length, body) }

  /// Aligned memory, with which FFTW uses vectors.
  private static func withMemory<Result>(
    length: Int, _ body: (UnsafeMutableBufferPointer<Double>, UnsafeMutableBufferPointer<Complex>) -> Result
  ) -> Result {
    let signalSize = (length * MemoryLayout<Double>.stride + alignment - 1) / alignment * alignment
    let size = signalSize + (length / 2 + 1) * MemoryLayout<Complex>.stride
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: alignment) { memory in
      let coefficients = UnsafeMutableRawBufferPointer(rebasing: memory[signalSize...])
      return body(
        UnsafeMutableBufferPointer(rebasing: memory.bindMemory(to: Double.self)[..<length]),
        coefficients.bindMemory(to: Complex.self))
    }
  }

  /// Bytes of the largest vectors.
  private static let alignment = 64

  /// Transforms a signal; may be called from several threads at once.
  ///
  /// - Parameters:
  ///   - signal: ``length`` samples, unchanged.
  ///   - coefficients: Room for ``coefficientCount`` coefficients. Both lie where ``withMemory(_:)`` says.
  public func transform(
    _ signal: UnsafeBufferPointer<Double>, into coefficients: UnsafeMutableBufferPointer<Complex>
  ) {
    precondition(signal.count == length, "The signal has another length than the transform")
    precondition(coefficients.count == coefficientCount, "There is one coefficient per frequency")
    precondition(
      UInt(bitPattern: signal.baseAddress!) % UInt(Self.alignment) == 0
        && UInt(bitPattern: coefficients.baseAddress!) % UInt(Self.alignment) == 0,
      "FFTW was promised alignment")
    coefficients.withMemoryRebound(to: fftw_complex.self) { output in
      fftw_execute_dft_r2c(plan, UnsafeMutablePointer(mutating: signal.baseAddress!), output.baseAddress!)
    }
  }
}
