import Foundation
import SpectralAnalysis
import Testing

/// Uniform numbers in [−0.5, 0.5) from a 64-bit linear congruential generator.
private struct Noise {
  private var state: UInt64 = 1

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53 - 0.5
  }
}

@Suite("Welch's power spectral density")
struct WelchTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let segmentLength: Int
      let overlap: Int?
      let window: String
      let detrend: Bool
      let samplingRate: Double
      let frequencies: [Double]
      let density: [Double]
    }
    let samples: Int
    let cases: [Case]
  }

  @Test("Densities equal those of scipy.signal.welch")
  func equalsSciPy() throws {
    let url = try #require(
      Bundle.module.url(forResource: "welch", withExtension: "json", subdirectory: "Reference"))
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    // The formula of make_welch.py: sines, noise, a trend and an offset.
    var noise = Noise()
    let signal = (0..<reference.samples).map { n in
      let wave = sin(2 * .pi * 0.083 * Double(n)) + 0.3 * cos(2 * .pi * 0.31 * Double(n))
      return wave + noise.next() + 0.002 * Double(n) + 5.0
    }
    #expect(reference.cases.count == 10)
    for expected in reference.cases {
      let welch = try Welch(
        segmentLength: expected.segmentLength, samplingRate: expected.samplingRate, overlap: expected.overlap,
        window: expected.window == "hann" ? .hann : .boxcar, detrending: expected.detrend ? .constant : .none)
      let density = try welch.powerSpectralDensity(of: signal)
      // Frequencies are one rounding away. Densities sum thousands of products: 1e-10 relative, and, where
      // they vanish but for rounding (the mean after detrending), 1e-20 of the largest.
      #expect(isClose(welch.frequencies, expected.frequencies, relative: 1e-15, absolute: 0))
      let floor = 1e-20 * (expected.density.max() ?? 0)
      #expect(
        isClose(density, expected.density, relative: 1e-10, absolute: floor),
        "segments of \(expected.segmentLength), overlap \(expected.overlap ?? -1)")
    }
  }

  private func isClose(_ a: [Double], _ b: [Double], relative: Double, absolute: Double) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= relative * abs($1) + absolute }
  }

  @Test("The density integrates to the mean square (Parseval)", arguments: [63, 64])
  func parseval(length: Int) throws {
    var noise = Noise()
    let signal = (0..<length * 5).map { _ in noise.next() + 0.2 }
    let welch = try Welch(
      segmentLength: length, samplingRate: 250, overlap: 0, window: .boxcar, detrending: .none)
    let power = try welch.powerSpectralDensity(of: signal).reduce(0, +) * 250 / Double(length)
    let meanSquare = signal.reduce(0) { $0 + $1 * $1 } / Double(signal.count)
    // Both sum a few hundred terms of order one.
    #expect(abs(power - meanSquare) < 1e-13)
  }

  @Test("A sine of a whole number of periods gives its power at its frequency")
  func sine() throws {
    // Amplitude a at frequency 40 Hz: power a²/2. A Hann window of noise bandwidth 1.5 bins spreads it over
    // three bins with weights 1/6, 2/3 and 1/6.
    let (amplitude, rate, length) = (0.7, 1000.0, 300)
    let signal = (0..<3000).map { amplitude * sin(2 * .pi * 40 * Double($0) / rate) }
    let welch = try Welch(segmentLength: length, samplingRate: rate)
    let density = try welch.powerSpectralDensity(of: signal)
    let power = amplitude * amplitude / 2 * Double(length) / rate
    let peak = try #require(welch.frequencies.firstIndex(of: 40))
    for (offset, weight) in [(-2, 0.0), (-1, 1 / 6.0), (0, 2 / 3.0), (1, 1 / 6.0), (2, 0)] {
      #expect(abs(density[peak + offset] - weight * power) < 1e-12)
    }
  }

  @Test("Frequency zero and half the sampling rate are not doubled")
  func unpairedFrequencies() throws {
    // Constant 1 and alternating ±1 have mean square 1, all of it at one unpaired frequency.
    for (length, signal) in [
      (8, [Double](repeating: 1, count: 8)), (9, [Double](repeating: 1, count: 9)),
      (8, (0..<8).map { $0 % 2 == 0 ? 1.0 : -1 }),
    ] {
      let welch = try Welch(
        segmentLength: length, samplingRate: Double(length), window: .boxcar, detrending: .none)
      let density = try welch.powerSpectralDensity(of: signal)
      #expect(abs((density.max() ?? 0) - 1) < 1e-15)
      #expect(abs(density.reduce(0, +) - 1) < 1e-15)
    }
  }

  @Test("White noise has the same density at all frequencies, twice its variance per sampling rate")
  func whiteNoise() throws {
    var noise = Noise()
    let signal = (0..<300_000).map { _ in noise.next() }
    let rate = 1000.0
    let density = try Welch(segmentLength: 300, samplingRate: rate).powerSpectralDensity(of: signal)
    // Uniform noise in an interval of 1 has variance 1/12. 1999 segments of effective share about 0.95 give a
    // standard error of 2.3 % per frequency: all inner ones lie within 5 of them, their mean within 1 %.
    let expected = 2.0 / 12 / rate
    let inner = density[2..<149]
    #expect(inner.allSatisfy { abs($0 / expected - 1) < 0.12 })
    #expect(abs(inner.reduce(0, +) / 147 / expected - 1) < 0.01)
  }

  @Test("The density grows with the square of the signal and ignores a constant")
  func scaling() throws {
    var noise = Noise()
    let signal = (0..<1000).map { _ in noise.next() }
    let welch = try Welch(segmentLength: 256, samplingRate: 1000)
    let density = try welch.powerSpectralDensity(of: signal)
    // Factors of two are exact.
    #expect(try welch.powerSpectralDensity(of: signal.map { 4 * $0 }) == density.map { 16 * $0 })
    let shifted = try welch.powerSpectralDensity(of: signal.map { $0 + 3 })
    #expect(isClose(shifted, density, relative: 1e-10, absolute: 0))
  }

  @Test("Samples after the last full segment are not used")
  func remainder() throws {
    var noise = Noise()
    let signal = (0..<749).map { _ in noise.next() }
    let welch = try Welch(segmentLength: 300, samplingRate: 1000)
    #expect(
      try welch.powerSpectralDensity(of: signal)
        == welch.powerSpectralDensity(of: Array(signal.prefix(600))))
  }

  @Test("Threads that share an estimator get the same bits")
  func threads() async throws {
    var noise = Noise()
    let signals = (0..<8).map { _ in (0..<3000).map { _ in noise.next() } }
    let welch = try Welch(segmentLength: 300, samplingRate: 1000)
    let expected = try signals.map {
      try Welch(segmentLength: 300, samplingRate: 1000).powerSpectralDensity(of: $0)
    }
    try await withThrowingTaskGroup(of: (Int, [Double]).self) { group in
      for repetition in 0..<64 {
        group.addTask {
          (repetition % 8, try welch.powerSpectralDensity(of: signals[repetition % 8]))
        }
      }
      for try await (index, density) in group { #expect(density == expected[index]) }
    }
  }

  @Test("Impossible settings and short signals are errors")
  func errors() throws {
    #expect(throws: WelchError.segmentLength(0)) { try Welch(segmentLength: 0, samplingRate: 1) }
    #expect(throws: WelchError.overlap(4, segmentLength: 4)) {
      try Welch(segmentLength: 4, samplingRate: 1, overlap: 4)
    }
    #expect(throws: WelchError.overlap(-1, segmentLength: 4)) {
      try Welch(segmentLength: 4, samplingRate: 1, overlap: -1)
    }
    for rate in [0, -1, .infinity] {
      #expect(throws: WelchError.samplingRate(rate)) { try Welch(segmentLength: 4, samplingRate: rate) }
    }
    #expect(throws: WelchError.self) { try Welch(segmentLength: 4, samplingRate: .nan) }
    #expect(throws: WelchError.signalTooShort(samples: 299, segmentLength: 300)) {
      try Welch(segmentLength: 300, samplingRate: 1000)
        .powerSpectralDensity(of: [Double](repeating: 0, count: 299))
    }
  }
}
