import Foundation
import RandomStreams

extension StreamKey {
  /// A key for a test, by name.
  func derived(_ name: StaticString, _ index: UInt64 = 0) -> StreamKey {
    derived(StreamPurpose(name), index)
  }
}

/// Pearson's correlation coefficient.
func correlation(_ x: [Double], _ y: [Double]) -> Double {
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
