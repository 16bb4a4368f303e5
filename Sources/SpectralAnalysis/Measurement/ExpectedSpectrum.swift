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

  /// How many independent segments a spectrum of a signal of `samples` samples is worth: overlapping ones share noise.
  func independentSegments(samples: Int) -> Double {
    let step = welch.segmentLength - welch.overlap
    let count = max(1, (samples - welch.segmentLength) / step + 1)
    let w = welch.weights
    let power = w.reduce(0) { $0 + $1 * $1 }
    var variance = 1.0
    for apart in 1..<max(count, 2) where apart * step < w.count {
      let shared = (0..<w.count - apart * step).reduce(0) { $0 + w[$1] * w[$1 + apart * step] } / power
      variance += 2 * Double(count - apart) / Double(count) * shared * shared
    }
    return Double(count) / variance
  }
}
