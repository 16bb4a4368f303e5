import Foundation

/// A low-pass filter with a finite, symmetric impulse response: a sinc under a Kaiser window.
///
/// Before a signal is sampled more coarsely, what oscillates faster than half the new rate has to go, or it appears at
/// wrong frequencies. J. F. Kaiser, R. W. Schafer (1980), doi:10.1109/TASSP.1980.1163349.
public struct LowPassFilter: Sendable, Equatable {
  /// The impulse response: an odd number of taps that sum to 1, the middle one at lag 0.
  public let taps: [Double]

  /// The lag of the last tap: the delay of the filter if it only looks back.
  public var delay: Int { taps.count / 2 }

  /// The filter with `2 * halfLength + 1` taps.
  ///
  /// - Parameters:
  ///   - cutoff: Frequency at which half the amplitude passes, in units of the sampling rate, below 0.5.
  ///   - attenuation: What the stop band loses, in dB; the pass band ripples as little. The length decides how wide the
  ///     band between both is: (attenuation − 7.95)/(28.7·halfLength) in units of the sampling rate.
  public init(cutoff: Double, halfLength: Int, attenuation: Double) {
    precondition(cutoff > 0 && cutoff < 0.5 && halfLength >= 0, "a cutoff below half the sampling rate")
    let beta = 0.1102 * (max(attenuation, 50) - 8.7)
    let ideal = (-halfLength...halfLength).map { lag in
      let x = 2 * .pi * cutoff * Double(lag)
      let sinc = lag == 0 ? 1 : sin(x) / x
      let position = halfLength == 0 ? 0 : Double(lag) / Double(halfLength)
      return sinc * Self.besselI0(beta * max(0, 1 - position * position).squareRoot())
    }
    let sum = ideal.reduce(0, +)
    taps = ideal.map { $0 / sum }
  }

  /// What has to precede decimation by `factor`: flat to 0.4 of the new rate, more than 120 dB down from 0.6 of it on, so
  /// that nothing folds down below 0.4. It looks `22 * factor` samples to either side.
  public static func beforeDecimation(by factor: Int) -> LowPassFilter {
    LowPassFilter(cutoff: 0.5 / Double(factor), halfLength: 22 * factor, attenuation: 132)
  }

  /// The modified Bessel function of the first kind and order 0, by its power series.
  private static func besselI0(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for k in 1..<500 {
      let factor = x / (2 * Double(k))
      term *= factor * factor
      sum += term
      if term < 1e-18 * sum { break }
    }
    return sum
  }
}
