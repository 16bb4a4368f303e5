import Foundation

/// Standard normal numbers, many and fast, by Box & Muller (1958, doi:10.1214/aoms/1177706645).
///
/// Logarithm and cosine are the system's: numbers may differ in the last bit between kinds of processors. Where they must
/// not, ``StreamGenerator/standardNormal()`` takes several times longer.
package struct NormalStream: Sendable {
  private var lanes: XoshiroLanes
  private var ready: SIMD8<Double> = .zero
  private var next = 8

  /// The stream of a key.
  package init(key: StreamKey) { lanes = XoshiroLanes(key: key) }

  /// The next number.
  package mutating func callAsFunction() -> Double {
    if next == 8 { fill() }
    defer { next += 1 }
    return ready[next]
  }

  private mutating func fill() {
    let words = lanes.next() &>> 11
    for pair in 0..<4 {
      // 1 − u is never 0.
      let radius = (-2 * log(1 - Double(words[2 * pair]) * 0x1p-53)).squareRoot()
      let angle = 2 * Double.pi * Double(words[2 * pair + 1]) * 0x1p-53
      ready[2 * pair] = radius * cos(angle)
      ready[2 * pair + 1] = radius * sin(angle)
    }
    next = 0
  }
}
