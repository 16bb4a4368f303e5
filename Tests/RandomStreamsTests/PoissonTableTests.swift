import RandomStreams
import Testing

@Suite("Table of the Poisson distribution")
struct PoissonTableTests {
  @Test("Thresholds equal those of exact arithmetic", arguments: ExactPoisson.all)
  func thresholdsAreExact(_ exact: ExactPoisson) throws {
    let table = try PoissonTable(mean: exact.mean)
    #expect(table.firstCount == exact.first)
    #expect(table.thresholds.count == exact.thresholds)
    for (k, expected) in exact.cumulative {
      let threshold = table.thresholds[k - exact.first]
      // Double precision of the smaller of the two tails: a few roundings, more in the long tables.
      let tail = Double(min(expected, 0 &- expected))
      let difference = Double(max(threshold, expected) - min(threshold, expected))
      #expect(difference <= 1 + 2e-14 * tail, "mean \(exact.mean), count \(k): off by \(difference)")
    }
  }

  @Test(
    "Mean and variance of the table are the mean",
    arguments: [
      1e-6, 0.01, 0.3, 1, 1.999_999, 2, 7.5, 19.9, 20, 64, 255.5, 1000, 4095.9, 4096,
    ])
  func moments(mean: Double) throws {
    let table = try PoissonTable(mean: mean)
    // E X = Σ P(X > k) and E X² = Σ (2k + 1)·P(X > k), here of X − firstCount, of which P(X > k) is
    // 1 − threshold/2⁶⁴.
    var first = 0.0, second = 0.0
    for (k, threshold) in table.thresholds.enumerated() {
      let survival = Double(0 &- threshold) * 0x1p-64
      first += survival
      second += Double(2 * k + 1) * survival
    }
    #expect(abs(Double(table.firstCount) + first - mean) <= 1e-12 * mean)
    // Squares up to (40 standard deviations)² of rounding.
    #expect(abs(second - first * first - mean) <= 1e-10 * mean)
  }

  @Test("With mean 0 there is never a count")
  func meanZero() throws {
    let table = try PoissonTable(mean: 0)
    #expect(table.count(for: 0) == 0 && table.count(for: .max) == 0)
  }

  @Test(
    "The count is the number of thresholds up to the word, just below and at each of them",
    arguments: [
      0.01, 2, 20, 100, 4096,
    ])
  func countAtThresholds(mean: Double) throws {
    let table = try PoissonTable(mean: mean)
    #expect(table.count(for: 0) == table.firstCount)
    #expect(table.count(for: .max) == table.firstCount + table.thresholds.count)
    #expect(table.thresholds == table.thresholds.sorted())
    for word in table.thresholds.flatMap({ [$0 - 1, $0] }) {
      #expect(table.count(for: word) == table.firstCount + table.thresholds.count { $0 <= word })
    }
  }

  @Test("Counts do not fall as the word rises")
  func countIsMonotone() throws {
    let table = try PoissonTable(mean: 3.7)
    var last = 0
    for word in stride(from: 0, to: UInt64.max - (1 << 48), by: 1 << 48) {
      let count = table.count(for: word)
      #expect(count >= last)
      last = count
    }
    #expect(last > 10)
  }

  @Test("Means outside the range are refused", arguments: [-0.1, -.infinity, 4096.001, .infinity])
  func meansOutsideRange(mean: Double) {
    let expected = SamplerError.poissonMean(mean, allowed: 0...4096)
    #expect(throws: expected) { try PoissonTable(mean: mean) }
    #expect(expected.description == "Poisson mean \(mean) is outside 0.0 … 4096.0")
  }

  @Test("A mean that is not a number is refused")
  func meanNotANumber() {
    #expect(throws: SamplerError.self) { try PoissonTable(mean: .nan) }
  }
}
