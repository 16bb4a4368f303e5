import Foundation
import RandomStreams
import TestSupport
import Testing

@Suite("Truncated normal distribution")
struct TruncatedNormalTests {
  /// Cumulative distribution, mean and variance in closed form (Johnson, Kotz and Balakrishnan 1994, 13.10).
  private struct Analytic {
    let distribution: TruncatedNormal
    private var sd: Double { distribution.standardDeviation }
    private var a: Double { (distribution.bounds.lowerBound - distribution.mean) / sd }
    private var b: Double { (distribution.bounds.upperBound - distribution.mean) / sd }
    private func density(_ z: Double) -> Double {
      z.isInfinite ? 0 : exp(-z * z / 2) / (2 * .pi).squareRoot()
    }
    private func normal(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }
    private var mass: Double { normal(b) - normal(a) }
    private var shift: Double { (density(a) - density(b)) / mass }

    var mean: Double { distribution.mean + sd * shift }
    var variance: Double {
      let edges = (a.isInfinite ? 0 : a * density(a)) - (b.isInfinite ? 0 : b * density(b))
      return sd * sd * (1 + edges / mass - shift * shift)
    }
    func cumulative(_ x: Double) -> Double {
      (normal((x - distribution.mean) / sd) - normal(a)) / mass
    }
  }

  /// Symmetric, one-sided, narrow (uniform proposals) and wide (rejection), and those of the robustness study.
  static let distributions = [
    TruncatedNormal(mean: 0, standardDeviation: 1, bounds: -8...8),
    TruncatedNormal(mean: 0, standardDeviation: 1, bounds: -1.9...2.2),
    TruncatedNormal(mean: 0, standardDeviation: 1, bounds: -1.9...2.0),
    TruncatedNormal(mean: 0, standardDeviation: 1, bounds: 0...10),
    TruncatedNormal(mean: 5, standardDeviation: 2, bounds: 4.5...5.2),
    TruncatedNormal(mean: 3, standardDeviation: 0.5, bounds: -20...3),
    TruncatedNormal(mean: 1.5, standardDeviation: 0.5, bounds: 0.2...2.8),
    TruncatedNormal(mean: 20, standardDeviation: 9, bounds: 2...38),
    TruncatedNormal(mean: 20, standardDeviation: 3, bounds: 12...28),
    TruncatedNormal(mean: 0, standardDeviation: 1, bounds: -.infinity ... .infinity),
  ]

  @Test("Draws keep to the bounds and follow the distribution", arguments: distributions.indices)
  func distribution(index: Int) {
    let distribution = Self.distributions[index]
    let exact = Analytic(distribution: distribution)
    var generator = StreamKey(seed: 31).derived("normal", UInt64(index)).generator()
    let count = 200_000
    var bins = [Int](repeating: 0, count: 100)
    var sum = 0.0, squares = 0.0, fourths = 0.0
    for _ in 0..<count {
      let x = distribution.sample(&generator)
      #expect(distribution.bounds.contains(x))
      bins[min(Int(exact.cumulative(x) * 100), 99)] += 1
      let deviation = x - exact.mean
      sum += deviation
      squares += deviation * deviation
      fourths += deviation * deviation * deviation * deviation
    }
    let n = Double(count)
    // Within four standard errors, which chance exceeds once in 16,000 times.
    #expect(abs(sum / n) < 4 * (exact.variance / n).squareRoot())
    let errorOfVariance = ((fourths / n - exact.variance * exact.variance) / n).squareRoot()
    #expect(abs(squares / n - exact.variance) < 4 * errorOfVariance)
    #expect(abs(chiSquareDeviate(bins, expected: .init(repeating: n / 100, count: 100))) < 4)
  }

  @Test("A standard deviation of 0 gives the mean and draws nothing")
  func zeroStandardDeviation() {
    let distribution = TruncatedNormal(mean: 1.5, standardDeviation: 0, bounds: 0.2...2.8)
    var generator = StreamKey(seed: 1).generator(), untouched = generator
    for _ in 0..<10 { #expect(distribution.sample(&generator) == 1.5) }
    #expect(generator.next() == untouched.next())
  }

  @Test("Events of probability exp(−x) come up that often", arguments: [0, 1e-3, 0.5, 1, 1.5, 4])
  func exponentialProbability(exponent: Double) {
    var generator = StreamKey(seed: 32).derived("exponential").generator()
    let count = 200_000
    let hits = (0..<count).count { _ in generator.bernoulli(expMinus: exponent) }
    let p = exp(-exponent)
    #expect(abs(Double(hits) - p * Double(count)) <= 4 * (p * (1 - p) * Double(count)).squareRoot())
  }

  @Test("Equal keys give equal draws, frozen here")
  func golden() {
    var generator = StreamKey(seed: 33).derived("normal").generator()
    let wide = TruncatedNormal(mean: 20, standardDeviation: 3, bounds: 12...28)
    let narrow = TruncatedNormal(mean: 20, standardDeviation: 3, bounds: 18...22)
    let draws = (0..<2).map { _ in wide.sample(&generator) } + (0..<2).map { _ in narrow.sample(&generator) }
    #expect(draws == [22.442266120353725, 21.42737085880045, 19.9725883179029, 19.274860249589494])
  }
}
