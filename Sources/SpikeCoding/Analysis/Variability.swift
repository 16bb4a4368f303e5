/// How irregular spike trains are.
package enum Variability {
  /// Coefficient of variation of a neuron's intervals, averaged over those with enough of them; nil if there are none.
  package static func coefficientOfVariation(_ intervals: [[Int]], atLeast count: Int) -> Double? {
    let values = intervals.filter { $0.count >= count }.map { intervals in
      let n = Double(intervals.count)
      let mean = Double(intervals.reduce(0, +)) / n
      let variance = intervals.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / n
      return variance.squareRoot() / mean
    }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// Pearson's correlation of two series; nil if one of them is constant.
  package static func correlation(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double? {
    let n = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      ab += (x - meanA) * (y - meanB)
      aa += (x - meanA) * (x - meanA)
      bb += (y - meanB) * (y - meanB)
    }
    return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : nil
  }
}
