import ParameterSampling
import RandomStreams

extension StreamPurpose {
  static let bootstrap = StreamPurpose("bootstrap")
}

/// Error statistics with percentile bootstrap intervals over samples (Efron and Tibshirani 1993).
package struct ErrorBootstrap: Sendable {
  /// Number of resampled data sets.
  package let resamples: Int
  /// Probability mass of the intervals.
  package let confidence: Double
  private let key: StreamKey

  /// Intervals of mass `confidence` from `resamples` draws.
  package init(resamples: Int, confidence: Double, seed: UInt64) {
    self.resamples = resamples
    self.confidence = confidence
    key = StreamKey(seed: seed).derived(.bootstrap)
  }

  /// One row of statistics per dimension of `targetBox`.
  ///
  /// - Parameters:
  ///   - estimates: [sample][parameter] in the parameters' units.
  ///   - truths: the same, true values.
  ///   - targetBox: gives the unit of relative figures.
  ///   - sampledBox: the prior that the samples were drawn from.
  package func statistics(
    estimates: [Double], truths: [Double], targetBox: ParameterBox, sampledBox: ParameterBox
  ) -> [ErrorStatistics] {
    let parameters = targetBox.count
    let samples = estimates.count / max(parameters, 1)
    precondition(
      estimates.count == truths.count && samples > 0, "estimates and truths of at least one sample")
    return targetBox.dimensions.enumerated().map { p, dimension in
      let range = dimension.upper - dimension.lower
      let truth = (0..<samples).map { (truths[$0 * parameters + p] - dimension.lower) / range }
      let error = (0..<samples).map { (estimates[$0 * parameters + p] - truths[$0 * parameters + p]) / range }
      let prior = sampledBox.dimensions.first { $0.key == dimension.key } ?? dimension
      let priorDeviation = (prior.upper - prior.lower) / range / 12.0.squareRoot()
      return statistics(of: error, truth: truth, priorDeviation: priorDeviation, dimension)
    }
  }

  private func statistics(
    of error: [Double], truth: [Double], priorDeviation: Double, _ dimension: ParameterBox.Dimension
  ) -> ErrorStatistics {
    let whole = Moments(error, truth, error.indices)
    let resampled = (0..<resamples).map { resample in
      // The same samples are drawn for every parameter.
      var stream = key.derived(.bootstrap, UInt64(resample)).generator()
      return Moments(error, truth, error.indices.map { _ in stream.index(below: error.count) })
    }
    func figure(_ value: (Moments) -> Double) -> ErrorStatistics.Figure {
      .init(value(whole), resampled: resampled.map(value), confidence: confidence)
    }
    return ErrorStatistics(
      parameter: dimension.name, unit: dimension.unit, range: dimension.upper - dimension.lower,
      samples: error.count,
      bias: figure(\.bias), standardDeviation: figure(\.standardDeviation),
      rootMeanSquare: figure(\.rootMeanSquare),
      relativeToPrior: figure { $0.rootMeanSquare / priorDeviation },
      determination: figure(\.determination), withinFivePercent: figure(\.withinFivePercent))
  }
}

/// Statistics of one (re)sampled set of errors, in units of the range.
private struct Moments {
  let bias, standardDeviation, rootMeanSquare, determination, withinFivePercent: Double

  init(_ error: [Double], _ truth: [Double], _ indices: some Collection<Int>) {
    let n = Double(indices.count)
    var sum = 0.0, within = 0.0, truthSum = 0.0
    for i in indices {
      sum += error[i]
      truthSum += truth[i]
      if abs(error[i]) < 0.05 { within += 1 }
    }
    let bias = sum / n, truthMean = truthSum / n
    var variance = 0.0, square = 0.0, truthVariance = 0.0
    for i in indices {
      variance += (error[i] - bias) * (error[i] - bias)
      square += error[i] * error[i]
      truthVariance += (truth[i] - truthMean) * (truth[i] - truthMean)
    }
    self.bias = bias
    standardDeviation = (variance / n).squareRoot()
    rootMeanSquare = (square / n).squareRoot()
    determination = 1 - square / truthVariance
    withinFivePercent = within / n
  }
}
