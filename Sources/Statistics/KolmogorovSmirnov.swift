import Foundation

/// The test of whether values come from the same distribution, or from a uniform one.
package struct KolmogorovSmirnov: Sendable, Equatable {
  /// Largest difference D between the two distribution functions.
  package let distance: Double
  /// Probability of at least this distance if the distributions are the same, by Kolmogorov's limit for large samples,
  /// 2 Σₖ (−1)ᵏ⁻¹ exp(−2k²λ²) with λ = D·√(nm/(n + m)), or D·√n.
  package let probability: Double

  /// Compares two samples, neither of them empty.
  package init(_ first: [Double], _ second: [Double]) {
    precondition(!first.isEmpty && !second.isEmpty, "two samples")
    let (a, b) = (first.sorted(), second.sorted())
    var (i, j) = (0, 0)
    var distance = 0.0
    while i < a.count, j < b.count {
      // Equal values are passed together: the functions are compared between values only.
      let value = min(a[i], b[j])
      while i < a.count, a[i] <= value { i += 1 }
      while j < b.count, b[j] <= value { j += 1 }
      distance = max(distance, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
    }
    self.init(
      distance: distance, size: Double(a.count) * Double(b.count) / Double(a.count + b.count))
  }

  /// Compares values, at least one, with the uniform distribution between 0 and 1.
  ///
  /// - Parameter references: If the values are probabilities by the ranks among so many others, which are themselves a sample: then
  ///   the test is that of two samples.
  package init(uniform values: [Double], ranksAmong references: Int? = nil) {
    precondition(!values.isEmpty, "a sample")
    let (sorted, count) = (values.sorted(), Double(values.count))
    let distance = sorted.enumerated().reduce(0) {
      max($0, $1.element - Double($1.offset) / count, Double($1.offset + 1) / count - $1.element)
    }
    self.init(distance: distance, size: references.map { count * Double($0) / (count + Double($0)) } ?? count)
  }

  private init(distance: Double, size: Double) {
    self.distance = distance
    let lambda = distance * size.squareRoot()
    // Below, the series needs many terms and its sum is 1 to ten digits.
    guard lambda > 0.2 else {
      probability = 1
      return
    }
    var sum = 0.0
    for k in 1...100 {
      let term = exp(-2 * Double(k * k) * lambda * lambda)
      sum += k % 2 == 1 ? term : -term
      if term < 1e-17 { break }
    }
    probability = min(1, max(0, 2 * sum))
  }
}
