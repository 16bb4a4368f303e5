import ParameterSampling
import RandomStreams
import Statistics

/// How good the estimates of one parameter are. Error is estimate minus truth.
package struct ErrorStatistics: Sendable, Equatable, Codable {
  /// Name of the parameter.
  package let parameter: String
  /// Unit of the parameter, `1` for numbers.
  package let unit: String
  /// Width of the target box along this parameter, in its unit: the unit of the relative figures.
  package let range: Double
  /// Number of samples.
  package let samples: Int
  /// Mean error in units of the range.
  package let bias: IntervalEstimate
  /// Standard deviation (ddof 0) of the error in units of the range.
  package let standardDeviation: IntervalEstimate
  /// Root mean square error in units of the range.
  package let rootMeanSquare: IntervalEstimate
  /// Mean absolute error in units of the range.
  package let meanAbsolute: IntervalEstimate
  /// Root mean square error over the standard deviation of a uniform distribution on the sampled range: 1 is a
  /// guess at its centre.
  package let relativeToPrior: IntervalEstimate
  /// R², the share of the parameter's variance explained.
  package let rSquared: IntervalEstimate
  /// Share of absolute errors below 5 % of the range.
  package let withinFivePercent: IntervalEstimate

  enum CodingKeys: String, CodingKey {
    case parameter, unit, range, samples, bias
    case standardDeviation = "std"
    case rootMeanSquare = "rmse"
    case meanAbsolute = "mae"
    case relativeToPrior = "rmse_over_prior_std"
    case rSquared = "r2"
    case withinFivePercent = "share_below_5_percent"
  }
}

extension Bootstrap {
  /// Statistics of the estimates of each parameter, with intervals over samples, the same ones for all parameters.
  ///
  /// - Parameters:
  ///   - estimates: [sample][parameter] in the parameters' units.
  ///   - truths: the same, true values.
  ///   - targetBox: gives the unit of relative figures.
  ///   - sampledBox: the prior that the samples were drawn from.
  package func errorStatistics(
    estimates: [Double], truths: [Double], targetBox: ParameterBox, sampledBox: ParameterBox
  ) -> [ErrorStatistics] {
    let parameters = targetBox.count
    let samples = estimates.count / max(parameters, 1)
    precondition(
      estimates.count == truths.count && samples > 0, "estimates and truths of at least one sample")
    let columns = targetBox.dimensions.enumerated().map { p, dimension in
      let range = dimension.upper - dimension.lower
      return (
        error: (0..<samples).map { (estimates[$0 * parameters + p] - truths[$0 * parameters + p]) / range },
        truth: (0..<samples).map { (truths[$0 * parameters + p] - dimension.lower) / range }
      )
    }
    func moments(_ positions: [Int]) -> [ErrorMoments] {
      columns.map { ErrorMoments($0.error, truth: $0.truth, at: positions) }
    }
    let whole = moments(Array(0..<samples))
    let resampled = resampled { moments($0.resample(of: samples)) }
    return targetBox.dimensions.enumerated().map { p, dimension in
      let range = dimension.upper - dimension.lower
      let prior = sampledBox.dimensions.first { $0.key == dimension.key } ?? dimension
      let priorDeviation = (prior.upper - prior.lower) / range / 12.0.squareRoot()
      func estimate(_ value: (ErrorMoments) -> Double) -> IntervalEstimate {
        interval(value(whole[p]), resampled.map { value($0[p]) })
      }
      return ErrorStatistics(
        parameter: dimension.name, unit: dimension.unit, range: range, samples: samples,
        bias: estimate(\.error.mean), standardDeviation: estimate(\.error.standardDeviation),
        rootMeanSquare: estimate(\.error.rootMeanSquare), meanAbsolute: estimate(\.meanAbsolute),
        relativeToPrior: estimate { $0.error.rootMeanSquare / priorDeviation },
        rSquared: estimate { 1 - $0.error.squares / $0.truth.squaredDeviations },
        withinFivePercent: estimate(\.withinFivePercent))
    }
  }
}

/// Moments of one (re)sampled set of errors and of what was to be estimated, in units of the range.
private struct ErrorMoments {
  let error, truth: Moments
  let withinFivePercent, meanAbsolute: Double

  init(_ error: [Double], truth: [Double], at positions: [Int]) {
    self.error = Moments(error, at: positions)
    self.truth = Moments(truth, at: positions)
    meanAbsolute = positions.reduce(0) { $0 + abs(error[$1]) } / Double(positions.count)
    withinFivePercent = Double(positions.count { abs(error[$0]) < 0.05 }) / Double(positions.count)
  }
}
