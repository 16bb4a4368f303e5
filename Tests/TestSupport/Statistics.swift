/// Pearson's correlation coefficient.
package func correlation(_ x: some Collection<Double>, _ y: some Collection<Double>) -> Double {
  let n = Double(x.count)
  let meanX = x.reduce(0, +) / n, meanY = y.reduce(0, +) / n
  var xy = 0.0, xx = 0.0, yy = 0.0
  for (a, b) in zip(x, y) {
    xy += (a - meanX) * (b - meanY)
    xx += (a - meanX) * (a - meanX)
    yy += (b - meanY) * (b - meanY)
  }
  return xy / (xx * yy).squareRoot()
}

/// Pearson's χ² of observed counts that should all be `expected`.
package func chiSquare(_ observed: [Int], expected: Double) -> Double {
  observed.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
}
