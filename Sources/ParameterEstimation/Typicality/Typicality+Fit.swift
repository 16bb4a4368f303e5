import Foundation
import Statistics

extension Typicality {
  /// Distances of a spectrum.
  struct Distances {
    /// What is measured of ``Aspect``s, the more the farther out.
    let aspects: [Double]
    /// Squared distances of rests at each frequency, and of channels [frequency][channel].
    let frequencies, channels: [Double]

    /// Of channels, the mean over some frequencies.
    func channels(over positions: some Collection<Int>) -> [Double] {
      let count = channels.count / frequencies.count
      return (0..<count).map { channel in
        positions.reduce(0) { $0 + channels[$1 * count + channel] } / Double(positions.count)
      }
    }
  }

  /// Fits to spectra that an estimator was trained on, and calibrates with others.
  init(
    _ estimator: Estimator, trained: [Float], held: [Float], sampled: [ClosedRange<Double>], threads: Int
  ) throws {
    let (channels, frequencies) = (estimator.contacts.count, estimator.frequencies.count)
    let fitted = Array(trained.prefix(Self.mostFitted * channels * frequencies))
    let normaliser = SpectrumNormaliser(
      .logarithmicRatio, floor: estimator.normaliser.floor, fittedTo: fitted, channels: channels,
      frequencies: frequencies)
    let references = Array(trained.prefix(HiddenActivity.mostReferences * channels * frequencies))
    let activity =
      HiddenActivity.length(of: estimator.networks[0]) == 0
      ? nil
      : try HiddenActivity(
        of: estimator.networks,
        inputs: estimator.normaliser.inputs(references, channels: channels, frequencies: frequencies),
        threads: threads)
    let components = SpectrumComponents(
      normaliser.inputs(fitted, channels: channels, frequencies: frequencies), channels: channels,
      frequencies: frequencies)
    // Without calibration nothing but distances can be asked for.
    let none = TailCalibration(Array(repeating: 0, count: PredictionShape.leastSamples))
    let bare = Typicality(
      normaliser: normaliser, components: components, activity: activity, sampled: sampled, aspects: [],
      calibration: none, limits: ([], []))
    let distances = try bare.distances(of: held, estimator, threads: threads)
    let aspects = distances[0].aspects.indices.map { aspect in
      TailCalibration(distances.map { $0.aspects[aspect] })
    }
    self.init(
      normaliser: normaliser, components: components, activity: activity, sampled: sampled, aspects: aspects,
      calibration: TailCalibration(distances.map { Self.scores($0.aspects, aspects).max()! }),
      limits: (
        Self.limits(distances.map(\.frequencies)),
        Self.limits(distances.map { $0.channels(over: $0.frequencies.indices) })
      ))
  }

  /// The most samples that components are fitted to; more hardly change them.
  private static let mostFitted = 5000

  /// The distances of spectra.
  func distances(of spectra: [Float], _ estimator: Estimator, threads: Int) throws -> [Distances] {
    let (channels, frequencies) = (estimator.contacts.count, estimator.frequencies.count)
    let length = channels * frequencies
    guard case .logarithmicRatio(_, let deviations, _) = normaliser else {
      preconditionFailure("ratios of channels")
    }
    let inputs = normaliser.inputs(spectra, channels: channels, frequencies: frequencies)
    let places = try activity?.places(
      of: estimator.networks,
      inputs: estimator.normaliser.inputs(spectra, channels: channels, frequencies: frequencies),
      threads: threads)
    let estimates = try estimator.estimates(from: spectra, threads: threads)
    return (0..<inputs.count / length).map { sample in
      let (shape, rest) = components.split(inputs[sample * length..<(sample + 1) * length])
      let single = components.squaredDistances(ofRest: rest)
      let excess = excess(estimates[sample * sampled.count..<(sample + 1) * sampled.count])
      return Distances(
        aspects: [log(max(shape, 1e-300)), log(max(single.reduce(0, +), 1e-300)), excess]
          + (places.map { [$0[sample].sparsity, $0[sample].deviation] } ?? []), frequencies: single,
        channels: components.squaredDistances(ofChannelsOfRest: rest, deviations: deviations))
    }
  }

  /// How far out each aspect is: the negative logarithm of its tail probability, divided by its weight.
  func scores(_ values: [Double]) -> [Double] { Self.scores(values, aspects) }

  private static func scores(_ values: [Double], _ aspects: [TailCalibration]) -> [Double] {
    zip(zip(values, aspects), weights(of: aspects.count)).map { pair, weight in
      log(weight) - log(max(pair.1.probability(ofAtLeast: pair.0), 1e-300))
    }
  }

  /// Of the aspects; those of earlier versions, fewer, count alike.
  static func weights(of count: Int) -> [Double] {
    count == Aspect.allCases.count ? Aspect.allCases.map(\.weight) : Array(repeating: 1, count: count)
  }

  /// What one of a hundred samples exceeds, of [sample][position].
  private static func limits(_ values: [[Double]]) -> [Double] {
    values[0].indices.map { position in quantile(0.99, of: values.map { $0[position] }.sorted()) }
  }
}
