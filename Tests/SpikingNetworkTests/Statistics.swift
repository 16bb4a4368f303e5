import Foundation

/// Pearson's correlation coefficient.
func correlation(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) -> Double {
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
