import Figures
import Testing

@Suite("Scale")
struct ScaleTests {
  @Test("a linear scale maps its ends to 0 and 1")
  func linear() {
    let scale = Scale(.linear, from: -2, to: 6)
    #expect([-2, 0, 6, 10].map { scale.fraction(of: $0) } == [0, 0.25, 1, 1.5])
  }

  @Test("a logarithmic scale maps equal ratios to equal distances")
  func logarithmic() throws {
    let scale = Scale(.logarithmic, from: 1, to: 10_000)
    // log(100)/log(10000) is 1/2 up to the rounding of two logarithms.
    #expect(abs(try #require(scale.fraction(of: 100)) - 0.5) < 1e-15)
    #expect(scale.fraction(of: 1) == 0)
  }

  @Test("a scale may be reversed")
  func reversed() {
    let scale = Scale(.linear, from: 500, to: 0)
    #expect([500, 125, 0].map { scale.fraction(of: $0) } == [0, 0.75, 1])
  }

  @Test("values without a place have none")
  func noPlace() {
    let logarithmic = Scale(.logarithmic, from: 1, to: 10)
    for value in [0, -1, .nan, .infinity] { #expect(logarithmic.fraction(of: value) == nil) }
    #expect(Scale(.linear, from: 0, to: 1).fraction(of: -.infinity) == nil)
  }

  @Test("limits that cannot span an axis are replaced by ones that can")
  func invalidLimits() {
    #expect(Scale(.linear, from: 5, to: 5) == Scale(.linear, from: 4.5, to: 5.5))
    #expect(Scale(.linear, from: 0, to: 0) == Scale(.linear, from: -1, to: 1))
    #expect(Scale(.linear, from: .nan, to: .infinity) == Scale(.linear, from: 0, to: 1))
    #expect(Scale(.logarithmic, from: -1, to: 8) == Scale(.logarithmic, from: 4, to: 16))
    #expect(Scale(.logarithmic, from: 0, to: 0) == Scale(.logarithmic, from: 1, to: 10))
  }

  @Test("the largest numbers do not overflow")
  func extremes() {
    let scale = Scale(
      .linear, from: -Double.greatestFiniteMagnitude, to: Double.greatestFiniteMagnitude)
    #expect(scale.fraction(of: 0) == 0.5)
  }
}
