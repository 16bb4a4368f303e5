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
    // For normal distributions the most likely factor is the ratio of root mean squares, here by definition.
    for (parameter, width) in widths.enumerated() {
      let square = zip(predictions, truths).reduce(0) { sum, pair in
        sum + pow((pair.1[parameter] - pair.0.mean[parameter]) / 0.2, 2)
      }
      #expect(abs(width - (square / 4000).squareRoot()) < 1e-3)
    }
    #expect(abs(widths[0] - 0.5) < 0.03 && abs(widths[1] - 1.5) < 0.09)
  }

  @Test("few samples leave widths as they are")
  func few() throws {
    let (predictions, truths) = try data(PredictionWidth.leastSamples - 1)
    #expect(PredictionWidth.fitted(to: predictions, truths: truths) == [1, 1])
  }

  @Test("a stretched mixture has the stretched density, and its mean")
  func stretched() throws {
    let mixture = GaussianMixture([
      try #require(GaussianMixture.Component(mean: [0, 1], covariance: [1, 0.3, 0.3, 2])),
      try #require(GaussianMixture.Component(mean: [2, -1], covariance: [0.5, 0, 0, 0.25])),
    ])
    let factors = [0.5, 3]
    let stretched = try #require(mixture.stretched(by: factors))
    #expect(zip(stretched.mean, mixture.mean).allSatisfy { abs($0 - $1) < 1e-12 })
    for point in [[0, 0], [1, 2], [-3, 0.5]] {
      #expect(
        abs(stretched.logDensity(at: point) - mixture.logDensity(at: point, stretchedBy: factors)) < 1e-12)
    }
  }
}
