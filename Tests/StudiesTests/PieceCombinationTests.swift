import RandomStreams
import Studies
import Testing

@Suite("Estimates from pieces of a recording are combined")
struct PieceCombinationTests {
  @Test("one piece stays as it is")
  func one() {
    let combined = PieceCombination(values: [[1, 2]], covariances: [[4, 3, 3, 9]])
    #expect(combined.estimates == [1, 2])
    #expect(combined.standardDeviations == [2, 3])
    #expect(combined.correlations == [1, 0.5, 0.5, 1])
    #expect(!combined.isInconsistent)
  }

  @Test("without distributions there is a mean")
  func points() {
    let combined = PieceCombination(values: [[1, 2], [2, 6]], covariances: nil)
    #expect(combined.estimates == [1.5, 4])
    #expect(combined.standardDeviations == nil && combined.correlations == nil && !combined.isInconsistent)
  }

  @Test("variance that pieces do not share shrinks, what they share stays")
  func variances() {
    // Spread 2 of a predicted variance of 4: 4 - 2/2 for two pieces.
    #expect(
      PieceCombination(values: [[0], [2]], covariances: [[3], [5]]).standardDeviations == [
        Double(3).squareRoot()
      ])
    // No spread: all of the variance is shared.
    #expect(PieceCombination(values: [[1], [1]], covariances: [[4], [4]]).standardDeviations == [2])
    // More spread than predicted: what is left of the mean's own variance.
    #expect(PieceCombination(values: [[0], [4]], covariances: [[4], [4]]).standardDeviations == [2])
  }

  @Test("pieces of which parameters change are noticed")
  func changing() {
    let covariances = [[Double]](repeating: [1], count: 4)
    #expect(!PieceCombination(values: [[0], [1], [-1], [0.5]], covariances: covariances).isInconsistent)
    #expect(PieceCombination(values: [[0], [0.1], [5], [5.2]], covariances: covariances).isInconsistent)
  }

  @Test(
    "intervals cover as often as they should, however the error is divided", arguments: [0.0, 0.3, 0.7, 1.0])
  func coverage(shared: Double) {
    var stream = StreamKey(seed: 20).generator()
    let (count, pieces) = (4000, 6)
    var (covered, inconsistent) = (0, 0)
    for _ in 0..<count {
      let common = shared.squareRoot() * stream.standardNormal()
      let values = (0..<pieces).map { _ in [common + (1 - shared).squareRoot() * stream.standardNormal()] }
      let combined = PieceCombination(
        values: values, covariances: Array(repeating: [1.0], count: pieces))
      if abs(combined.estimates[0]) < 1.645 * combined.standardDeviations![0] { covered += 1 }
      if combined.isInconsistent { inconsistent += 1 }
    }
    // Four standard errors of 0.9 are 0.019; the floor under the variance makes intervals wider where nothing is shared.
    let coverage = Double(covered) / Double(count)
    #expect(coverage > 0.88 && coverage < (shared < 0.2 ? 0.98 : 0.93), "\(coverage)")
    #expect(inconsistent <= 12)
  }
}
