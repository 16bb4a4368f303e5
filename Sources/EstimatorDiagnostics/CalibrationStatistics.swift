import ParameterSampling
import RandomStreams
import Statistics

/// Whether predicted distributions are as wide as they should be.
///
/// For each sample and parameter, u is the predicted probability of values up to the true one; for all parameters together,
/// that of the region of highest density up to the true values. If predictions are calibrated, every u is uniform on [0, 1]:
/// it is the limit, for many draws, of the ranks of simulation-based calibration (Talts et al. 2018, arXiv:1804.06788).
/// Histograms of u that are low at both ends show distributions that are too wide, and high ends ones that are too narrow.
package struct CalibrationStatistics: Sendable, Equatable, Encodable {
  /// How often intervals hold the truth.
  package struct Coverage: Sendable, Equatable, Encodable {
    /// The probability of the intervals.
    package let nominal: Double
    /// The share of samples whose true value they hold.
    package let observed: Double
    /// The binomial standard error of that share if the intervals are right.
    package let standardError: Double

    enum CodingKeys: String, CodingKey {
      case nominal, observed
      case standardError = "standard_error"
    }
  }

  /// The calibration for one parameter, or for all together.
  package struct Row: Sendable, Equatable, Encodable {
    /// Name of the parameter, `all` for all together.
    package let name: String
    /// Coverage of central intervals; for all parameters, of regions of highest density.
    package let coverage: [Coverage]
    /// Numbers of samples in equal bins of u.
    package let histogram: [Int]
    /// Pearson's χ² of the histogram.
    package let chiSquare: Double
    /// The probability of at least this χ² if u is uniform.
    package let probability: Double
    /// u of each sample.
    package let values: [Double]
    /// Mean predicted standard deviation, in units of the target range; nil for all together. Of predictions as well
    /// calibrated, sharper ones know more.
    package var sharpness: Double?

    /// Whether it is of all parameters together.
    package var isJoint: Bool {
      name == CalibrationStatistics.joint || name == CalibrationStatistics.randomPoints
    }

    enum CodingKeys: String, CodingKey {
      case name, coverage, histogram, probability, sharpness
      case chiSquare = "chi_square"
    }
  }

  /// Number of samples.
  package let samples: Int
  /// Each parameter, in the order of the distributions, then all together, by regions of highest density and by random points.
  package let rows: [Row]
  /// Mean of −log of the predicted density of the true values, in nats, with its bootstrap interval over samples.
  package let negativeLogLikelihood: IntervalEstimate
  /// −log of the predicted density of each sample's true values.
  package let negativeLogLikelihoods: [Double]

  enum CodingKeys: String, CodingKey {
    case samples, rows
    case negativeLogLikelihood = "negative_log_likelihood"
  }

  /// Probabilities of the intervals whose coverage is told.
  package static let levels = [0.5, 0.8, 0.9, 0.95]
  /// The name of all parameters together.
  package static let joint = "all"
  /// The name of the test with random points.
  package static let randomPoints = "tarp"
  /// Bins of the histograms.
  package static let binCount = 20

  /// Of samples, at least one, with distributions of the box's parameters.
  ///
  /// - Parameter bootstrap: Gives the interval of the likelihood.
  package init(_ samples: [SampleCalibration], of box: ParameterBox, bootstrap: Bootstrap) {
    precondition(!samples.isEmpty, "at least one sample")
    self.samples = samples.count
    rows =
      box.dimensions.enumerated().map { p, dimension in
        let values = samples.map { $0.marginal[p] }
        // A central interval of probability q holds the truth where |u − ½| ≤ q/2.
        var row = Row(name: dimension.name, values: values, inner: values.map { abs(2 * $0 - 1) })
        row.sharpness = Moments(samples.map { $0.deviations[p] }).mean
        return row
      }
      + [(Self.joint, samples.map(\.joint)), (Self.randomPoints, samples.map(\.randomPoint))].map {
        Row(name: $0, values: $1, inner: $1)
      }
    let logarithms = samples.map(\.negativeLogLikelihood)
    negativeLogLikelihoods = logarithms
    negativeLogLikelihood = bootstrap.interval(
      Moments(logarithms).mean,
      bootstrap.resampled { Moments(logarithms, at: $0.resample(of: logarithms.count)).mean })
  }
}

extension CalibrationStatistics.Row {
  /// - Parameters:
  ///   - values: u of each sample.
  ///   - inner: the probability of the smallest interval that holds each sample's truth.
  fileprivate init(name: String, values: [Double], inner: [Double]) {
    let samples = Double(values.count)
    var histogram = [Int](repeating: 0, count: CalibrationStatistics.binCount)
    for value in values {
      histogram[min(Int(value * Double(histogram.count)), histogram.count - 1)] += 1
    }
    let expected = samples / Double(histogram.count)
    let chiSquare = histogram.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    self.init(
      name: name,
      coverage: CalibrationStatistics.levels.map { level in
        .init(
          nominal: level, observed: Double(inner.count { $0 <= level }) / samples,
          standardError: (level * (1 - level) / samples).squareRoot())
      },
      histogram: histogram, chiSquare: chiSquare,
      probability: ChiSquareDistribution(degreesOfFreedom: histogram.count - 1).upperTail(chiSquare),
      values: values)
  }
}
