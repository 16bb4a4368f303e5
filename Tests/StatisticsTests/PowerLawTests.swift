import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Fitted power laws")
struct PowerLawTests {
  private static let x = [0.3, 0.45, 0.75, 1.05, 1.65, 2.25, 2.85]

  @Test("values of a law give the law back", arguments: [(0.002, 0.003), (0, 1), (-0.5, 2), (0.1, -0.02)])
  func exact(asymptote: Double, amplitude: Double) throws {
    let law = try #require(
      PowerLaw(x: Self.x, y: Self.x.map { asymptote + amplitude / $0.squareRoot() }, exponent: 0.5))
    #expect(abs(law.asymptote - asymptote) < 1e-12 * abs(amplitude))
    #expect(abs(law.amplitude - amplitude) < 1e-12 * abs(amplitude))
    #expect(abs(law.rSquared - 1) < 1e-12)
    #expect(abs(law.value(at: 4) - (asymptote + amplitude / 2)) < 1e-12)
  }

  @Test(
    "so does the exponent, where it is free", arguments: [(0.005, 1.5, 0.7), (0, 3, 0.4), (0.01, 40, 1.2)])
  func exactExponent(asymptote: Double, amplitude: Double, exponent: Double) throws {
    let x = [500.0, 1000, 2000, 4000, 8000]
    let law = try #require(PowerLaw(x: x, y: x.map { asymptote + amplitude * pow($0, -exponent) }))
    // The bottom of the valley is flat: half the digits of a double.
    #expect(abs(law.exponent - exponent) < 1e-5)
    #expect(abs(law.asymptote - asymptote) < 1e-6)
    #expect(abs(law.amplitude / amplitude - 1) < 1e-4)
    #expect(law.rSquared > 1 - 1e-9)
  }

  @Test("an asymptote below zero is not believed in where the exponent is free")
  func asymptote() throws {
    let x = [1.0, 2, 4, 8]
    let law = try #require(PowerLaw(x: x, y: x.map { 1.3 - 0.4 * log2($0) }))
    #expect(law.asymptote == 0)
    #expect(law.value(at: 1e6) > 0)
  }

  @Test("SciPy finds the same")
  func reference() throws {
    let reference = try DistributionsReference.load()
    let half = try #require(PowerLaw(x: reference.x, y: reference.y, exponent: 0.5))
    #expect(abs(half.asymptote / reference.half[0] - 1) < 1e-6)
    #expect(abs(half.amplitude / reference.half[1] - 1) < 1e-6)
    #expect(abs(half.rSquared - reference.halfR2) < 1e-9)
    let free = try #require(PowerLaw(x: reference.x, y: reference.y))
    #expect(abs(free.asymptote / reference.free[0] - 1) < 1e-4)
    #expect(abs(free.amplitude / reference.free[1] - 1) < 1e-3)
    #expect(abs(free.exponent / reference.free[2] - 1) < 1e-4)
  }

  @Test("too few different abscissae give no law, nor do impossible values")
  func tooFew() {
    #expect(PowerLaw(x: [2, 2, 2], y: [1, 2, 3], exponent: 0.5) == nil)
    #expect(PowerLaw(x: [], y: [], exponent: 0.5) == nil)
    #expect(PowerLaw(x: [1, 2, 2], y: [3, 2, 1]) == nil)
    #expect(PowerLaw(x: [0, 1, 2], y: [3, 2, 1], exponent: 0.5) == nil)
    #expect(PowerLaw(x: [1, 2, 3], y: [3, .nan, 1], exponent: 0.5) == nil)
    #expect(PowerLaw(x: [1, 2, 3], y: [3, 0, 1]) == nil)
  }
}
