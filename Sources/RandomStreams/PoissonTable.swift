/// Errors of the samplers' parameters.
public enum SamplerError: Error, Equatable, CustomStringConvertible {
  /// A Poisson mean outside the supported range.
  case poissonMean(Double, allowed: ClosedRange<Double>)

  /// One line with the value and what was expected.
  public var description: String {
    switch self {
    case .poissonMean(let mean, let allowed):
      "Poisson mean \(mean) is outside \(allowed.lowerBound) … \(allowed.upperBound)"
    }
  }
}

/// The cumulative Poisson distribution as 64-bit fixed-point thresholds, for sampling by inversion.
///
/// With u a uniform 64-bit word, the count is the number of k with u ≥ `thresholds[k]`, where
/// `thresholds[k]` is 2⁶⁴·P(X ≤ k) rounded. The table ends where P(X > k) rounds to nothing, that is at
/// tail probabilities of 2⁻⁶⁵: no other approximation is made. It is computed with additions,
/// multiplications and divisions only, so that it is the same on every machine.
public struct PoissonTable: Sendable, Equatable {
  /// Means that a table can be made for.
  public static let meanRange: ClosedRange<Double> = 0...4096

  /// Expected count.
  public let mean: Double
  /// 2⁶⁴·P(X ≤ k) for k = `firstCount`, `firstCount` + 1, …, in increasing order.
  public let thresholds: [UInt64]
  /// Counts below this have a probability under 2⁻⁶⁵ in sum and never occur.
  public let firstCount: Int

  /// The table for `mean`; throws ``SamplerError`` outside ``meanRange``.
  public init(mean: Double) throws(SamplerError) {
    guard Self.meanRange.contains(mean) else {
      throw .poissonMean(mean, allowed: Self.meanRange)
    }
    self.mean = mean
    // Weights relative to that of the mode, upwards and downwards until they no longer matter.
    let mode = Int(mean)
    var upper = [1.0]  // weights of mode, mode + 1, …
    while let last = upper.last, last > 0x1p-90 {
      upper.append(last * mean / Double(mode + upper.count))
    }
    var lower: [Double] = []  // weights of mode − 1, mode − 2, …
    var weight = 1.0
    for k in stride(from: mode, to: 0, by: -1) {
      weight *= Double(k) / mean
      guard weight > 0x1p-90 else { break }
      lower.append(weight)
    }
    // Sums from the small ends, so that both tails keep their relative precision.
    let weights = lower.reversed() + upper
    let lowest = mode - lower.count
    var below = weights
    for i in 1..<below.count { below[i] += below[i - 1] }
    var above = weights
    for i in stride(from: above.count - 2, through: 0, by: -1) { above[i] += above[i + 1] }
    let total = below[lower.count] + above[lower.count + 1]

    var thresholds: [UInt64] = []
    var first = lowest
    for i in weights.indices.dropLast() {
      let cumulative = below[i] / total
      let survival = above[i + 1] / total
      let threshold: UInt64
      if cumulative < 0.5 {
        threshold = UInt64((cumulative * 0x1p64).rounded())
      } else {
        let tail = (survival * 0x1p64).rounded()
        if tail == 0 { break }
        threshold = 0 &- UInt64(tail)
      }
      if threshold == 0 { first = lowest + i + 1 } else { thresholds.append(threshold) }
    }
    self.thresholds = thresholds
    firstCount = first
  }

  /// The count that belongs to the uniform word `u`.
  @inlinable
  public func count(for u: UInt64) -> Int {
    var count = firstCount
    for threshold in thresholds {
      if u < threshold { break }
      count += 1
    }
    return count
  }
}
