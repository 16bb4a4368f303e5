import RandomStreams

/// How uncertainties are found: the section `evaluation` of configurations.
package struct BootstrapParameters: Sendable, Equatable {
  /// Number of resampled data sets.
  package var resamples: Int
  /// Probability mass of the intervals.
  package var confidence: Double

  /// By default intervals of 95 % from 1000 resamples.
  package init(resamples: Int = 1_000, confidence: Double = 0.95) {
    self.resamples = resamples
    self.confidence = confidence
  }
}

extension StreamPurpose {
  static let bootstrap = StreamPurpose("bootstrap")
}

/// Percentile bootstrap intervals (Efron and Tibshirani 1993).
package struct Bootstrap: Sendable {
  /// Number of resamples and probability mass of the intervals.
  package let parameters: BootstrapParameters
  private let key: StreamKey

  /// Intervals whose resamples are named by a seed.
  package init(_ parameters: BootstrapParameters, seed: UInt64) {
    self.parameters = parameters
    key = StreamKey(seed: seed).derived(.bootstrap)
  }

  /// A statistic of every resample, which it draws from the stream it is given
  /// (``RandomStreams/StreamGenerator/resample(of:)``). The stream of a resample is the same in every call, so that
  /// statistics which draw alike are paired.
  package func resampled<Value>(_ statistic: (inout StreamGenerator) -> Value) -> [Value] {
    (0..<parameters.resamples).map { resample in
      var stream = key.derived(.bootstrap, UInt64(resample)).generator()
      return statistic(&stream)
    }
  }

  /// A value with the interval of its resampled values; those not finite are left out.
  package func interval(_ value: Double, _ resampled: [Double]) -> IntervalEstimate {
    let sorted = resampled.filter(\.isFinite).sorted()
    let tail = (1 - parameters.confidence) / 2
    return IntervalEstimate(
      value: value, lower: quantile(tail, of: sorted), upper: quantile(1 - tail, of: sorted))
  }
}

extension StreamGenerator {
  /// As many positions as there are below `count`, drawn with replacement.
  package mutating func resample(of count: Int) -> [Int] { (0..<count).map { _ in index(below: count) } }
}
