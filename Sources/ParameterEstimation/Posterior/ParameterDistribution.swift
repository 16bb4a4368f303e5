/// Mean and covariance of the parameters given a spectrum.
public struct ParameterDistribution: Sendable, Equatable {
  /// [parameter] in the parameters' units.
  public let mean: [Double]
  /// [parameter][parameter] in products of the parameters' units.
  public let covariance: [Double]

  /// A distribution from its moments.
  public init(mean: [Double], covariance: [Double]) {
    precondition(covariance.count == mean.count * mean.count, "a value for each pair of parameters")
    self.mean = mean
    self.covariance = covariance
  }

  /// Mean and covariance of a mixture in equal parts: the covariance is the mean of the covariances plus that of the means.
  init(mixing parts: [ParameterDistribution]) {
    let count = parts[0].mean.count
    let share = 1 / Double(parts.count)
    let mean = (0..<count).map { p in parts.reduce(0) { $0 + $1.mean[p] } * share }
    let covariance = (0..<count * count).map { index in
      let (p, q) = (index / count, index % count)
      return parts.reduce(0) {
        $0 + $1.covariance[index] + ($1.mean[p] - mean[p]) * ($1.mean[q] - mean[q])
      } * share
    }
    self.init(mean: mean, covariance: covariance)
  }

  /// The distribution with deviations from the mean `factors` times as large.
  func stretched(by factors: [Double]) -> ParameterDistribution {
    ParameterDistribution(
      mean: mean,
      covariance: covariance.indices.map {
        covariance[$0] * (factors[$0 / mean.count] * factors[$0 % mean.count])
      })
  }

  /// [parameter] in the parameters' units.
  public var standardDeviations: [Double] {
    mean.indices.map { covariance[$0 * mean.count + $0].squareRoot() }
  }

  /// Coefficients [parameter][parameter].
  public var correlations: [Double] {
    let deviations = standardDeviations
    return covariance.indices.map {
      covariance[$0] / (deviations[$0 / mean.count] * deviations[$0 % mean.count])
    }
  }
}
