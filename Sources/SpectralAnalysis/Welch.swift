/// Why a power spectral density cannot be estimated.
public enum WelchError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Segments need at least one sample.
  case segmentLength(Int)
  /// Neighbouring segments must share at least no and less than all samples.
  case overlap(Int, segmentLength: Int)
  /// The sampling rate must be positive and finite.
  case samplingRate(Double)
  /// The signal is shorter than one segment.
  case signalTooShort(samples: Int, segmentLength: Int)

  /// One line saying what was given and what was expected.
  public var description: String {
    switch self {
    case .segmentLength(let length): "segment length \(length) (expected 1 … \(Int32.max) samples)"
    case .overlap(let overlap, let length):
      "overlap of \(overlap) samples (expected 0 ..< \(length), the segment length)"
    case .samplingRate(let rate): "sampling rate \(rate) Hz (expected a positive number)"
    case .signalTooShort(let samples, let length):
      "signal of \(samples) samples (expected at least one segment of \(length))"
    }
  }
}

/// Welch's estimate of the power spectral density: the mean over overlapping, windowed segments of their
/// periodograms.
///
/// With S = Σ w[n]², sampling rate f_s and X the transform of one segment x[n]·w[n], the one-sided density at
/// frequency k·f_s/N is the mean over segments of 2·|X[k]|² / (f_s·S); the factor 2 is left out for frequency
/// zero and, if N is even, for f_s/2. The defaults are those of `scipy.signal.welch`, with which the results
/// agree to rounding; unlike there, a signal shorter than a segment is an error. Samples after the last full
/// segment are not used.
///
/// One value may be used from several threads at once. Results do not depend on the run or the thread.
///
/// ```swift
/// let welch = try Welch(segmentLength: 300, samplingRate: 1000)
/// let density = try welch.powerSpectralDensity(of: potential)  // mV²/Hz for a potential in mV
/// ```
/// P. D. Welch (1967), doi:10.1109/TAU.1967.1161901.
public struct Welch: Sendable {
  /// The weights that samples of a segment are multiplied with.
  public enum Window: Sendable {
    /// Hann, periodic: sin²(πn/N).
    case hann
    /// All ones.
    case boxcar
  }

  /// What is subtracted from each segment before windowing.
  public enum Detrending: Sendable {
    /// Nothing.
    case none
    /// The mean of the segment.
    case constant
  }

  /// Samples N of a segment.
  public let segmentLength: Int
  /// Sampling rate in Hz.
  public let samplingRate: Double
  /// Samples shared by neighbouring segments.
  public let overlap: Int
  /// What is subtracted from each segment.
  public let detrending: Detrending

  let weights: [Double]
  private let transform: RealFourierTransform

  /// Makes an estimator.
  ///
  /// - Parameters:
  ///   - segmentLength: Samples of a segment, of any length.
  ///   - samplingRate: Sampling rate in Hz.
  ///   - overlap: Samples shared by neighbouring segments; half a segment, rounded down, if nil.
  ///   - window: Weights of the samples of a segment.
  ///   - detrending: What is subtracted from each segment.
  /// - Throws: `WelchError` if a value is impossible.
  public init(
    segmentLength: Int, samplingRate: Double, overlap: Int? = nil, window: Window = .hann,
    detrending: Detrending = .constant
  ) throws(WelchError) {
    guard 1...Int(Int32.max) ~= segmentLength else { throw .segmentLength(segmentLength) }
    let overlap = overlap ?? segmentLength / 2
    guard 0..<segmentLength ~= overlap else { throw .overlap(overlap, segmentLength: segmentLength) }
    guard samplingRate > 0, samplingRate.isFinite else { throw .samplingRate(samplingRate) }
    self.segmentLength = segmentLength
    self.samplingRate = samplingRate
    self.overlap = overlap
    self.detrending = detrending
    weights = window.weights(count: segmentLength)
    transform = RealFourierTransform(length: segmentLength)
  }

  /// Frequencies of the estimate in Hz: k·f_s/N for k = 0 … N/2 (rounded down).
  public var frequencies: [Double] {
    (0..<transform.coefficientCount).map { Double($0) * samplingRate / Double(segmentLength) }
  }

  /// Estimates the one-sided power spectral density.
  ///
  /// - Parameter signal: At least one segment of samples.
  /// - Returns: One value per frequency, in the signal's unit squared per Hz.
  /// - Throws: ``WelchError/signalTooShort(samples:segmentLength:)``.
  public func powerSpectralDensity(of signal: [Double]) throws(WelchError) -> [Double] {
    try signal.withUnsafeBufferPointer { signal throws(WelchError) in try powerSpectralDensity(of: signal) }
  }

  /// Estimates the one-sided power spectral density of samples in memory.
  ///
  /// - Parameter signal: At least one segment of samples.
  /// - Returns: One value per frequency, in the signal's unit squared per Hz.
  /// - Throws: ``WelchError/signalTooShort(samples:segmentLength:)``.
  public func powerSpectralDensity(of signal: UnsafeBufferPointer<Double>) throws(WelchError) -> [Double] {
    guard signal.count >= segmentLength else {
      throw .signalTooShort(samples: signal.count, segmentLength: segmentLength)
    }
    let step = segmentLength - overlap
    let segmentCount = (signal.count - segmentLength) / step + 1
    var density = [Double](repeating: 0, count: transform.coefficientCount)
    transform.withMemory { segment, coefficients in
      density.withUnsafeMutableBufferPointer { density in
        for index in 0..<segmentCount {
          fill(segment, from: UnsafeBufferPointer(rebasing: signal[(index * step)...].prefix(segmentLength)))
          transform.transform(UnsafeBufferPointer(segment), into: coefficients)
          for k in 0..<density.count {
            let x = coefficients[k]
            density[k] += x.real * x.real + x.imaginary * x.imaginary
          }
        }
      }
    }
    let power = weights.reduce(0) { $0 + $1 * $1 }
    let scale = 1 / (samplingRate * power * Double(segmentCount))
    // Frequencies that stand for a pair ±f count twice.
    let paired = 1..<max(1, (segmentLength + 1) / 2)
    for k in density.indices { density[k] *= paired.contains(k) ? 2 * scale : scale }
    return density
  }

  /// Copies a segment, detrended and windowed.
  private func fill(
    _ segment: UnsafeMutableBufferPointer<Double>, from samples: UnsafeBufferPointer<Double>
  ) {
    let offset =
      switch detrending {
      case .none: 0.0
      case .constant: Self.sum(samples) / Double(samples.count)
      }
    weights.withUnsafeBufferPointer { weights in
      for n in 0..<weights.count { segment[n] = (samples[n] - offset) * weights[n] }
    }
  }

  /// Eight sums side by side, as one would wait for each addition.
  private static func sum(_ values: UnsafeBufferPointer<Double>) -> Double {
    let bytes = UnsafeRawBufferPointer(values)
    var sums = SIMD8<Double>.zero
    let whole = values.count & ~7
    for n in stride(from: 0, to: whole, by: 8) {
      sums += bytes.loadUnaligned(fromByteOffset: n * MemoryLayout<Double>.stride, as: SIMD8<Double>.self)
    }
    return values[whole...].reduce(sums.sum(), +)
  }
}
