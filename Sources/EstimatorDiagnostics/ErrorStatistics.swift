/// How good the estimates of one parameter are. Error is estimate minus truth.
package struct ErrorStatistics: Sendable, Equatable, Codable {
  /// A figure with its bootstrap interval.
  package struct Figure: Sendable, Equatable, Codable {
    /// The figure over all samples.
    package let value: Double
    /// Lower end of the interval.
    package let lower: Double
    /// Upper end of the interval.
    package let upper: Double

    /// A figure with the percentile interval of mass `confidence` of its resampled values; those not finite are left out.
    init(_ value: Double, resampled: [Double], confidence: Double) {
      let sorted = resampled.filter(\.isFinite).sorted()
      let tail = (1 - confidence) / 2
      self.init(
        value: value, lower: Self.quantile(sorted, tail), upper: Self.quantile(sorted, 1 - tail))
    }

    private init(value: Double, lower: Double, upper: Double) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }

    /// Linear interpolation between order statistics; NaN of nothing.
    private static func quantile(_ sorted: [Double], _ probability: Double) -> Double {
      guard let last = sorted.indices.last else { return .nan }
      let position = probability * Double(last)
      let lower = Int(position)
      let upper = min(lower + 1, last)
      return sorted[lower] + (sorted[upper] - sorted[lower]) * (position - Double(lower))
    }

    /// The figure multiplied by a positive factor.
    package func scaled(by factor: Double) -> Figure {
      Figure(value: value * factor, lower: lower * factor, upper: upper * factor)
    }
  }

  /// Name of the parameter.
  package let parameter: String
  /// Unit of the parameter, `1` for numbers.
  package let unit: String
  /// Width of the target box along this parameter, in its unit: the unit of the relative figures.
  package let range: Double
  /// Number of samples.
  package let samples: Int
  /// Mean error in units of the range.
  package let bias: Figure
  /// Standard deviation (ddof 0) of the error in units of the range.
  package let standardDeviation: Figure
  /// Root mean square error in units of the range.
  package let rootMeanSquare: Figure
  /// Root mean square error over the standard deviation of a uniform distribution on the sampled range: 1 is a
  /// guess at its centre.
  package let relativeToPrior: Figure
  /// Share of the parameter's variance explained.
  package let determination: Figure
  /// Share of absolute errors below 5 % of the range.
  package let withinFivePercent: Figure

  enum CodingKeys: String, CodingKey {
    case parameter, unit, range, samples, bias
    case standardDeviation = "std"
    case rootMeanSquare = "rmse"
    case relativeToPrior = "rmse_over_prior_std"
    case determination = "r2"
    case withinFivePercent = "share_below_5_percent"
  }
}
