import Foundation
import ParameterEstimation
import ParameterSampling
import RandomStreams
import TestSupport
import Testing

@Suite("Posteriors")
struct PosteriorTests {
  private static let box = ParameterBox([
    .init(key: "eta", lower: 1, upper: 5), .init(key: "g", lower: 4, upper: 8),
    .init(key: "J_mV", lower: 0, upper: 0.5),
  ])

  @Test("SciPy finds the same densities and probabilities")
  func reference() throws {
    let reference = try DistributionsReference.load()
    let parts = try zip(reference.means, reference.covariances).map {
      try #require(Posterior.Component(mean: $0, scale: $1))
    }
    let mixture = Posterior(parts, targetBox: Self.box)
    let first = Posterior([parts[0]], targetBox: Self.box)
    let students = Posterior(parts, degreesOfFreedom: reference.studentDegrees, targetBox: Self.box)
    for (index, point) in reference.points.enumerated() {
      #expect(abs(mixture.logDensity(at: point) - reference.logDensity[index]) < 1e-12)
      #expect(abs(first.logDensity(at: point) - reference.logDensityOfFirst[index]) < 1e-12)
      #expect(abs(students.logDensity(at: point) - reference.studentLogDensity[index]) < 1e-12)
      let level = first.highestDensityProbability(to: point, key: StreamKey(seed: 1))
      #expect(abs(level - reference.levelOfFirst[index]) < 1e-12)
      for p in 0..<3 {
        #expect(abs(mixture.marginalCumulative(p, point[p]) - reference.marginal[index][p]) < 1e-14)
        #expect(abs(students.marginalCumulative(p, point[p]) - reference.studentMarginal[index][p]) < 1e-14)
      }
    }
  }

  @Test("what is no covariance makes no distribution")
  func noCovariance() {
    #expect(Posterior.Component(mean: [0, 0], scale: [1, 2, 2, 1]) == nil)
    #expect(Posterior.Component(mean: [0, 0], scale: [1, 0.5, 0.4, 1]) == nil)
    #expect(Posterior.Component(mean: [0], scale: [0]) == nil)
    #expect(Posterior.Component(mean: [0], scale: [.nan]) == nil)
    #expect(Posterior.Component(mean: [.infinity], scale: [1]) == nil)
    #expect(Posterior.Component(mean: [0, 1], scale: [1]) == nil)
    #expect(Posterior.Component(mean: [], scale: []) == nil)
  }

  @Test("weights in proportion are those of repeated parts")
  func weights() throws {
    let parts = try [[0.2, 0.5, 0.5], [0.6, 0.4, 0.5]].map {
      try #require(Posterior.Component(mean: $0, scale: [4, 1, 0, 1, 2, -0.5, 0, -0.5, 1].map { $0 / 100 }))
    }
    let weighted = Posterior(parts, weights: [1.5, 0.5], degreesOfFreedom: 5, targetBox: Self.box)
    let repeated = Posterior(
      [parts[0], parts[0], parts[0], parts[1]], degreesOfFreedom: 5, targetBox: Self.box)
    #expect(weighted.weights == [0.75, 0.25])
    func close(_ a: [Double], _ b: [Double]) -> Bool { zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 } }
    #expect(close(weighted.mean, repeated.mean) && close(weighted.covariance, repeated.covariance))
    for point in [[0.1, 0.5, 0.4], [0.7, 0.3, 0.6]] {
      #expect(abs(weighted.logDensity(at: point) - repeated.logDensity(at: point)) < 1e-12)
      for p in 0..<3 {
        let values = (weighted.marginalCumulative(p, point[p]), repeated.marginalCumulative(p, point[p]))
        #expect(abs(values.0 - values.1) < 1e-12)
      }
    }
    let shape = PredictionShape(widths: [0.5, 2, 1], degreesOfFreedom: 5)
    let shaped = Posterior(parts, weights: [3, 1], targetBox: Self.box).shaped(shape)
    #expect(shaped?.weights == [0.75, 0.25])
  }

  @Test("draws have the moments that are told", arguments: [nil, 9], [[1.0, 1], [1, 4]])
  func draws(degreesOfFreedom: Int?, weights: [Double]) throws {
    let parts = try [
      #require(
        Posterior.Component(
          mean: [0.2, 0.5, 0.5], scale: [4, 1, 0, 1, 2, -0.5, 0, -0.5, 1].map { $0 / 100 })),
      #require(
        Posterior.Component(mean: [0.6, 0.4, 0.5], scale: [1, 0, 0, 0, 3, 0.5, 0, 0.5, 2].map { $0 / 100 })),
    ]
    let posterior = Posterior(
      parts, weights: weights, degreesOfFreedom: degreesOfFreedom, targetBox: Self.box)
    var stream = StreamKey(seed: 8).generator()
    let count = 40_000
    let draws = (0..<count).map { _ in Self.box.denormalised(posterior.draw(&stream)) }
    let (mean, covariance) = (posterior.mean, posterior.covariance)
    let deviations = posterior.standardDeviations
    for p in 0..<3 {
      let found = draws.reduce(0) { $0 + $1[p] } / Double(count)
      // Five standard errors.
      #expect(abs(found - mean[p]) < 5 * deviations[p] / Double(count).squareRoot())
      for q in 0..<3 {
        let found = draws.reduce(0) { $0 + ($1[p] - mean[p]) * ($1[q] - mean[q]) } / Double(count)
        // The fourth moment of nine degrees of freedom is 4.2.
        let error = 5 * (3.2 / Double(count)).squareRoot() * deviations[p] * deviations[q]
        #expect(abs(found - covariance[p * 3 + q]) < error)
        #expect(
          abs(posterior.correlations[p * 3 + q] * deviations[p] * deviations[q] - covariance[p * 3 + q])
            < 1e-12)
      }
    }
  }

  @Test("a region of highest density holds its share of the draws", arguments: [nil, 5])
  func highestDensity(degreesOfFreedom: Int?) throws {
    let parts = try [-1.0, 1].map {
      try #require(Posterior.Component(mean: [$0, 0, 0], scale: [0.25, 0, 0, 0, 1, 0, 0, 0, 1]))
    }
    let posterior = Posterior(parts, degreesOfFreedom: degreesOfFreedom, targetBox: Self.box)
    var stream = StreamKey(seed: 9).generator()
    let levels = (0..<1000).map { sample in
      posterior.highestDensityProbability(
        to: posterior.draw(&stream), key: StreamKey(seed: 10 + UInt64(sample)))
    }
    for share in [0.1, 0.5, 0.9] {
      let held = Double(levels.count { $0 <= share }) / 1000
      #expect(abs(held - share) < 4 * (share * (1 - share) / 1000).squareRoot())
    }
  }
}
