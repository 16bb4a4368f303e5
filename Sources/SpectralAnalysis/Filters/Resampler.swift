import Foundation

/// Brings signals to another sampling rate, which may be in any ratio to their own, through a low-pass filter that lets
/// nothing fold down.
///
/// A sinc under a Kaiser window of 22 samples of the lower rate to either side, evaluated where each sample lies (Smith &
/// Gossett 1984, doi:10.1109/ICASSP.1984.1172555): flat to 1e-6 up to 0.4 of the lower rate, less than 1e-6 from 0.6 of it on.
public struct Resampler: Sendable {
  /// Rates in Hz.
  public let from, to: Double
  /// Time in s that the filter reaches to either side.
  public let reach: Double
  /// The filter at steps of time from 0 on.
  private let table: [Double]
  private let stepsPerSecond: Double

  private static let halfLength = 22
  /// Steps of the table per sample of the lower rate: linear interpolation is then off by less than 1e-7.
  private static let steps = 4096

  /// - Parameters:
  ///   - from: Sampling rate of signals in Hz.
  ///   - to: Wanted sampling rate in Hz.
  public init(from: Double, to: Double) {
    precondition(from > 0 && to > 0 && from.isFinite && to.isFinite, "positive rates")
    (self.from, self.to) = (from, to)
    let lower = min(from, to)
    reach = Double(Self.halfLength) / lower
    stepsPerSecond = Double(Self.steps) * lower
    // One side of the symmetric filter, on a grid of `steps` per sample of the lower rate.
    let filter = LowPassFilter(
      cutoff: 0.5 / Double(Self.steps), halfLength: Self.halfLength * Self.steps, attenuation: 132)
    // Sums over samples of the signal are to be 1.
    let scale = Double(Self.steps) * lower / from
    table = filter.taps[filter.delay...].map { $0 * scale } + [0, 0]
  }

  /// Number of samples that signals of a length become: as many as the filter sees wholly.
  public func count(of samples: Int) -> Int {
    let duration = Double(samples - 1) / from - 2 * reach
    return duration < 0 ? 0 : Int((duration * to + 1e-9).rounded(.down)) + 1
  }

  /// The signal at the new rate; its first sample is ``reach`` seconds after that of the signal.
  public func resampled(_ signal: UnsafeBufferPointer<Double>) -> [Double] {
    let count = count(of: signal.count)
    return table.withUnsafeBufferPointer { table in
      (0..<count).map { index in
        let time = reach + Double(index) / to
        let first = max(0, Int(((time - reach) * from).rounded(.up)))
        let last = min(signal.count - 1, Int(((time + reach) * from).rounded(.down)))
        var sum = 0.0
        for sample in first...max(first, last) {
          let place = abs(time - Double(sample) / from) * stepsPerSecond
          let step = min(Int(place), table.count - 2)
          let fraction = place - Double(step)
          sum += signal[sample] * (table[step] + fraction * (table[step + 1] - table[step]))
        }
        return sum
      }
    }
  }
}
