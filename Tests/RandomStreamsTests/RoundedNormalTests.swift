import Foundation
import RandomStreams
import Testing

@Suite("Rounded normal distribution")
struct RoundedNormalTests {
  @Test(
    "Probabilities are differences of the error function",
    arguments: [(1.5, 0.5, 0.2, 2.8), (1.5, 0.01, 0.2, 2.8), (1.5, 50, 0.2, 2.8), (0.1, 0.2, 0, 3)])
  func probabilities(mean: Double, deviation: Double, lower: Double, upper: Double) {
    let law = RoundedNormal(
      TruncatedNormal(mean: mean, standardDeviation: deviation, bounds: lower...upper), step: 0.1, least: 1)
    func cumulative(_ t: Double) -> Double {
      erfc((mean - min(max(t, lower), upper)) / deviation / 2.0.squareRoot()) / 2
    }
    let total = cumulative(upper) - cumulative(lower)
    for (i, probability) in law.probabilities.enumerated() {
      let multiple = Double(law.lowest + i)
      let from = i == 0 ? lower : (multiple - 0.5) * 0.1
      let exact = (cumulative((multiple + 0.5) * 0.1) - cumulative(from)) / total
      // Rounding in both; the differences cancel where the distribution is wide.
      #expect(abs(probability - exact) < 1e-13)
    }
    #expect(abs(law.probabilities.reduce(0, +) - 1) < 1e-14)
  }

  @Test("A mixture leaves at least one cell to the rest")
  func mixtureOfTwo() {
    let cells = DiscreteCells(probabilities: [0.5, 0.5], lowest: 3)
    #expect(cells.firstValue == 3 && cells.ends.last == 65_535)
    #expect(cells.value(for: 0, 0) == 3 && cells.value(for: 65_534, 0) == 4)
    let rest = cells.value(for: 65_535, 0)
    #expect(rest == 3 || rest == 4)
  }
}
