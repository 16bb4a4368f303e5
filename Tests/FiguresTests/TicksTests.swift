import Figures
import Testing

@Suite("Ticks")
struct TicksTests {
  private func values(_ ticks: Ticks) -> [Double] { ticks.major.map(\.value) }
  private func labels(_ ticks: Ticks) -> [String] { ticks.major.map(\.label) }

  @Test(
    "linear ticks stand at multiples of 1, 2 or 5 times a power of ten",
    arguments: [
      (0.0, 1.0, 5, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
      (0.05, 0.4, 4, [0.1, 0.2, 0.3, 0.4]),
      (3.5, 8.0, 5, [4, 5, 6, 7, 8]),
      (150.0, 3000.0, 6, [500, 1000, 1500, 2000, 2500, 3000]),
      (-7.0, 7.0, 3, [-5, 0, 5]),
    ])
  func knownRanges(start: Double, end: Double, count: Int, expected: [Double]) {
    #expect(values(.linear(from: start, to: end, count: count)) == expected)
  }

  @Test("labels have the decimals of the step and the typographic minus")
  func linearLabels() {
    #expect(labels(.linear(from: -0.5, to: 0.5, count: 4)) == ["−0.5", "0.0", "0.5"])
    #expect(labels(.linear(from: 0.8, to: 1.01, count: 4)) == ["0.8", "0.9", "1.0"])
    #expect(labels(.linear(from: 0, to: 3000, count: 3)) == ["0", "1000", "2000", "3000"])
  }

  @Test("very large and very small ranges have a common power of ten")
  func commonExponent() {
    let small = Ticks.linear(from: 0, to: 3.2e-6, count: 4)
    #expect(small.exponent == -6)
    #expect(labels(small) == ["0", "1", "2", "3"])
    #expect(values(small) == [0, 1e-6, 2e-6, 3e-6])
    let large = Ticks.linear(from: -1.5e5, to: 1.5e5, count: 6)
    #expect(large.exponent == 5)
    #expect(labels(large) == ["−1.5", "−1.0", "−0.5", "0.0", "0.5", "1.0", "1.5"])
  }

  @Test("a reversed range has the ticks of the range")
  func reversedRange() {
    #expect(Ticks.linear(from: 500, to: 0, count: 5) == .linear(from: 0, to: 500, count: 5))
    #expect(Ticks.logarithmic(from: 500, to: 1, count: 5) == .logarithmic(from: 1, to: 500, count: 5))
  }

  @Test("ranges without width, or too narrow for floating point, have one tick")
  func degenerateRange() {
    #expect(values(.linear(from: 4, to: 4, count: 5)) == [4])
    #expect(values(.linear(from: 1, to: 1.0.nextUp, count: 5)) == [1])
    #expect(values(.linear(from: 0, to: 0, count: 5)) == [0])
  }

  @Test("ranges that are not finite have none")
  func nonFiniteRange() {
    #expect(values(.linear(from: .nan, to: 1, count: 5)).isEmpty)
    #expect(values(.linear(from: 0, to: .infinity, count: 5)).isEmpty)
    #expect(values(.linear(from: -1e308, to: 1e308, count: 5)).isEmpty)
  }

  @Test("logarithmic ticks stand at the decades, minor ones at their multiples")
  func decades() {
    let ticks = Ticks.logarithmic(from: 1, to: 500, count: 6)
    #expect(values(ticks) == [1, 10, 100])
    #expect(labels(ticks) == ["1", "10", "100"])
    let multiples: [Double] = [2, 3, 4, 5, 6, 7, 8, 9, 20, 30, 40, 50, 60, 70, 80, 90, 200, 300, 400, 500]
    #expect(ticks.minor == multiples)
  }

  @Test("decades far from one are written as powers")
  func powerLabels() {
    #expect(labels(.logarithmic(from: 2e-8, to: 3e-6, count: 6)) == ["10^{−7}", "10^{−6}"])
  }

  @Test("of many decades only some are labelled")
  func manyDecades() {
    let ticks = Ticks.logarithmic(from: 1e-9, to: 1, count: 5)
    #expect(labels(ticks) == ["10^{−8}", "10^{−6}", "10^{−4}", "10^{−2}", "10^{0}"])
    #expect(ticks.minor == [1e-9, 1e-7, 1e-5, 1e-3, 1e-1])
  }

  @Test("a short logarithmic range has ticks at 1, 2 and 5 times a power, a very short one linear ticks")
  func shortLogarithmicRange() {
    #expect(labels(.logarithmic(from: 0.05, to: 0.4, count: 6)) == ["0.05", "0.1", "0.2"])
    #expect(
      Ticks.logarithmic(from: 3, to: 4, count: 4) == .linear(from: 3, to: 4, count: 4))
  }
}
