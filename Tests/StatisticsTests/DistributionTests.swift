import Statistics
import TestSupport
import Testing

@Suite("Distributions")
struct DistributionTests {
  @Test("SciPy finds the same tails and probabilities")
  func reference() throws {
    let reference = try DistributionsReference.load()
    for row in reference.tails {
      let tail = ChiSquareDistribution(degreesOfFreedom: Int(row[0])).upperTail(row[1])
      #expect(abs(tail - row[2]) <= 1e-12 * row[2] + 1e-300)
    }
    for row in reference.student {
      let found = StudentDistribution(degreesOfFreedom: Int(row[0])).cumulative(row[1])
      #expect(abs(found - row[2]) < 1e-14)
    }
  }
}
