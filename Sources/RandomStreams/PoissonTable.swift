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

/// A Poisson distribution, sampled exactly by inversion of 64-bit words.
///
/// The table ends where P(X > k) rounds to nothing, that is at tail probabilities of 2⁻⁶⁵: no other approximation is
/// made.
public struct PoissonTable: Sendable, Equatable {
  /// Means that a table can be made for.
  public static let meanRange: ClosedRange<Double> = 0...4096

  /// Expected count.
  public let mean: Double
  private let table: CumulativeTable
  /// P(X = k) for k = `lowest`, `lowest` + 1, … wherever it exceeds 2⁻⁹⁰ of that of the mode.
  let probabilities: [Double]
  let lowest: Int

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
    let weights = lower.reversed() + upper
    lowest = mode - lower.count
    table = CumulativeTable(weights: weights, lowest: lowest)
    let total = weights.sorted().reduce(0, +)
    probabilities = weights.map { $0 / total }
  }

  /// 2⁶⁴·P(X ≤ k) for k = `firstCount`, `firstCount` + 1, …, in increasing order.
  public var thresholds: [UInt64] { table.thresholds }

  /// Counts below this have a probability under 2⁻⁶⁵ in sum and never occur.
  public var firstCount: Int { table.first }

  /// The count that belongs to the uniform word `u`.
  public func count(for u: UInt64) -> Int { table.value(for: u) }
}
