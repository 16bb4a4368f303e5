import Foundation

/// From a statistic to the probability that it is at least as large for a spectrum like those of the training: the share of
/// calibration samples above, and an exponential tail beyond the largest twentieth of them.
public struct TailCalibration: Sendable, Equatable {
  /// Values of the calibration samples, ascending.
  public let reference: [Double]

  /// The share of the samples that the tail is fitted to.
  private static let tailShare = 0.05

  /// A calibration by at least ``PredictionShape/leastSamples`` values, in any order.
  public init(_ values: [Double]) {
    precondition(values.count >= PredictionShape.leastSamples, "enough values")
    reference = values.sorted()
  }

  /// Where the tail begins, the mean excess of values there, and the probability of the tail.
  var tail: (start: Double, meanExcess: Double, share: Double) {
    let count = Double(reference.count)
    let first = reference.count - max(10, Int(Self.tailShare * count))
    let start = reference[first]
    let tail = reference[first...]
    let excess = tail.reduce(0) { $0 + ($1 - start) } / Double(tail.count - 1)
    return (start, excess, (Double(tail.count) - 0.5) / count)
  }

  /// The probability of at least `value`, between 0 and 1.
  public func probability(ofAtLeast value: Double) -> Double {
    guard value.isFinite else { return 0 }
    let count = Double(reference.count)
    let tail = tail
    if value > tail.start {
      return tail.meanExcess > 0 ? tail.share * exp(-(value - tail.start) / tail.meanExcess) : 0
    }
    // Each value stands in the middle of its share; between them probabilities are interpolated.
    let above = reference.partitioningIndex { $0 >= value }
    func share(_ index: Int) -> Double { (count - Double(index) - 0.5) / count }
    guard above > 0 else { return above < reference.count && reference[0] == value ? share(0) : 1 }
    let (lower, upper) = (reference[above - 1], reference[above])
    let fraction = upper > lower ? (value - lower) / (upper - lower) : 1
    return share(above - 1) + fraction * (share(above) - share(above - 1))
  }
}

extension [Double] {
  /// The first index whose element satisfies a condition that holds for all after it.
  fileprivate func partitioningIndex(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
