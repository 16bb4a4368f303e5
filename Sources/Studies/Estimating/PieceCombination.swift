import Statistics

/// Estimates from pieces of one recording, combined.
///
/// The error of a piece's estimate has two parts: one of its own, from the fluctuations of its spectrum, and one that all
/// pieces share, such as the network's wiring and what the model has not learned. The predicted variance is that of both; the
/// variance among the pieces, s², is that of the first. The mean of n pieces then has the predicted variance less
/// s²(1 − 1/n); more than the n-th part of the predicted variance, and of s², remains in any case.
package struct PieceCombination {
  /// Means over the pieces, [parameter].
  package let estimates: [Double]
  /// [parameter]; nil without predicted covariances.
  package let standardDeviations: [Double]?
  /// Coefficients [parameter][parameter] of the mean of the predicted covariances.
  package let correlations: [Double]?
  /// Whether the pieces differ more than the predicted variances allow, at a level of 0.001 for all parameters together: the
  /// parameters have changed, or the variances are too small.
  package let isInconsistent: Bool

  private static let level = 0.001

  /// - Parameters:
  ///   - values: [piece][parameter].
  ///   - covariances: [piece][parameter · parameter].
  package init(values: [[Double]], covariances: [[Double]]?) {
    let n = Double(values.count)
    let count = values[0].count
    let estimates = (0..<count).map { p in values.reduce(0) { $0 + $1[p] } / n }
    self.estimates = estimates
    guard let covariances else {
      (standardDeviations, correlations, isInconsistent) = (nil, nil, false)
      return
    }
    let mean = (0..<count * count).map { index in covariances.reduce(0) { $0 + $1[index] } / n }
    let predicted = (0..<count).map { mean[$0 * count + $0] }
    correlations = mean.indices.map {
      mean[$0] / (predicted[$0 / count].squareRoot() * predicted[$0 % count].squareRoot())
    }
    let spread = (0..<count).map { p in
      values.count < 2
        ? 0 : values.reduce(0) { $0 + ($1[p] - estimates[p]) * ($1[p] - estimates[p]) } / (n - 1)
    }
    standardDeviations = (0..<count).map { p in
      max(predicted[p] - spread[p] * (1 - 1 / n), predicted[p] / n, spread[p] / n).squareRoot()
    }
    let chiSquare = ChiSquareDistribution(degreesOfFreedom: max(1, values.count - 1))
    isInconsistent = (0..<count).contains { p in
      chiSquare.upperTail((n - 1) * spread[p] / predicted[p]) < Self.level / Double(count)
    }
  }
}
