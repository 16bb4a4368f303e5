import Foundation
import ParameterSampling

/// How typical spectra are of those that a model was trained on.
///
/// Five things are measured: distances along the leading principal components of the spectra and of what these leave, how far
/// estimates lie beyond the sampled range, how thinly the activities of the networks' hidden layers are surrounded by those of the
/// training, and how far they are from the surface that these lie along. Each has its tail probability among samples that were not trained on; the least of them counts, and its own
/// probability among these samples is the result, uniform for spectra like those of the training. docs/trust.md compares other
/// ways.
public struct Typicality: Sendable, Equatable {
  /// What is measured.
  public enum Aspect: Int, Sendable, CaseIterable {
    /// Along the leading components: the overall shape and size of the spectra.
    case shape
    /// What the components leave: single frequencies and channels.
    case rest
    /// How far estimates are beyond the range that was sampled, or from its end inside.
    case range
    /// How thinly surrounded in the networks' hidden layers.
    case activity
    /// How far from the others around in the networks' hidden layers, by their covariance; not in models of earlier versions.
    case deviation

    /// By what a probability is divided before the least counts. What files and electrodes do wrong is as a rule far out of all
    /// proportion in the spectra themselves, so that a smaller share of false alarms is enough there; other networks are not.
    var weight: Double {
      switch self {
      case .shape, .rest: 0.2
      case .range: 0.5
      case .activity, .deviation: 1
      }
    }
  }

  /// Makes what the components describe, whatever inputs the networks have.
  let normaliser: SpectrumNormaliser
  /// The components and their rest.
  let components: SpectrumComponents
  /// The hidden layers; nil if the networks have none.
  let activity: HiddenActivity?
  /// The range of each parameter that was sampled, in its unit.
  package let sampled: [ClosedRange<Double>]
  /// Of each aspect.
  let aspects: [TailCalibration]
  /// Number of samples that probabilities are ranks among.
  public var calibrationSamples: Int { calibration.reference.count }
  /// Of the largest of the aspects' negative logarithms of probabilities.
  let calibration: TailCalibration
  /// What the squared distances of frequencies and channels exceed in one of a hundred calibration samples.
  let limits: (frequencies: [Double], channels: [Double])

  /// Equal in all parts.
  public static func == (a: Typicality, b: Typicality) -> Bool {
    a.normaliser == b.normaliser && a.components == b.components && a.activity == b.activity
      && a.sampled == b.sampled && a.aspects == b.aspects && a.calibration == b.calibration
      && a.limits == b.limits
  }

  /// How far estimates [parameter] lie beyond the sampled ranges, in units of them; negative inside.
  package func excess(_ estimates: some Collection<Double>) -> Double {
    zip(estimates, sampled).map { value, range in
      max(range.lowerBound - value, value - range.upperBound) / (range.upperBound - range.lowerBound)
    }.max()!
  }

  /// What is known of one spectrum.
  public struct Assessment: Sendable, Equatable {
    /// The probability that a spectrum like those of the training lies as far out.
    public let probability: Double
    /// In which aspect it lies farthest out; the rest wherever that is far out.
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

extension ParameterBox {
  /// The range of each parameter of another box, which has its own where this box has none.
  fileprivate func ranges(of other: ParameterBox) -> [ClosedRange<Double>] {
    other.dimensions.map { dimension in
      let own = dimensions.first { $0.key == dimension.key } ?? dimension
      return own.lower...own.upper
    }
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
      // Of frequencies and channels that are far out a user can see something.
      let rest = Typicality.Aspect.rest.rawValue
      let isVisible = typicality.aspects[rest].probability(ofAtLeast: distances.aspects[rest]) < 0.001
      return Typicality.Assessment(
        probability: typicality.calibration.probability(ofAtLeast: scores[farthest]),
        aspect: isVisible ? .rest : Typicality.Aspect(rawValue: farthest)!, frequencies: positions,
        channels: Typicality.outstanding(channels, typicality.limits.channels, share: 0.5))
    }
  }

  /// The estimator with the ``typicality`` that it has on spectra of its training, calibrated on others. The same without one if
  /// there are too few of either.
  ///
  /// - Parameters:
  ///   - trained: Spectra [sample][channel][frequency] that the networks were trained on.
  ///   - held: Spectra that they were not trained on.
  ///   - sampledBox: What parameters were sampled from; where it does not have one, that of the ``targetBox``.
  public func knowing(
    trained: [Float], held: [Float], sampledBox: ParameterBox? = nil, threads: Int = 1
  ) throws -> Estimator {
    let stride = contacts.count * frequencies.count
    guard held.count / stride >= PredictionShape.leastSamples,
      trained.count / stride >= 2 * PredictionShape.leastSamples
    else { return self }
    var result = self
    result.typicality = try Typicality(
      self, trained: trained, held: held, sampled: (sampledBox ?? targetBox).ranges(of: targetBox),
      threads: threads)
    return result
  }
}
