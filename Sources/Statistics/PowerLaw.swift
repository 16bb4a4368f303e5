import Foundation
import Numerics

/// The curve a + b·x^(−c) for x > 0, as a fit by least squares.
///
/// With c = ½ it is the law by which errors of averages shrink with the length of a recording (Skaar et al. 2020,
/// Fig. 4); with free c it describes learning curves (Cortes et al. 1994, "Learning curves: asymptotic values and rate of
/// convergence").
package struct PowerLaw: Sendable, Equatable, Codable {
  /// a, the value for large x.
  package let asymptote: Double
  /// b.
  package let amplitude: Double
  /// c.
  package let exponent: Double
  /// R² = 1 − Σ (y − fit)² / Σ (y − mean)².
  package let rSquared: Double

  enum CodingKeys: String, CodingKey {
    case asymptote, amplitude, exponent
    case rSquared = "r2"
  }

  /// The value at `x`.
  package func value(at x: Double) -> Double { asymptote + amplitude * pow(x, -exponent) }

  /// Exponents that fits with a free one choose from.
  package static let exponents = 0.05...3.0

  /// The curve with a given exponent that minimises Σ (y − fit)²; nil for fewer than two different x.
  package init?(x: [Double], y: [Double], exponent: Double) {
    self.init(x, y, weights: y.map { _ in 1 }, exponent)
  }

  /// The curve with a ≥ 0 and a free exponent that minimises Σ (1 − fit/y)², as relative errors of losses are alike
  /// over orders of magnitude; nil for fewer than three different x.
  package init?(x: [Double], y: [Double]) {
    guard Set(x).count >= 3, y.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    let weights = y.map { 1 / ($0 * $0) }
    func fit(_ exponent: Double) -> PowerLaw? {
      guard let free = PowerLaw(x, y, weights: weights, exponent), free.asymptote < 0 else {
        return PowerLaw(x, y, weights: weights, exponent)
      }
      return PowerLaw(withoutAsymptote: x, y, weights: weights, exponent)
    }
    func cost(_ exponent: Double) -> Double {
      guard let law = fit(exponent) else { return .infinity }
      return zip(x, y).reduce(0) { $0 + pow(1 - law.value(at: $1.0) / $1.1, 2) }
    }
    // A grid finds the valley, the golden section its bottom.
    let grid = (0...100).map {
      Self.exponents.lowerBound
        * pow(Self.exponents.upperBound / Self.exponents.lowerBound, Double($0) / 100)
    }
    let costs = grid.map(cost)
    let best = costs.indices.min { costs[$0] < costs[$1] }!
    let exponent = goldenSection(
      grid[max(best - 1, 0)]...grid[min(best + 1, 100)], relative: 1e-9, cost)
    guard let law = fit(exponent) else { return nil }
    self = law
  }

  private init?(_ x: [Double], _ y: [Double], weights: [Double], _ exponent: Double) {
    precondition(x.count == y.count, "as many x as y values")
    guard Set(x).count >= 2, x.allSatisfy({ $0 > 0 && $0.isFinite }), y.allSatisfy(\.isFinite) else {
      return nil
    }
    let basis = x.map { pow($0, -exponent) }
    let total = weights.reduce(0, +)
    func mean(_ values: [Double]) -> Double { zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / total }
    let (centre, level) = (mean(basis), mean(y))
    let slope =
      mean(zip(basis, y).map { ($0 - centre) * ($1 - level) })
      / mean(basis.map { ($0 - centre) * ($0 - centre) })
    guard slope.isFinite else { return nil }
    self.init(asymptote: level - slope * centre, amplitude: slope, exponent, x, y)
  }

  private init(withoutAsymptote x: [Double], _ y: [Double], weights: [Double], _ exponent: Double) {
    let basis = x.map { pow($0, -exponent) }
    func sum(_ a: [Double], _ b: [Double]) -> Double {
      weights.indices.reduce(0) { $0 + weights[$1] * a[$1] * b[$1] }
    }
    self.init(asymptote: 0, amplitude: sum(basis, y) / sum(basis, basis), exponent, x, y)
  }

  private init(asymptote: Double, amplitude: Double, _ exponent: Double, _ x: [Double], _ y: [Double]) {
    self.asymptote = asymptote
    self.amplitude = amplitude
    self.exponent = exponent
    let residuals = zip(x, y).map { $1 - asymptote - amplitude * pow($0, -exponent) }
    rSquared = 1 - Moments(residuals).squares / Moments(y).squaredDeviations
  }
}
