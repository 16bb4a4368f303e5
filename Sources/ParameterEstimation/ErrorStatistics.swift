/// How good the estimates of one parameter are. Error is estimate minus truth.
public struct ErrorStatistics: Sendable, Equatable, Codable {
  /// A figure with its bootstrap interval.
  public struct Figure: Sendable, Equatable, Codable {
    /// The figure over all samples.
    public let value: Double
    /// Lower end of the interval.
    public let lower: Double
    /// Upper end of the interval.
    public let upper: Double

    /// The figure multiplied by a positive factor.
    public func scaled(by factor: Double) -> Figure {
      Figure(value: value * factor, lower: lower * factor, upper: upper * factor)
    }
  }

  /// Name of the parameter.
  public let parameter: String
  /// Unit of the parameter, `1` for numbers.
  public let unit: String
  /// Width of the target box along this parameter, in its unit: the unit of the relative figures.
  public let range: Double
  /// Number of samples.
  public let samples: Int
  /// Mean error in units of the range.
  public let bias: Figure
  /// Standard deviation (ddof 0) of the error in units of the range.
  public let standardDeviation: Figure
  /// Root mean square error in units of the range.
  public let rootMeanSquare: Figure
  /// Root mean square error over the standard deviation of a uniform distribution on the sampled range: 1 is a
  /// guess at its centre.
  public let relativeToPrior: Figure
  /// Share of the parameter's variance explained.
  public let determination: Figure
  /// Share of absolute errors below 5 % of the range.
  public let withinFivePercent: Figure

  enum CodingKeys: String, CodingKey {
    case parameter, unit, range, samples, bias
    case standardDeviation = "std"
    case rootMeanSquare = "rmse"
    case relativeToPrior = "rmse_over_prior_std"
    case determination = "r2"
    case withinFivePercent = "share_below_5_percent"
  }
}
