import Numerics
import ParameterEstimation
import RandomStreams
import Statistics

extension StreamPurpose {
  static let calibration = StreamPurpose("calibration")
  fileprivate static let randomPoint = StreamPurpose("random point")
}

/// Where the true values of one sample lie in the distribution predicted for it.
package struct SampleCalibration: Sendable, Equatable {
  /// The predicted probability of values up to the true one, of each parameter.
  package let marginal: [Double]
  /// That of the region of highest density up to the true values.
  package let joint: Double
  /// The share of draws that are nearer to a random point than the true values are.
  package let randomPoint: Double
  /// Predicted standard deviations in units of the target range, of each parameter.
  package let deviations: [Double]
  /// −log of the predicted density of the true values, in nats.
  package let negativeLogLikelihood: Double

  /// Compares a prediction with the truth, in the unit cube of the target box.
  ///
  /// - Parameter key: Names the draws that mixtures need.
  package init(_ prediction: Posterior, truth: [Double], key: StreamKey) {
    marginal = truth.indices.map { prediction.marginalCumulative($0, truth[$0]) }
    joint = prediction.highestDensityProbability(to: truth, key: key)
    randomPoint = prediction.probabilityNearerToRandomPoint(than: truth, key: key)
    let deviations = prediction.standardDeviations
    self.deviations = zip(deviations, prediction.targetBox.dimensions).map { $0 / ($1.upper - $1.lower) }
    negativeLogLikelihood = -prediction.logDensity(at: truth)
  }

  /// Compares predictions with the truth; results do not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - predictions: Of each sample, all of the same parameters.
  ///   - truths: [sample][parameter] in the unit cube of the target box.
  ///   - seed: Of the draws that mixtures need.
  package static func all(_ predictions: [Posterior], truths: [Double], seed: UInt64, threads: Int = 1)
    -> [Self]
  {
    let parameters = predictions.first?.count ?? 0
    precondition(truths.count == predictions.count * parameters, "a truth for each prediction")
    let key = StreamKey(seed: seed)
    return [Self](count: predictions.count, threads: threads) { index in
      Self(
        predictions[index], truth: Array(truths[index * parameters..<(index + 1) * parameters]),
        key: key.derived(.calibration, UInt64(index)))
    }
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
