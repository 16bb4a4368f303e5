import Foundation

/// What Welch's method gives in the mean for noise and tones, by frequency bin, with all that windows and the removal of
/// means do.
struct ExpectedSpectrum {
  private let welch: Welch

  init(_ welch: Welch) { self.welch = welch }

  /// The weights that samples of a segment enter bin `k` with: its transform is their sum over x[n]·a[n].
  private func weights(_ k: Int) -> (real: [Double], imaginary: [Double]) {
    let w = welch.weights
    let angles = w.indices.map { -2 * Double.pi * Double(k * $0 % w.count) / Double(w.count) }
    var real = zip(w, angles).map { $0 * cos($1) }
    var imaginary = zip(w, angles).map { $0 * sin($1) }
    if welch.detrending == .constant {
      let (r, i) = (real.reduce(0, +) / Double(w.count), imaginary.reduce(0, +) / Double(w.count))
      real = real.map { $0 - r }
      imaginary = imaginary.map { $0 - i }
    }
    return (real, imaginary)
  }

  /// From the squared magnitude of bin `k` to a one-sided density.
  private func scale(_ k: Int) -> Double {
    let power = welch.weights.reduce(0) { $0 + $1 * $1 }
    let isPaired = k > 0 && 2 * k < welch.segmentLength
    return (isPaired ? 2 : 1) / (welch.samplingRate * power)
  }

  /// Expected density at bin `k` of stationary noise with the autocovariance [lag].
  func density(_ k: Int, autocovariance: [Double]) -> Double {
    let (real, imaginary) = weights(k)
    let count = real.count
    var sum = 0.0
    for lag in 0..<min(count, autocovariance.count) {
      var product = 0.0
      for n in lag..<count { product += real[n] * real[n - lag] + imaginary[n] * imaginary[n - lag] }
      sum += (lag == 0 ? 1 : 2) * autocovariance[lag] * product
    }
    return scale(k) * sum
  }

  /// Expected density at bin `k` of a tone of amplitude 1 and any phase, at a frequency in units of the sampling rate.
  func density(_ k: Int, tone frequency: Double) -> Double {
    let (real, imaginary) = weights(k)
    var sums = SIMD4<Double>.zero
    for n in real.indices {
      let (c, s) = (cos(2 * .pi * frequency * Double(n)), sin(2 * .pi * frequency * Double(n)))
      sums += SIMD4(real[n] * c, imaginary[n] * s, real[n] * s, imaginary[n] * c)
    }
    let (a, b, c, d) = (sums[0], sums[1], sums[2], sums[3])
    let towards = (a - b) * (a - b) + (c + d) * (c + d)
    let away = (a + b) * (a + b) + (c - d) * (c - d)
    return scale(k) * (towards + away) / 4
  }

  /// What a filter leaves of the density at bin `k` of a signal that has some density itself, by frequency in units of the
  /// sampling rate. The bin also sees what is beside it.
  func share(_ k: Int, passing filter: CascadedFilter, of spectrum: (Double) -> Double) -> Double {
    let length = welch.segmentLength
    var (all, passed) = (0.0, 0.0)
    for quarter in max(0, 4 * k - 16)...min(2 * length, 4 * k + 16) {
      let frequency = Double(quarter) / Double(4 * length)
      let seen = spectrum(frequency) * density(k, tone: frequency)
      all += seen
      passed += seen * filter.power(at: frequency)
    }
    return passed / all
  }

  /// How many independent segments the density at bin `k` of noise is worth, in a signal of `samples` samples: overlapping
  /// segments share noise.
  func independentSegments(_ k: Int, samples: Int) -> Double {
    let (real, imaginary) = weights(k)
    let step = welch.segmentLength - welch.overlap
    let count = max(1, (samples - welch.segmentLength) / step + 1)
    var (variance, power) = (0.0, 0.0)
    for apart in 0..<count where apart * step < real.count {
      // |X|² and |Y|² of complex normal numbers covary by |E XY*|² + |E XY|², which is twice the sum of squared covariances
      // of their parts.
      var (rr, ii, ri, ir) = (0.0, 0.0, 0.0, 0.0)
      for n in 0..<real.count - apart * step {
        let m = n + apart * step
        rr += real[m] * real[n]
        ii += imaginary[m] * imaginary[n]
        ri += real[m] * imaginary[n]
        ir += imaginary[m] * real[n]
      }
      if apart == 0 { power = rr + ii }
      // Without a mean, a bin may have no noise.
      guard power > 0 else { return Double(count) }
      let shared = 2 * (rr * rr + ii * ii + ri * ri + ir * ir) / (power * power)
      variance += Double(count - apart) / Double(count) * (apart == 0 ? 1 : 2) * shared
    }
    return Double(count) / variance
  }
}
