/// Numbers counted in bins of equal width.
package struct Histogram: Sendable, Equatable {
  /// Borders of the bins, one more than bins.
  package let edges: [Double]
  /// How many numbers lie in each bin, its lower border included.
  package let counts: [Double]
  /// How many numbers lie in none.
  package let outside: Int

  /// The histogram of `values` in `bins` bins from `-limit` to `limit`.
  package init(_ values: [Double], limit: Double, bins: Int) {
    let width = 2 * limit / Double(bins)
    var counts = [Double](repeating: 0, count: bins)
    var outside = 0
    for value in values {
      let bin = ((value + limit) / width).rounded(.down)
      if bin >= 0 && bin < Double(bins) { counts[Int(bin)] += 1 } else { outside += 1 }
    }
    edges = (0...bins).map { -limit + Double($0) * width }
    self.counts = counts
    self.outside = outside
  }
}
