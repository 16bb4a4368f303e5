import Foundation
import Numerics

extension PredictionShape {
  /// Samples below which a fit would say more about chance than about the networks.
  public static let leastSamples = 50

  /// Predictions of a state of the network below which it has no shape of its own.
  public static let leastSamplesOfState = 100

  /// Degrees of freedom that a fit chooses from, from long tails to none.
  private static let candidates: [Int?] = [3, 4, 5, 6, 8, 10, 12, 15, 20, 30, nil]

  /// The shape that suits predictions of normal distributions whose truths are [sample][parameter];
  /// ``unchanged(parameters:)`` if there are less than ``leastSamples``.
  ///
  /// Widths are those with which central intervals of all probabilities together come closest to holding their share of
  /// the truths. Of all degrees of freedom, each with its widths, those are taken under which the truths are most likely.
  public static func fitted(to predictions: [Posterior], truths: [[Double]]) -> PredictionShape {
    precondition(!predictions.isEmpty && predictions.count == truths.count, "one truth for each prediction")
    let count = predictions[0].count
    guard predictions.count >= leastSamples else { return unchanged(parameters: count) }
    var best = (shape: unchanged(parameters: count), logLikelihood: -Double.infinity)
    for degreesOfFreedom in candidates {
      let tailed = predictions.map {
        Posterior(
          $0.components, weights: $0.weights, degreesOfFreedom: degreesOfFreedom, targetBox: $0.targetBox)
      }
      let widths = (0..<count).map { width(of: $0, tailed, truths) }
      let shape = PredictionShape(widths: widths, degreesOfFreedom: degreesOfFreedom)
      let logLikelihood = zip(predictions, truths).reduce(0) {
        $0 + ($1.0.shaped(shape)?.logDensity(at: $1.1) ?? -.infinity)
      }
      if logLikelihood > best.logLikelihood { best = (shape, logLikelihood) }
    }
    return best.shape
  }

  /// The shapes that suit predictions of each state of the network, by the predicted means, where there are
  /// ``leastSamplesOfState``: networks that fire in synchrony are learned by heart more than others.
  package static func fittedByState(
    to predictions: [Posterior], truths: [[Double]]
  ) -> [ActivityState: PredictionShape] {
    let members = Dictionary(grouping: predictions.indices) {
      ActivityState(of: predictions[$0].mean, in: predictions[$0].targetBox)
    }
    var shapes: [ActivityState: PredictionShape] = [:]
    for (state, members) in members {
      guard let state, members.count >= leastSamplesOfState else { continue }
      shapes[state] = fitted(to: members.map { predictions[$0] }, truths: members.map { truths[$0] })
    }
    return shapes
  }

  /// The factor for one parameter with which central intervals hold their share.
  private static func width(
    of parameter: Int, _ predictions: [Posterior], _ truths: [[Double]]
  ) -> Double {
    let means = predictions.map { $0.centre[parameter] }
    let logarithm = goldenSection(-1.5...1.5, absolute: 1e-4) { logarithm in
      distanceFromUniform(
        predictions.indices.map { sample in
          // Stretching the distribution is the same as bringing the truth nearer.
          let point = means[sample] + (truths[sample][parameter] - means[sample]) / exp(logarithm)
          return abs(2 * predictions[sample].marginalCumulative(parameter, point) - 1)
        })
    }
    return exp(logarithm)
  }

  /// The statistic of Cramér and von Mises for numbers between 0 and 1.
  private static func distanceFromUniform(_ values: [Double]) -> Double {
    let count = Double(values.count)
    return values.sorted().enumerated().reduce(1 / (12 * count)) { sum, value in
      let difference = (2 * Double(value.offset) + 1) / (2 * count) - value.element
      return sum + difference * difference
    }
  }
}
