import Foundation
import RandomStreams

/// Noise whose density falls as 1/f: a sum of first-order processes of equal variance with corners an octave apart
/// (within 11 % of 1/f from 2 Hz to a quarter of the sampling rate).
///
/// The corners begin at 1 Hz; below it the density is flat.
struct BackgroundNoise {
  private let decays: [Double]
  private let steps: [Double]
  private var states: [Double]
  private var normal: NormalStream

  /// Noise in its stationary state; `rms` is over all frequencies.
  init(rms: Double, samplingRate: Double, key: StreamKey) {
    decays = Self.decays(samplingRate: samplingRate)
    let deviation = rms / Double(decays.count).squareRoot()
    steps = decays.map { deviation * (1 - $0 * $0).squareRoot() }
    var normal = NormalStream(key: key)
    states = decays.map { _ in deviation * normal() }
    self.normal = normal
  }

  /// The next sample.
  mutating func next() -> Double {
    var sum = 0.0
    for i in states.indices {
      sum += states[i]
      states[i] = decays[i] * states[i] + steps[i] * normal()
    }
    return sum
  }

  /// Share of each process that is left after a sample: corners 1, 2, 4 … Hz up to half the sampling rate.
  private static func decays(samplingRate: Double) -> [Double] {
    var corners = [1.0]
    while corners.last! * 2 < samplingRate / 2 { corners.append(corners.last! * 2) }
    return corners.map { exp(-2 * .pi * $0 / samplingRate) }
  }

  /// The autocovariance of noise with unit variance, [lag].
  static func autocovariance(lags: Int, samplingRate: Double) -> [Double] {
    let decays = decays(samplingRate: samplingRate)
    return (0..<lags).map { lag in
      decays.reduce(0) { $0 + pow($1, Double(lag)) } / Double(decays.count)
    }
  }

  /// The density at a frequency in units of the sampling rate, but for a factor.
  static func density(at frequency: Double, samplingRate: Double) -> Double {
    decays(samplingRate: samplingRate).reduce(0) {
      $0 + (1 - $1 * $1) / (1 - 2 * $1 * cos(2 * .pi * frequency) + $1 * $1)
    }
  }
}
