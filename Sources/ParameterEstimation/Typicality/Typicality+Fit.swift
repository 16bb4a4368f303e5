import Foundation
import Statistics

extension Typicality {
  /// Distances of a spectrum.
  struct Distances {
    /// Squared distances of ``Aspect``s, of rests at each frequency, and of channels [frequency][channel].
    let aspects, frequencies, channels: [Double]

    /// Of channels, the mean over some frequencies.
    func channels(over positions: some Collection<Int>) -> [Double] {
      let count = channels.count / frequencies.count
      return (0..<count).map { channel in
        positions.reduce(0) { $0 + channels[$1 * count + channel] } / Double(positions.count)
      }
    }
  }

  /// Fits to spectra that an estimator was trained on, and calibrates with others.
  init(_ estimator: Estimator, trained: [Float], held: [Float], threads: Int) throws {
    let (channels, frequencies) = (estimator.contacts.count, estimator.frequencies.count)
    let normaliser = SpectrumNormaliser(
      .logarithmicRatio, floor: estimator.normaliser.floor, fittedTo: trained, channels: channels,
      frequencies: frequencies)
    let network = estimator.networks[0]
    let seen = estimator.normaliser.inputs(trained, channels: channels, frequencies: frequencies)
    let activity =
      HiddenActivity.length(of: network) == 0
      ? nil : try HiddenActivity(of: network, inputs: seen, threads: threads)
    let components = SpectrumComponents(
      normaliser.inputs(trained, channels: channels, frequencies: frequencies), channels: channels,
      frequencies: frequencies)
    let distances = try Self.distances(
      of: held, estimator, normaliser, components, activity, threads: threads)
    let logarithms = distances.map { $0.aspects.map(Self.logarithm) }
    let scales = logarithms[0].indices.map { aspect in
      let moments = Moments(logarithms.map { $0[aspect] })
      return (mean: moments.mean, deviation: max(moments.sampleStandardDeviation, 1e-6))
    }
    self.init(
      normaliser: normaliser, components: components, activity: activity, scales: scales,
      calibration: TailCalibration(logarithms.map { Self.scores($0, scales).max()! }),
      limits: (
        Self.limits(distances.map(\.frequencies)),
        Self.limits(distances.map { $0.channels(over: $0.frequencies.indices) })
      ))
  }

  /// The squared distances of spectra.
  func distances(of spectra: [Float], _ estimator: Estimator, threads: Int) throws -> [Distances] {
    try Self.distances(of: spectra, estimator, normaliser, components, activity, threads: threads)
  }

  /// How far out each aspect is, in standard deviations of the calibration samples.
  func scores(_ squaredDistances: [Double]) -> [Double] {
    Self.scores(squaredDistances.map(Self.logarithm), scales)
  }

  private static func distances(
    of spectra: [Float], _ estimator: Estimator, _ normaliser: SpectrumNormaliser,
    _ components: SpectrumComponents, _ activity: HiddenActivity?, threads: Int
  ) throws -> [Distances] {
    let (channels, frequencies) = (estimator.contacts.count, estimator.frequencies.count)
    let length = channels * frequencies
    guard case .logarithmicRatio(_, let deviations, _) = normaliser else {
      preconditionFailure("ratios of channels")
    }
    let inputs = normaliser.inputs(spectra, channels: channels, frequencies: frequencies)
    let hidden = try activity?.squaredDistances(
      of: estimator.networks[0],
      inputs: estimator.normaliser.inputs(spectra, channels: channels, frequencies: frequencies),
      threads: threads)
    return (0..<inputs.count / length).map { sample in
      let (shape, rest) = components.split(inputs[sample * length..<(sample + 1) * length])
      let single = components.squaredDistances(ofRest: rest)
      return Distances(
        aspects: [shape, single.reduce(0, +)] + (hidden.map { [$0[sample]] } ?? []), frequencies: single,
        channels: components.squaredDistances(ofChannelsOfRest: rest, deviations: deviations))
    }
  }

  private static func logarithm(_ value: Double) -> Double { log(max(value, 1e-300)) }

  private static func scores(
    _ logarithms: [Double], _ scales: [(mean: Double, deviation: Double)]
  ) -> [Double] {
    zip(logarithms, scales).map { ($0 - $1.mean) / $1.deviation }
  }

  /// What one of a hundred samples exceeds, of [sample][position].
  private static func limits(_ values: [[Double]]) -> [Double] {
    values[0].indices.map { position in quantile(0.99, of: values.map { $0[position] }.sorted()) }
  }
}
