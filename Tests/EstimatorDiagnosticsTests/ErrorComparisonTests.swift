import EstimatorDiagnostics
import Foundation
import RandomStreams
import Statistics
import Testing

@Suite("Comparisons of errors")
struct ErrorComparisonTests {
  private let bootstrap = Bootstrap(BootstrapParameters(resamples: 400, confidence: 0.9), seed: 5)

  private func normal(_ count: Int, seed: UInt64, deviation: Double = 1, mean: Double = 0) -> [Double] {
    var stream = StreamKey(seed: seed).generator()
    return (0..<count).map { _ in mean + deviation * stream.standardNormal() }
  }

  @Test("figures are those computed by hand")
  func byHand() throws {
    let summaries = bootstrap.errorSummaries(of: [[[1, -1, 1, 3]], [[2, 2, 2, 2], [0, 4, 0, 4]]])
    #expect(summaries[0].bias.values == [1])
    #expect(summaries[0].bias.standardDeviation == nil)
    #expect(summaries[0].standardDeviation.mean == 2.0.squareRoot())
    #expect(summaries[0].rootMeanSquare.mean == 3.0.squareRoot())
    #expect(summaries[0].rootMeanSquareDifference == nil && summaries[0].standardDeviationDifference == nil)
    #expect(summaries[1].bias.values == [2, 2])
    #expect(summaries[1].bias.standardDeviation == 0)
    #expect(summaries[1].standardDeviation.values == [0, 2])
    #expect(summaries[1].standardDeviation.standardDeviation == 2.0.squareRoot())
    let difference = try #require(summaries[1].standardDeviationDifference)
    #expect(difference.value == 1 - 2.0.squareRoot())
  }

  @Test("an interval is that of large samples: σ/√(2n) for a standard deviation")
  func width() throws {
    // Independent errors of deviation 1 and 2: the difference of the deviations has variance (1 + 4)/2n.
    let errors = [[normal(2000, seed: 1)], [normal(2000, seed: 2, deviation: 2)]]
    let difference = try #require(bootstrap.errorSummaries(of: errors)[1].standardDeviationDifference)
    let expected = 2 * 1.645 * (5.0 / 4000).squareRoot()
    // The quantiles of 400 resamples scatter by some 6 %.
    #expect(abs((difference.upper - difference.lower) / expected - 1) < 0.25)
    #expect(difference.lower < 1 && 1 < difference.upper)
  }

  @Test("samples are paired: what all errors have in common does not widen a difference")
  func paired() throws {
    let common = normal(2000, seed: 3)
    let errors = [[common], [common.map { 1.1 * $0 }]]
    let difference = try #require(bootstrap.errorSummaries(of: errors)[1].rootMeanSquareDifference)
    // The difference is 0.1·RMS, as uncertain as 0.1/√(2n).
    #expect(difference.upper - difference.lower < 2 * 0.1 * 1.645 * (1.0 / 4000).squareRoot() * 1.3)
    #expect(abs(difference.value - 0.1) < 0.01)
  }

  @Test("trainings that differ widen a difference")
  func trainings() throws {
    let reference = [[Double]](repeating: normal(2000, seed: 4), count: 4)
    let spread = [0.7, 0.9, 1.1, 1.3].map { factor in normal(2000, seed: 4).map { factor * $0 } }
    let difference = try #require(
      bootstrap.errorSummaries(of: [reference, spread])[1].rootMeanSquareDifference)
    // Means of four of these factors, drawn with replacement, have the standard deviation 0.224/2.
    #expect(abs((difference.upper - difference.lower) / (2 * 1.645 * 0.112) - 1) < 0.25)
    #expect(difference.lower < 0 && difference.upper > 0)
  }

  @Test("resampled means have the value's standard error, and are the same for the same seed")
  func means() {
    let values = [[normal(500, seed: 6, mean: 3)], [normal(500, seed: 7, deviation: 2)]]
    let means = bootstrap.resampledMeans(of: values)
    #expect(means == bootstrap.resampledMeans(of: values))
    #expect(means.count == 400 && means.allSatisfy { $0.count == 2 })
    for (way, (deviation, mean)) in [(1.0, 3.0), (2.0, 0)].enumerated() {
      let column = means.map { $0[way] }
      let centre = column.reduce(0, +) / 400
      let spread = (column.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / 400).squareRoot()
      let expected = deviation / 500.0.squareRoot()
      #expect(abs(centre - mean) < 4 * expected)
      #expect(abs(spread / expected - 1) < 0.2)
    }
  }
}
