import Foundation
import Numerics
import Testing

@Suite("Gauss-Legendre quadrature")
struct QuadratureTests {
  private func integral(_ rule: GaussLegendre, of function: (Double) -> Double) -> Double {
    zip(rule.nodes, rule.weights).reduce(0) { $0 + $1.1 * function($1.0) }
  }

  @Test("n nodes are exact up to degree 2n − 1 and not beyond", arguments: [1, 2, 3, 4, 8, 20])
  func exactness(count: Int) {
    let rule = GaussLegendre(count)
    #expect(rule.nodes.count == count && rule.weights.count == count)
    for degree in 0..<2 * count {
      let value = integral(rule) { pow($0, Double(degree)) }
      #expect(abs(value * Double(degree + 1) - 1) < 1e-14)
    }
    guard count < 8 else { return }
    // The error of degree 2n is (n!)⁴ / ((2n + 1) ((2n)!)²).
    let n = Double(count)
    let expected = exp(4 * lgamma(n + 1) - 2 * lgamma(2 * n + 1)) / (2 * n + 1)
    let error = 1 / (2 * n + 1) - integral(rule) { pow($0, 2 * n) }
    #expect(abs(error / expected - 1) < 1e-6)
  }

  @Test("two nodes stand at ½ ± 1/√12, three at ½ and ½ ± √0.15")
  func nodes() {
    let two = GaussLegendre(2)
    #expect(abs(two.nodes[0] - (0.5 - 1 / 12.0.squareRoot())) < 1e-15)
    #expect(two.weights.allSatisfy { abs($0 - 0.5) < 1e-15 })
    let three = GaussLegendre(3)
    for (node, expected) in zip(three.nodes, [0.5 - 0.15.squareRoot(), 0.5, 0.5 + 0.15.squareRoot()]) {
      #expect(abs(node - expected) < 1e-15)
    }
    for (weight, expected) in zip(three.weights, [5.0 / 18, 8.0 / 18, 5.0 / 18]) {
      #expect(abs(weight - expected) < 1e-15)
    }
  }
}
