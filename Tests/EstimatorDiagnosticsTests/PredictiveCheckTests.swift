import EstimatorDiagnostics
import Foundation
import RandomStreams
import Statistics
import Testing

@Suite("Spectra among those of simulations with estimated parameters") struct PredictiveCheckTests {
  private static let frequencies = (0..<40).map { 10 * Double($0) / 3 }
  private static let channels = 3

  /// A spectrum whose logarithm is linear in two parameters, with noise of each density, channel and recording, and what is
  /// estimated from it: the parameters with errors.
  private static func sample(
    _ parameters: [Double], _ stream: inout StreamGenerator, shift: (Int, Int) -> Double = { _, _ in 0 }
  ) -> PredictiveCheck.Sample {
    let gain = 0.15 * stream.standardNormal()
    let spectrum = (0..<channels).flatMap { channel in
      let own = 0.05 * stream.standardNormal()
      return frequencies.indices.map { place in
        let slope = Double(place) / 40 - 0.3 * Double(channel)
        return Float(
          parameters[0] + slope * parameters[1] + gain + own + 0.2 * stream.standardNormal()
            + shift(channel, place))
      }
    }
    return .init(
      logSpectrum: spectrum, estimates: parameters.map { $0 + 0.1 * stream.standardNormal() })
  }

  /// A check of a spectrum with 20 simulations whose parameters are drawn from its posterior.
  private static func check(_ seed: UInt64, shift: (Int, Int) -> Double = { _, _ in 0 }) -> PredictiveCheck {
    var stream = StreamKey(seed: seed).generator()
    let truth = [stream.uniform(), stream.uniform()]
    let recorded = sample(truth, &stream, shift: shift)
    let simulated = (0..<20).map { _ in
      sample(recorded.estimates.map { $0 + 0.1 * stream.standardNormal() }, &stream)
    }
    return PredictiveCheck(recorded: recorded, simulated: simulated, frequencies: frequencies)
  }

  @Test("bands are octaves of the frequencies there are, and everything is compared once")
  func bands() {
    let check = Self.check(1)
    #expect(check.simulations == 20)
    #expect(
      check.bands.map { $0.lowerBound.rounded() } == [3, 10, 20, 40, 80]
        && check.bands.map { $0.upperBound.rounded() } == [7, 17, 37, 77, 130])
    #expect(check.comparisons.count == 3 * 5 + 2 * 5 + 3 * 4)
    #expect(check.comparisons.count { $0.quantity == .nextBand } == 12)
  }

  @Test("the probability is uniform for a spectrum like those of the simulations")
  func uniform() {
    let checks = (0..<600).map { Self.check(1000 + $0) }
    // The combination is exact for independent and for equal probabilities, nearly so for these: within 4 %.
    for level in [0.01, 0.05, 0.1, 0.3, 0.5] {
      let share = Double(checks.count { $0.probability < level }) / 600
      #expect(abs(share - level) < 0.04 + 3 * (level * (1 - level) / 600).squareRoot(), "\(level): \(share)")
    }
    // Of one comparison it is exactly so, but that the parameters' distribution given the estimates differs a little.
    let single = checks.map { $0.comparisons[7].probability }
    #expect(KolmogorovSmirnov(uniform: single).probability > 1e-3)
  }

  @Test("a channel whose level is off in one band is found and named")
  func outlier() {
    let check = Self.check(2) { channel, place in channel == 1 && (12..<24).contains(place) ? 1.5 : 0 }
    #expect(check.probability < 1e-4)
    #expect(check.outliers(level: 0.01).contains { $0.channel == 1 && $0.band == 3 })
    #expect(check.outliers(level: 0.01).allSatisfy { $0.quantity == .level || $0.band >= 2 })
    #expect(Self.check(3).outliers(level: 0.01).isEmpty)
  }

  /// `scipy.stats.t` on the residuals of `numpy.linalg.lstsq` for the same numbers.
  @Test("one comparison equals SciPy's prediction interval")
  func reference() throws {
    let estimates: [[Double]] = (0..<12).map { i in
      let (first, second) = (Double(i * 7 % 12), Double(i * 5 % 11))
      return [first / 6 - 1, second / 10]
    }
    let values: [Double] = estimates.enumerated().map { i, e in
      let noise = Double((i * i * 31 + 5) % 17) / 17
      return 2 + 0.5 * e[0] - 0.25 * e[1] + 0.1 * noise
    }
    func sample(_ value: Double, _ estimates: [Double]) -> PredictiveCheck.Sample {
      .init(logSpectrum: [Float(value)], estimates: estimates)
    }
    for (value, probability) in [(2.25, 0.005619469614), (2.15, 0.3067572419)] {
      let check = PredictiveCheck(
        recorded: sample(value, [0.3, 0.4]), simulated: zip(values, estimates).map { sample($0, $1) },
        frequencies: [50])
      // Of numbers in single precision.
      #expect(abs(check.comparisons[0].probability / probability - 1) < 1e-4)
      #expect(abs(check.probability - check.comparisons[0].probability) < 1e-12)
    }
  }
}
