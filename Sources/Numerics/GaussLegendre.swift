import Foundation

/// Nodes and weights of Gauss-Legendre quadrature on [0, 1].
package struct GaussLegendre: Sendable {
  package let nodes: [Double]
  package let weights: [Double]

  /// The rule with `count` nodes, exact for polynomials of degree 2·count - 1.
  package init(_ count: Int) {
    var nodes: [Double] = []
    var weights: [Double] = []
    for index in 0..<count {
      // Newton's method for the roots of the Legendre polynomial from Chebyshev-like starting points.
      var x = -cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<8 {
        var (previous, value) = (1.0, x)
        for degree in 2...max(2, count) where degree <= count {
          let n = Double(degree)
          (previous, value) = (value, ((2 * n - 1) * x * value - (n - 1) * previous) / n)
        }
        slope = Double(count) * (x * value - previous) / (x * x - 1)
        x -= value / slope
      }
      nodes.append((1 + x) / 2)
      weights.append(1 / ((1 - x * x) * slope * slope))
    }
    self.nodes = nodes
    self.weights = weights
  }
}

extension GaussLegendre {
  /// The integral of a function from `lower` to `upper`.
  package func integral(from lower: Double, to upper: Double, _ function: (Double) -> Double) -> Double {
    let width = upper - lower
    var sum = 0.0
    for (node, weight) in zip(nodes, weights) { sum += weight * function(lower + node * width) }
    return sum * width
  }
}
