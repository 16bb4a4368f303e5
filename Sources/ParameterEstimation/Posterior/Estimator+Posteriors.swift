import ConvolutionalNetwork

extension Estimator {
  /// The distribution of the parameters given each of the spectra [sample][channel][frequency] in mV²/Hz: a mixture of what
  /// the networks predict, in equal parts, in the ``shape``. Nil if only values are predicted.
  ///
  /// - Throws: `SampleError` where a spectrum is not finite, ``EstimatorError/noDistribution(spectrum:)``.
  public func posteriors(from spectra: [Float], threads: Int = 1) throws -> [Posterior]? {
    guard prediction == .gaussian else { return nil }
    let outputs = try outputs(for: spectra, threads: threads)
    guard let head = MixtureHead(targets: targetBox.count, outputs: architecture.output.count) else {
      return nil
    }
    return try (0..<(outputs[0].count / head.outputCount)).map { sample in
      let parts = outputs.flatMap { head.parts(of: sample, in: $0) }
      let components = parts.compactMap(\.distribution)
      guard components.count == parts.count,
        let posterior = shaped(
          Posterior(components, weights: parts.map(\.weight), targetBox: targetBox))
      else { throw EstimatorError.noDistribution(spectrum: sample) }
      return posterior
    }
  }

  /// A mixture in the shape for the state of the network that it predicts.
  private func shaped(_ posterior: Posterior) -> Posterior? {
    let state = stateShapes.isEmpty ? nil : ActivityState(of: posterior.mean, in: targetBox)
    return posterior.shaped(state.flatMap { stateShapes[$0] } ?? shape)
  }

  /// Estimates [sample][parameter], in the parameters' units, with the distributions whose means they are, if such are
  /// predicted.
  ///
  /// - Throws: As ``posteriors(from:threads:)`` and ``estimates(from:threads:)`` do.
  package func predictions(
    from spectra: [Float], threads: Int
  ) throws -> (estimates: [Double], posteriors: [Posterior]?) {
    guard let posteriors = try posteriors(from: spectra, threads: threads) else {
      return (try estimates(from: spectra, threads: threads), nil)
    }
    return (posteriors.flatMap(\.mean), posteriors)
  }

  /// The estimator in the ``shape`` that suits samples which its networks were not trained on; itself if it predicts no
  /// distributions.
  ///
  /// - Parameters:
  ///   - spectra: [sample][channel][frequency] in mV²/Hz.
  ///   - targets: [sample][parameter] in units of the target ranges.
  /// - Throws: `SampleError` where a spectrum is not finite, ``EstimatorError/noDistribution(spectrum:)``.
  public func calibrated(spectra: [Float], targets: [Float], threads: Int = 1) throws -> Estimator {
    var calibrated = self
    let count = targetBox.count
    calibrated.shape = .unchanged(parameters: count)
    calibrated.stateShapes = [:]
    guard let predictions = try calibrated.posteriors(from: spectra, threads: threads) else { return self }
    let truths = predictions.indices.map { targets[$0 * count..<($0 + 1) * count].map(Double.init) }
    calibrated.shape = .fitted(to: predictions, truths: truths)
    calibrated.stateShapes = PredictionShape.fittedByState(to: predictions, truths: truths)
    return calibrated
  }
}

extension MixtureHead.Part {
  /// The distribution; nil if numbers are not finite.
  fileprivate var distribution: Posterior.Component? {
    Posterior.Component(mean: mean, scale: covariance) ?? Posterior.Component(mean: mean, scale: conditioned)
  }

  /// Of spectra like no other, parameters can be predicted to be related so tightly that rounding leaves no positive definite
  /// matrix: the covariance with correlations that are 1e-9 smaller.
  private var conditioned: [Double] {
    covariance.indices.map { index in
      index % (mean.count + 1) == 0 ? covariance[index] * (1 + 1e-9) : covariance[index]
    }
  }
}
