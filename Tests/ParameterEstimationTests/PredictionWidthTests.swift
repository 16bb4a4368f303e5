import Foundation
import ParameterEstimation
import RandomStreams
import Testing

@Suite("Widths of predicted distributions")
struct PredictionWidthTests {
  /// Truths with standard deviations 0.1 and 0.3 about the means of predictions with 0.2 and 0.2.
  private func data(_ samples: Int) throws -> (predictions: [GaussianMixture], truths: [[Double]]) {
    var stream = StreamKey(seed: 3).generator()
    var (predictions, truths): ([GaussianMixture], [[Double]]) = ([], [])
    for _ in 0..<samples {
      let mean = [stream.uniform(in: 0..<1), stream.uniform(in: 0..<1)]
      let component = try #require(GaussianMixture.Component(mean: mean, covariance: [0.04, 0, 0, 0.04]))
      predictions.append(GaussianMixture([component, component]))
      truths.append([mean[0] + 0.1 * stream.normal(), mean[1] + 0.3 * stream.normal()])
    }
    return (predictions, truths)
  }

  @Test("factors make predicted deviations those of the truths")
  func fitted() throws {
    let (predictions, truths) = try data(4000)
    let widths = PredictionWidth.fitted(to: predictions, truths: truths)
    // The standard error of a standard deviation is 1.1 %; quantiles tell it nearly as well.
    #expect(abs(widths[0] - 0.5) < 0.03 && abs(widths[1] - 1.5) < 0.09)
  }

  @Test("stretched by the factors, central intervals of all probabilities hold their share")
  func coverage() throws {
    let (predictions, truths) = try data(4000)
    let widths = PredictionWidth.fitted(to: predictions, truths: truths)
    let masses = try zip(predictions, truths).map { prediction, truth in
      let stretched = try #require(prediction.stretched(by: widths))
      return truth.indices.map { abs(2 * stretched.marginalCumulative($0, truth[$0]) - 1) }
    }
    for parameter in 0..<2 {
      for share in [0.5, 0.8, 0.9, 0.95] {
        let held = Double(masses.count { $0[parameter] < share }) / 4000
        // Four binomial standard errors; the fit only makes them less.
        #expect(abs(held - share) < 4 * (share * (1 - share) / 4000).squareRoot())
      }
    }
  }

  @Test("few samples leave widths as they are")
  func few() throws {
    let (predictions, truths) = try data(PredictionWidth.leastSamples - 1)
    #expect(PredictionWidth.fitted(to: predictions, truths: truths) == [1, 1])
  }

  @Test("a stretched mixture has the density of the stretched deviations, and the same mean")
  func stretched() throws {
    let mixture = GaussianMixture([
      try #require(GaussianMixture.Component(mean: [0, 1], covariance: [1, 0.3, 0.3, 2])),
      try #require(GaussianMixture.Component(mean: [2, -1], covariance: [0.5, 0, 0, 0.25])),
    ])
    let factors = [0.5, 3]
    let stretched = try #require(mixture.stretched(by: factors))
    let mean = mixture.mean
    #expect(zip(stretched.mean, mean).allSatisfy { abs($0 - $1) < 1e-12 })
    for point in [[0, 0], [1, 2], [-3, 0.5]] {
      let source = point.indices.map { mean[$0] + (point[$0] - mean[$0]) / factors[$0] }
      let expected = mixture.logDensity(at: source) - log(1.5)
      #expect(abs(stretched.logDensity(at: point) - expected) < 1e-12)
    }
  }
}
