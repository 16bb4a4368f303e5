/// A distribution over consecutive whole numbers as 64-bit fixed-point thresholds, for sampling by inversion.
///
/// With u a uniform 64-bit word, the value is `first` plus the number of k with u ≥ `thresholds[k]`; a threshold is
/// 2⁶⁴·P(X ≤ first + k) rounded, accurate in both tails. It is made with additions, multiplications and divisions
/// only, so that it is the same on every machine.
struct CumulativeTable: Sendable, Equatable {
  let thresholds: [UInt64]
  /// The smallest value with a probability that matters.
  let first: Int

  /// The distribution of `lowest`, `lowest` + 1, … with these weights, which need not sum to one.
  init(weights: [Double], lowest: Int) {
    // Sums from the small ends, so that both tails keep their relative precision.
    var below = weights
    for i in weights.indices.dropFirst() { below[i] += below[i - 1] }
    var above = weights
    for i in weights.indices.dropLast().reversed() { above[i] += above[i + 1] }
    let total = below.last ?? 0
    var thresholds: [UInt64] = []
    var first = lowest
    for i in weights.indices.dropLast() {
      let cumulative = below[i] / total
      let threshold: UInt64
      if cumulative < 0.5 {
        threshold = UInt64((cumulative * 0x1p64).rounded())
      } else {
        let tail = (above[i + 1] / total * 0x1p64).rounded()
        if tail == 0 { break }
        threshold = 0 &- UInt64(tail)
      }
      if threshold == 0 { first = lowest + i + 1 } else { thresholds.append(threshold) }
    }
    self.thresholds = thresholds
    self.first = first
  }

  /// The value that belongs to the uniform word `u`.
  func value(for u: UInt64) -> Int {
    var value = first
    for threshold in thresholds {
      if u < threshold { break }
      value += 1
    }
    return value
  }
}
