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

  /// The samples of a signal of `count` samples that some samples at the new rate are made of.
  public func inputs(for outputs: Range<Int>, of count: Int) -> Range<Int> {
    guard let last = outputs.last else { return 0..<0 }
    return taps(of: outputs.lowerBound, count: count).lowerBound..<taps(of: last, count: count).upperBound
  }

  /// The signal at the new rate; its first sample is ``reach`` seconds after that of the signal.
  public func resampled(_ signal: [Double]) -> [Double] {
    resampled(signal, channels: 1, startingAt: 0, of: signal.count, outputs: 0..<count(of: signal.count))
  }

  /// A part of long signals at the new rate. It does not depend, to the bit, on how they are divided into parts.
  ///
  /// - Parameters:
  ///   - parts: [channel][sample], with ``inputs(for:of:)`` among their samples.
  ///   - channels: Number of channels.
  ///   - start: Which sample of the signals the parts begin with.
  ///   - count: Number of samples of the whole signals.
  ///   - outputs: The wanted samples at the new rate.
  /// - Returns: [channel][sample].
  public func resampled(
    _ parts: [Double], channels: Int, startingAt start: Int, of count: Int, outputs: Range<Int>
  ) -> [Double] {
    let length = parts.count / max(channels, 1)
    var weights = [Double](repeating: 0, count: Int((2 * reach * from).rounded(.up)) + 2)
    var values = [Double](repeating: 0, count: channels * outputs.count)
    parts.withUnsafeBufferPointer { parts in
      weights.withUnsafeMutableBufferPointer { weights in
        for output in outputs {
          let taps = taps(of: output, count: count)
          weigh(taps, output, into: weights)
          for channel in 0..<channels {
            let first = channel * length + taps.lowerBound - start
            values[channel * outputs.count + output - outputs.lowerBound] = Self.product(
              UnsafeBufferPointer(rebasing: parts[first..<first + taps.count]), UnsafeBufferPointer(weights))
          }
        }
      }
    }
    return values
  }

  /// The samples that the filter sees around a sample at the new rate.
  private func taps(of output: Int, count: Int) -> Range<Int> {
    let time = reach + Double(output) / to
    let first = max(0, Int(((time - reach) * from).rounded(.up)))
    return first..<max(first, min(count - 1, Int(((time + reach) * from).rounded(.down)))) + 1
  }

  /// Weights of the samples around a sample at the new rate.
  private func weigh(_ taps: Range<Int>, _ output: Int, into weights: UnsafeMutableBufferPointer<Double>) {
    let time = reach + Double(output) / to
    table.withUnsafeBufferPointer { table in
      for sample in taps {
        let place = abs(time - Double(sample) / from) * stepsPerSecond
        let step = min(Int(place), table.count - 2)
        let fraction = place - Double(step)
        weights[sample - taps.lowerBound] = table[step] + fraction * (table[step + 1] - table[step])
      }
    }
  }

  /// The sum of products, eight side by side.
  private static func product(
    _ values: UnsafeBufferPointer<Double>, _ weights: UnsafeBufferPointer<Double>
  ) -> Double {
    let (a, b) = (UnsafeRawBufferPointer(values), UnsafeRawBufferPointer(weights))
    let whole = values.count & ~7
    var sums = SIMD8<Double>.zero
    for n in stride(from: 0, to: whole * 8, by: 64) {
      sums +=
        a.loadUnaligned(fromByteOffset: n, as: SIMD8<Double>.self)
        * b.loadUnaligned(fromByteOffset: n, as: SIMD8<Double>.self)
    }
    return (whole..<values.count).reduce(sums.sum()) { $0 + values[$1] * weights[$1] }
  }
}
