import CFFTW3
import Foundation

/// The discrete Fourier transform of real signals of one length, X[k] = Σₙ x[n]·exp(−2πi·k·n/N) for
/// k = 0 … N/2 (rounded down).
///
/// Owns an FFTW plan. FFTW may not plan or free plans from several threads at once, which one lock prevents;
/// transforming is thread-safe. Plans are estimated, never measured, so that results are the same bits in
/// every run.
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
    // Estimated planning does not touch these arrays. Plans for unaligned data fit any caller's memory.
    let input = UnsafeMutablePointer<Double>.allocate(capacity: length)
    let output = UnsafeMutablePointer<fftw_complex>.allocate(capacity: length / 2 + 1)
    defer {
      input.deallocate()
      output.deallocate()
    }
    let flags = UInt32(FFTW_ESTIMATE) | UInt32(FFTW_UNALIGNED) | UInt32(FFTW_PRESERVE_INPUT)
    plan = Self.planning.withLock { fftw_plan_dft_r2c_1d(Int32(length), input, output, flags) }
  }

  deinit {
    Self.planning.withLock { fftw_destroy_plan(plan) }
  }

  /// Transforms a signal; may be called from several threads at once.
  ///
  /// - Parameters:
  ///   - signal: ``length`` samples, unchanged.
  ///   - coefficients: Room for ``coefficientCount`` coefficients.
  public func transform(
    _ signal: UnsafeBufferPointer<Double>, into coefficients: UnsafeMutableBufferPointer<Complex>
  ) {
    precondition(signal.count == length, "The signal has another length than the transform")
    precondition(coefficients.count == coefficientCount, "There is one coefficient per frequency")
    coefficients.withMemoryRebound(to: fftw_complex.self) { output in
      fftw_execute_dft_r2c(plan, UnsafeMutablePointer(mutating: signal.baseAddress!), output.baseAddress!)
    }
  }
}
