/// How predicted distributions have to be changed to fit what was not trained on.
///
/// Networks trained with noise or weight decay, and mixtures of several, tend to be too careful: their distributions are
/// wider than most errors. Single errors, however, may be larger than normal distributions allow. So all distributions are
/// stretched about their means, by one factor for each parameter, as a temperature does for classifiers (Guo et al. 2017,
/// arXiv:1706.04599), and may become t distributions, all with the same degrees of freedom.
public struct PredictionShape: Sendable, Equatable {
  /// Factors [parameter] for the deviations from the mean.
  public let widths: [Double]
  /// Degrees of freedom of the t distributions, at least 3, so that they have a covariance; nil for normal distributions.
  public let degreesOfFreedom: Int?

  /// Widths, one for each parameter, and degrees of freedom.
  public init(widths: [Double], degreesOfFreedom: Int?) {
    precondition(widths.allSatisfy { $0 > 0 && $0.isFinite }, "positive widths")
    precondition(degreesOfFreedom ?? 3 >= 3, "finite covariances")
    self.widths = widths
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// Distributions as they are predicted.
  public static func unchanged(parameters: Int) -> PredictionShape {
    PredictionShape(widths: [Double](repeating: 1, count: parameters), degreesOfFreedom: nil)
  }
}

extension Posterior {
  /// The mixture of normal distributions in another shape; nil if numbers become too small or too large.
  package func shaped(_ shape: PredictionShape) -> Posterior? {
    let (centre, factors) = (centre, shape.widths)
    let components = components.compactMap { component in
      Component(
        mean: centre.indices.map { centre[$0] + factors[$0] * (component.mean[$0] - centre[$0]) },
        scale: component.scale.indices.map {
          component.scale[$0] * (factors[$0 / count] * factors[$0 % count])
        })
    }
    guard components.count == self.components.count else { return nil }
    return Posterior(
      components, weights: weights, degreesOfFreedom: shape.degreesOfFreedom, targetBox: targetBox)
  }
}
