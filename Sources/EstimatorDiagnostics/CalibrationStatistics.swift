import ParameterEstimation
import RandomStreams
import Statistics

extension StreamPurpose {
  static let calibration = StreamPurpose("calibration")
  fileprivate static let randomPoint = StreamPurpose("random point")
}

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

  /// Compares predictions with the truth.
  ///
  /// - Parameters:
  ///   - predictions: of each sample, at least one, all of the same parameters.
  ///   - truths: [sample][parameter] in the unit cube of the target box.
  ///   - bootstrap: gives the interval of the likelihood.
  ///   - seed: of the draws that mixtures need.
  package init(predictions: [Posterior], truths: [Double], bootstrap: Bootstrap, seed: UInt64) {
    precondition(!predictions.isEmpty, "at least one sample")
    let count = predictions[0].count
    precondition(truths.count == predictions.count * count, "a truth for each prediction")
    let points = predictions.indices.map { Array(truths[$0 * count..<($0 + 1) * count]) }
    let key = StreamKey(seed: seed)
    samples = predictions.count
    rows =
      predictions[0].targetBox.dimensions.enumerated().map { p, dimension in
        let values = zip(predictions, points).map { $0.marginalCumulative(p, $1[p]) }
        // A central interval of probability q holds the truth where |u − ½| ≤ q/2.
        var row = Row(name: dimension.name, values: values, inner: values.map { abs(2 * $0 - 1) })
        let range = dimension.upper - dimension.lower
        row.sharpness = Moments(predictions.map { $0.standardDeviations[p] / range }).mean
        return row
      }
      + [Self.joint, Self.randomPoints].map { name in
        let values = zip(predictions, points).enumerated().map { sample, pair in
          let key = key.derived(.calibration, UInt64(sample))
          return name == Self.joint
            ? pair.0.highestDensityProbability(to: pair.1, key: key)
            : pair.0.probabilityNearerToRandomPoint(than: pair.1, key: key)
        }
        return Row(name: name, values: values, inner: values)
      }
    let logarithms = zip(predictions, points).map { -$0.logDensity(at: $1) }
    negativeLogLikelihoods = logarithms
    negativeLogLikelihood = bootstrap.interval(
      Moments(logarithms).mean,
      bootstrap.resampled { Moments(logarithms, at: $0.resample(of: logarithms.count)).mean })
  }
}

extension Posterior {
  /// The share of 250 random draws that are nearer to a random point of the unit cube than `point` is, with half a draw for
  /// the point itself: uniform for true values, wherever the random points lie, only if distributions are those of the truth
  /// given the data (TARP, Lemos et al. 2023, arXiv:2302.03026).
  fileprivate func probabilityNearerToRandomPoint(than point: [Double], key: StreamKey) -> Double {
    var stream = key.derived(.randomPoint).generator()
    let reference = point.map { _ in stream.uniform() }
    func squaredDistance(_ other: [Double]) -> Double {
      zip(other, reference).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let distance = squaredDistance(point)
    let draws = 250
    let nearer = (0..<draws).count { _ in squaredDistance(draw(&stream)) < distance }
    return (Double(nearer) + 0.5) / Double(draws + 1)
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
