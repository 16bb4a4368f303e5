import Foundation

/// How typical spectra are of those that a model was trained on.
///
/// Three distances are measured: along the leading principal components of the spectra, of what these leave, and of the
/// activities of the first network's hidden layers. Logarithms of them are compared with those of samples that were not trained
/// on; the one that is farthest out counts, and its tail probability among these samples is the result, uniform for spectra like
/// those of the training. docs/trust.md compares other ways.
public struct Typicality: Sendable, Equatable {
  /// What a distance is measured in.
  public enum Aspect: Int, Sendable, CaseIterable {
    /// Along the leading components: the overall shape and size of the spectra.
    case shape
    /// What the components leave: single frequencies and channels.
    case rest
    /// In the network's hidden layers.
    case activity
  }

  /// Makes what the components describe, whatever inputs the networks have.
  let normaliser: SpectrumNormaliser
  /// The components and their rest.
  let components: SpectrumComponents
  /// The hidden layers; nil if the networks have none.
  let activity: HiddenActivity?
  /// Mean and standard deviation of the logarithm of each aspect's distance over the calibration samples.
  let scales: [(mean: Double, deviation: Double)]
  /// Of the largest of the standardised logarithms.
  let calibration: TailCalibration
  /// What the squared distances of frequencies and channels exceed in one of a hundred calibration samples.
  let limits: (frequencies: [Double], channels: [Double])

  /// Equal in all parts.
  public static func == (a: Typicality, b: Typicality) -> Bool {
    a.normaliser == b.normaliser && a.components == b.components && a.activity == b.activity
      && a.calibration == b.calibration && a.limits == b.limits
      && zip(a.scales, b.scales).allSatisfy { $0 == $1 }
  }

  /// What is known of one spectrum.
  public struct Assessment: Sendable, Equatable {
    /// The probability that a spectrum like those of the training lies as far out.
    public let probability: Double
    /// In which aspect it lies farthest out.
    public let aspect: Aspect
    /// Where its rest stands out: positions among the frequencies, and channels.
    public let frequencies, channels: [Int]
  }

  /// Where squared distances exceed their limits, and those by no less than a share of what the largest does: what stands out at
  /// one place leaves traces at others.
  static func outstanding(_ squaredDistances: [Double], _ limits: [Double], share: Double) -> [Int] {
    let ratios = zip(squaredDistances, limits).map { $0 / max($1, 1e-300) }
    let least = max(1, share * (ratios.max() ?? 0))
    return ratios.indices.filter { ratios[$0] > least }
  }
}

extension Estimator {
  /// How typical spectra [sample][channel][frequency] in mV²/Hz are of those of the training; nil if the model does not know.
  ///
  /// - Throws: `SampleError` where a spectrum is not finite.
  public func assessments(of spectra: [Float], threads: Int = 1) throws -> [Typicality.Assessment]? {
    guard let typicality else { return nil }
    return try typicality.distances(of: spectra, self, threads: threads).map { distances in
      let scores = typicality.scores(distances.aspects)
      let farthest = scores.indices.max { scores[$0] < scores[$1] }!
      let positions = Typicality.outstanding(
        distances.frequencies, typicality.limits.frequencies, share: 0.2)
      let channels = distances.channels(
        over: positions.isEmpty ? Array(distances.frequencies.indices) : positions)
      return Typicality.Assessment(
        probability: typicality.calibration.probability(ofAtLeast: scores[farthest]),
        aspect: Typicality.Aspect(rawValue: farthest)!, frequencies: positions,
        channels: Typicality.outstanding(channels, typicality.limits.channels, share: 0.5))
    }
  }

  /// The estimator with the ``typicality`` that it has on spectra of its training, calibrated on others. The same without one if
  /// there are too few of either.
  ///
  /// - Parameters:
  ///   - trained: Spectra [sample][channel][frequency] that the networks were trained on.
  ///   - held: Spectra that they were not trained on.
  public func knowing(trained: [Float], held: [Float], threads: Int = 1) throws -> Estimator {
    let stride = contacts.count * frequencies.count
    guard held.count / stride >= PredictionShape.leastSamples,
      trained.count / stride >= 2 * PredictionShape.leastSamples
    else { return self }
    var result = self
    result.typicality = try Typicality(self, trained: trained, held: held, threads: threads)
    return result
  }
}
