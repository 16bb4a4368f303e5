import EstimatorDiagnostics
import Foundation
import ParameterEstimation
import ParameterSampling
import RandomStreams
import Statistics
import Testing

@Suite("Calibration of predicted distributions")
struct CalibrationTests {
  /// Ranges that calibration does not depend on.
  private static func box(_ keys: [String]) -> ParameterBox {
    ParameterBox(keys.map { .init(key: $0, lower: -2, upper: 5) })
  }

  private static let covariance = [0.5, 0.2, -0.1, 0.2, 0.8, 0.3, -0.1, 0.3, 0.4]

  /// Truths drawn from N(μᵢ, C) and predictions N(μᵢ + shift, factor²·C), of which `components` are equal.
  private func statistics(
    factor: Double = 1, shift: Double = 0, samples: Int = 4000, components: Int = 1
  ) throws -> CalibrationStatistics {
    // Cholesky factor of the covariance, by hand.
    let (a, b, c) = (0.5.squareRoot(), 0.2 / 0.5.squareRoot(), -0.1 / 0.5.squareRoot())
    let d = (0.8 - b * b).squareRoot()
    let e = (0.3 - b * c) / d
    let f = (0.4 - c * c - e * e).squareRoot()
    var stream = StreamKey(seed: 11).generator()
    var truths: [Double] = []
    var predictions: [Posterior] = []
    for _ in 0..<samples {
      let mean = (0..<3).map { _ in stream.uniform(in: -2..<2) }
      let (x, y, z) = (stream.standardNormal(), stream.standardNormal(), stream.standardNormal())
      truths += [mean[0] + a * x, mean[1] + b * x + d * y, mean[2] + c * x + e * y + f * z]
      let component = try #require(
        Posterior.Component(
          mean: mean.map { $0 + shift }, scale: Self.covariance.map { factor * factor * $0 }))
      predictions.append(
        Posterior(
          [Posterior.Component](repeating: component, count: components),
          targetBox: Self.box(["eta", "g", "J_mV"])))
    }
    return CalibrationStatistics(
      comparing: predictions, truths: truths,
      bootstrap: Bootstrap(BootstrapParameters(resamples: 200), seed: 1), seed: 1)
  }

  @Test(
    "predictions with the right distribution have nominal coverage, uniform u and the entropy as likelihood")
  func calibrated() throws {
    let statistics = try statistics()
    #expect(statistics.rows.map(\.name) == ["eta", "g", "J", "all", "tarp"])
    for row in statistics.rows {
      for coverage in row.coverage {
        // Of 16 binomial shares one beyond four standard errors has a probability of 0.1 %.
        #expect(abs(coverage.observed - coverage.nominal) < 4 * coverage.standardError)
        #expect(
          coverage.standardError == (coverage.nominal * (1 - coverage.nominal) / 4000).squareRoot())
      }
      #expect(row.probability > 1e-3)
      #expect(row.histogram.reduce(0, +) == 4000)
    }
    // ½ log((2πe)³ det C), det C = 0.079 by hand.
    let entropy = 0.5 * (3 * log(2 * Double.pi) + 3 + log(0.079))
    let likelihood = statistics.negativeLogLikelihood
    // −log of a density has the variance d/2.
    let standardError = (1.5 / 4000).squareRoot()
    #expect(abs(likelihood.value - entropy) < 4 * standardError)
    #expect(abs((likelihood.upper - likelihood.lower) / (2 * 1.96 * standardError) - 1) < 0.3)
    #expect(statistics.negativeLogLikelihoods.count == 4000)
  }

  @Test(
    "distributions that are too narrow or too wide miss by what the normal distribution says",
    arguments: [0.5, 2])
  func wrongWidth(factor: Double) throws {
    let statistics = try statistics(factor: factor)
    for row in statistics.rows.prefix(3) {
      for (coverage, quantile) in zip(row.coverage, [0.674490, 1.281552, 1.644854, 1.959964]) {
        let expected = erf(factor * quantile / 2.0.squareRoot())
        let standardError = (expected * (1 - expected) / 4000).squareRoot()
        #expect(abs(coverage.observed - expected) < 4 * standardError + 1e-6)
      }
      #expect(row.probability < 1e-12)
      let ends = row.histogram[0] + row.histogram[19]
      #expect(factor < 1 ? ends > 2 * 400 : ends < 400 / 2)
    }
    let joint = statistics.rows[3]
    for (coverage, quantile) in zip(joint.coverage, [2.365974, 4.641628, 6.251389, 7.814728]) {
      let expected =
        1 - ChiSquareDistribution(degreesOfFreedom: 3).upperTail(factor * factor * quantile)
      let standardError = (expected * (1 - expected) / 4000).squareRoot()
      #expect(abs(coverage.observed - expected) < 4 * standardError + 1e-6)
    }
  }

  @Test("distances from random points tell wrong widths and a bias, too")
  func randomPoints() throws {
    for statistics in [try statistics(factor: 0.5), try statistics(factor: 2), try statistics(shift: 0.3)] {
      #expect(statistics.rows[4].probability < 1e-6)
    }
  }

  @Test("sharpness is the mean predicted standard deviation, by the range")
  func sharpness() throws {
    let rows = try statistics(factor: 2, samples: 50).rows
    for (row, variance) in zip(rows, [0.5, 0.8, 0.4]) {
      // The box of the tests has ranges of 7, but truths and scales are those of the unit cube.
      #expect(abs(try #require(row.sharpness) - 2 * variance.squareRoot()) < 1e-12)
    }
    #expect(rows[3].sharpness == nil && rows[4].sharpness == nil)
  }

  @Test("within states: those that there are, by the parameters, each with its own coverage")
  func states() throws {
    let points: [[Double]] = [[1, 3.8, 0.2], [1.2, 6, 0.2], [3.8, 7, 0.08], [2, 5, 0.1], [2, 5, 0.2]]
    let states = points.map { ActivityState(eta: $0[0], g: $0[1], efficacy: $0[2]) }
    #expect(states.map(\.rawValue) == ["SR", "SI", "SI", "AI", "AI"])
    // Right in AI, far off in SR.
    let predictions = try points.map { point in
      let mean = ParameterBox.full.normalised(point).map { point[1] < 4 ? $0 + 0.5 : $0 }
      let scale = [0.01, 0, 0, 0, 0.01, 0, 0, 0, 0.01]
      return Posterior([try #require(Posterior.Component(mean: mean, scale: scale))], targetBox: .full)
    }
    func calibration(_ kept: [Int]) -> StateCalibration? {
      StateCalibration(
        SampleCalibration.all(
          kept.map { predictions[$0] }, truths: kept.flatMap { ParameterBox.full.normalised(points[$0]) },
          seed: 1),
        truths: kept.flatMap { points[$0] }, of: .full,
        bootstrap: Bootstrap(BootstrapParameters(resamples: 20), seed: 1))
    }
    let rows = try #require(calibration([0, 1, 2, 3, 4])).rows
    #expect(rows.map(\.state.rawValue) == ["SR", "SI", "AI"])
    #expect(rows.map(\.calibration.samples) == [1, 2, 2])
    #expect(rows.map { $0.calibration.rows[0].coverage[2].observed } == [0, 1, 1])
    #expect(calibration([3, 4]) == nil)
  }

  @Test("samples are compared in the same way by any number of threads")
  func threads() throws {
    let part = try #require(Posterior.Component(mean: [0.5, 0.5], scale: [0.01, 0, 0, 0.04]))
    let mixture = Posterior([part, part], targetBox: Self.box(["a", "b"]))
    let truths = (0..<14).map { 0.3 + 0.03 * Double($0) }
    func compared(_ threads: Int) -> [SampleCalibration] {
      SampleCalibration.all(
        [Posterior](repeating: mixture, count: 7), truths: truths, seed: 3, threads: threads)
    }
    #expect(compared(1) == compared(3) && compared(1) == compared(20))
    #expect(compared(1).count == 7 && compared(1)[0] != compared(1)[6])
  }

  @Test("a bias shows in u")
  func biased() throws {
    let rows = try statistics(shift: 0.3).rows
    for row in rows.prefix(3) {
      #expect(row.probability < 1e-12)
      // Predictions above the truth: small u.
      #expect(row.histogram[..<10].reduce(0, +) > row.histogram[10...].reduce(0, +) + 400)
    }
  }

  @Test("a mixture of equal parts is the part, up to the draws of the joint regions")
  func equalParts() throws {
    let one = try statistics(samples: 300)
    let three = try statistics(samples: 300, components: 3)
    for (a, b) in zip(one.rows.prefix(3), three.rows) {
      #expect(zip(a.values, b.values).allSatisfy { abs($0 - $1) < 1e-12 })
    }
    #expect(abs(one.negativeLogLikelihood.value - three.negativeLogLikelihood.value) < 1e-12)
    // 1000 draws: standard errors up to 0.016, here the largest of 300.
    #expect(zip(one.rows[3].values, three.rows[3].values).allSatisfy { abs($0 - $1) < 0.08 })
    #expect(three == (try statistics(samples: 300, components: 3)))
  }

  @Test(
    "t distributions are covered as they should be, with normal ones too narrow outside", arguments: [3, 4])
  func student(degrees: Int) throws {
    let part = try #require(Posterior.Component(mean: [1, 0], scale: [0.25, 0, 0, 4]))
    var stream = StreamKey(seed: 5).generator()
    var truths: [Double] = []
    for _ in 0..<4000 {
      let squares = (0..<degrees).reduce(0.0) { sum, _ in
        let number = stream.standardNormal()
        return sum + number * number
      }
      let scale = (Double(degrees) / squares).squareRoot()
      truths += [1 + 0.5 * scale * stream.standardNormal(), 2 * scale * stream.standardNormal()]
    }
    func statistics(_ degreesOfFreedom: Int?) -> CalibrationStatistics {
      CalibrationStatistics(
        comparing: [Posterior](
          repeating: Posterior([part], degreesOfFreedom: degreesOfFreedom, targetBox: Self.box(["a", "b"])),
          count: 4000),
        truths: truths, bootstrap: Bootstrap(BootstrapParameters(resamples: 20), seed: 1), seed: 1)
    }
    for row in statistics(degrees).rows {
      #expect(row.probability > 1e-3)
      for coverage in row.coverage {
        #expect(abs(coverage.observed - coverage.nominal) < 4 * coverage.standardError)
      }
    }
    for row in statistics(nil).rows {
      #expect(row.coverage[3].observed < 0.95 - 10 * row.coverage[3].standardError)
    }
  }

  @Test("truths drawn from a mixture of far parts are covered as they should be")
  func farParts() throws {
    let parts = try [-3.0, 3].map { mean in
      try #require(Posterior.Component(mean: [mean, 0], scale: [0.25, 0, 0, 1]))
    }
    var stream = StreamKey(seed: 3).generator()
    var truths: [Double] = []
    for _ in 0..<1000 {
      let part = stream.index(below: 2)
      truths += [(part == 0 ? -3 : 3) + 0.5 * stream.standardNormal(), stream.standardNormal()]
    }
    let statistics = CalibrationStatistics(
      comparing: [Posterior](
        repeating: Posterior(parts, targetBox: Self.box(["a", "b"])), count: 1000), truths: truths,
      bootstrap: Bootstrap(BootstrapParameters(resamples: 20), seed: 1), seed: 1)
    for row in statistics.rows {
      #expect(row.probability > 1e-3)
      for coverage in row.coverage {
        #expect(abs(coverage.observed - coverage.nominal) < 4 * coverage.standardError)
      }
    }
  }

  @Test("the table names every parameter")
  func table() throws {
    let statistics = try statistics(samples: 200)
    let lines = statistics.formatted.markdown.split(separator: "\n")
    #expect(lines[0] == "| parameter | 50 % | 80 % | 90 % | 95 % | χ² of u (19) | p | mean std |")
    #expect(lines.filter { $0.hasPrefix("| ") }.count == 7)
    #expect(
      lines[2].hasPrefix("| eta | ") && lines[5].hasPrefix("| all | ") && lines[6].hasPrefix("| tarp |"))
    #expect(lines[7].contains("Share of 200 samples"))
  }
}
