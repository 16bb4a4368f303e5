import ConvolutionalNetwork

extension Estimator {
  /// The distribution of the parameters given each of the spectra [sample][channel][frequency] in mV²/Hz, in units of the
  /// target ranges (0 and 1 are their ends): a mixture of what the networks predict, stretched by ``widths``. Nil if only
  /// values are predicted.
  ///
  /// - Throws: `SampleError` where a spectrum is not finite, ``EstimatorError/noDistribution(spectrum:)``.
  public func mixtures(from spectra: [Float], threads: Int = 1) throws -> [GaussianMixture]? {
    guard prediction == .gaussian else { return nil }
    let outputs = try outputs(for: spectra, threads: threads)
    let head = GaussianHead(targets: targetBox.count)
    return try (0..<(outputs[0].count / head.outputCount)).map { sample in
      let mixture = GaussianMixture(
        try outputs.map { outputs in
          let (mean, covariance) = head.distribution(of: sample, in: outputs)
          guard let component = GaussianMixture.Component(mean: mean, covariance: covariance) else {
            throw EstimatorError.noDistribution(spectrum: sample)
          }
          return component
        })
      if widths.allSatisfy({ $0 == 1 }) { return mixture }
      guard let stretched = mixture.stretched(by: widths) else {
        throw EstimatorError.noDistribution(spectrum: sample)
      }
      return stretched
    }
  }
}
