import Foundation

/// How wide predicted distributions have to be.
///
/// Networks trained with noise or weight decay, and mixtures of several, tend to be too careful: their distributions are
/// wider than the errors. Stretching about the mean by one factor for each parameter makes up for it, as a temperature does
/// for classifiers (Guo et al. 2017, arXiv:1706.04599). The factor is the one with which central intervals of all
/// probabilities together come closest to holding their share of samples that were not trained on.
public enum PredictionWidth {
  /// Samples below which factors would say more about chance than about the networks.
  public static let leastSamples = 50

  /// The factors [parameter] for predictions whose truths are [sample][parameter]; all 1 if there are less than
  /// ``leastSamples``.
  public static func fitted(to predictions: [GaussianMixture], truths: [[Double]]) -> [Double] {
    precondition(predictions.count == truths.count, "one truth for each prediction")
    guard let first = predictions.first, predictions.count >= leastSamples else {
      return truths.first.map { $0.map { _ in 1 } } ?? []
    }
    let means = predictions.map(\.mean)
    return (0..<first.count).map { parameter in
      exp(
        smallest(within: -1.5...1.5) { logarithm in
          let factor = exp(logarithm)
          let masses = predictions.indices.map { sample in
            let mean = means[sample][parameter]
            let point = mean + (truths[sample][parameter] - mean) / factor
            return abs(2 * predictions[sample].marginalCumulative(parameter, point) - 1)
          }
          return distanceFromUniform(masses)
        })
    }
  }

  /// The statistic of Cramér and von Mises for numbers between 0 and 1.
  private static func distanceFromUniform(_ values: [Double]) -> Double {
    let count = Double(values.count)
    return values.sorted().enumerated().reduce(1 / (12 * count)) { sum, value in
      let difference = (2 * Double(value.offset) + 1) / (2 * count) - value.element
      return sum + difference * difference
    }
  }

  /// Where a function is smallest, by golden sections.
  private static func smallest(within range: ClosedRange<Double>, _ function: (Double) -> Double) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (range.lowerBound, range.upperBound)
    var points = (high - ratio * (high - low), low + ratio * (high - low))
    var values = (function(points.0), function(points.1))
    while high - low > 1e-4 {
      if values.0 < values.1 {
        high = points.1
        points = (high - ratio * (high - low), points.0)
        values = (function(points.0), values.0)
      } else {
        low = points.0
        points = (points.1, low + ratio * (high - low))
        values = (values.1, function(points.1))
      }
    }
    return (low + high) / 2
  }
}

extension GaussianMixture {
  /// [parameter].
  package var mean: [Double] {
    (0..<count).map { p in components.reduce(0) { $0 + $1.mean[p] } / Double(components.count) }
  }

  /// The mixture with deviations from the mean `factors` times as large.
  package func stretched(by factors: [Double]) -> GaussianMixture? {
    let mean = mean
    let components = components.compactMap { component in
      Component(
        mean: mean.indices.map { mean[$0] + factors[$0] * (component.mean[$0] - mean[$0]) },
        covariance: component.covariance.indices.map {
          component.covariance[$0] * (factors[$0 / count] * factors[$0 % count])
        })
    }
    return components.count == self.components.count ? GaussianMixture(components) : nil
  }
}

extension ParameterDistribution {
  /// The distribution with deviations from the mean `factors` times as large.
  func stretched(by factors: [Double]) -> ParameterDistribution {
    ParameterDistribution(
      mean: mean,
      covariance: covariance.indices.map {
        covariance[$0] * (factors[$0 / mean.count] * factors[$0 % mean.count])
      })
  }
}

extension Estimator {
  /// The estimator with the ``widths`` that suits samples which its networks were not trained on; itself if it predicts no
  /// distributions.
  ///
  /// - Parameters:
  ///   - spectra: [sample][channel][frequency] in mV²/Hz.
  ///   - targets: [sample][parameter] in units of the target ranges.
  /// - Throws: `SampleError` where a spectrum is not finite, ``EstimatorError/noDistribution(spectrum:)``.
  public func calibrated(spectra: [Float], targets: [Float], threads: Int = 1) throws -> Estimator {
    var calibrated = self
    calibrated.widths = targetBox.dimensions.map { _ in 1 }
    guard let predictions = try calibrated.mixtures(from: spectra, threads: threads) else { return self }
    let count = targetBox.count
    let truths = predictions.indices.map { targets[$0 * count..<($0 + 1) * count].map(Double.init) }
    calibrated.widths = PredictionWidth.fitted(to: predictions, truths: truths)
    return calibrated
  }
}
