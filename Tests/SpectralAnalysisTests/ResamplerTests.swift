import Foundation
import SpectralAnalysis
import Testing

@Suite("Other sampling rates")
struct ResamplerTests {
  /// Tones below 400 Hz and one that would fold down, at a time in s.
  private static func signal(_ time: Double, high: Double) -> Double {
    let tones = [(3.0, 1.0), (47.3, 0.5), (150, 0.3), (333.3, 0.2), (399, 0.1)]
    return 0.7 + tones.reduce(0) { $0 + $1.1 * sin(2 * .pi * $1.0 * time + $1.0) }
      + (high > 0 ? 2 * sin(2 * .pi * high * time) : 0)
  }

  @Test(
    "what lies below 400 Hz stays, at any ratio of rates, and nothing folds down",
    arguments: [
      (1000.5, 0), (1017.25, 0), (1024.0, 0), (1250.0, 610.0), (2500.0, 700), (29_997.17, 1003),
      (30_000.0, 9_990),
    ])
  func rates(from: Double, high: Double) {
    let resampler = Resampler(from: from, to: 1000)
    let count = Int(1.5 * from)
    let input = (0..<count).map { Self.signal(Double($0) / from, high: high) }
    let output = resampler.resampled(input)
    #expect(output.count == resampler.count(of: count) && output.count > 1400)
    let largest =
      output.enumerated().map { index, value in
        abs(value - Self.signal(resampler.reach + Double(index) / 1000, high: 0))
      }.max() ?? .infinity
    // Half of what each of ripple and stop band allow, for a signal of amplitude 2.8 and a tone of 2.
    #expect(largest < 4e-6, "\(largest)")
  }

  @Test("a higher rate adds nothing")
  func upwards() {
    let resampler = Resampler(from: 1000, to: 2300)
    let input = (0..<900).map { Self.signal(Double($0) / 1000, high: 0) }
    let output = resampler.resampled(input)
    for (index, value) in output.enumerated() {
      #expect(abs(value - Self.signal(resampler.reach + Double(index) / 2300, high: 0)) < 4e-6)
    }
  }

  @Test("signals shorter than the filter give nothing")
  func short() {
    let resampler = Resampler(from: 30_000, to: 1000)
    #expect(resampler.count(of: 1320) == 0 && resampler.count(of: 1321) == 1)
    #expect(resampler.resampled([Double](repeating: 1, count: 1000)).isEmpty)
  }

  @Test("parts of long signals are those of the whole, to the bit", arguments: [1017.25, 1250, 30_000, 700])
  func parts(from: Double) {
    let resampler = Resampler(from: from, to: 1000)
    let count = Int(2 * from)
    let signals = (0..<2).map { channel in
      (0..<count).map { Self.signal(Double($0) / from + Double(channel), high: 0) }
    }
    let whole = signals.map(resampler.resampled)
    for outputs in [0..<1, 0..<250, 250..<251, 333..<1100, whole[0].count - 20..<whole[0].count] {
      let inputs = resampler.inputs(for: outputs, of: count)
      let parts = resampler.resampled(
        signals.flatMap { $0[inputs] }, channels: 2, startingAt: inputs.lowerBound, of: count,
        outputs: outputs)
      #expect(parts == whole.flatMap { $0[outputs] })
    }
  }
}
