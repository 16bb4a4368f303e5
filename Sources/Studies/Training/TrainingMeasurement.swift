import Configuration
import ParameterEstimation
import RandomStreams
import SimulationData
import SpectralAnalysis

/// The recordings that a network is trained on, made of a data set's spectra.
struct TrainingMeasurement {
  let spectral: SpectralMeasurement
  private let key: StreamKey

  /// Nil if the network sees the data set's spectra as they are.
  ///
  /// - Parameter bins: The frequencies seen, by their places in the data set's spectra.
  init?(_ configuration: StudyConfiguration, _ description: DatasetDescription, bins: [Int]) throws {
    guard !configuration.training.measurement.isClean else { return nil }
    let stored = description.configuration.values
    spectral = SpectralMeasurement(
      configuration.training.measurement,
      welch: try Welch(stored.spectra, samplingRate: Study.samplingRate),
      samples: description.duration - description.transient, bins: bins,
      contacts: stored.kernel.contacts.count, reference: stored.measurement.reference)
    key = StreamKey(seed: configuration.seed)
  }

  /// Spectra of recordings of samples, always the same for a purpose.
  func recorded(_ samples: TrainingSamples, for purpose: StreamPurpose) -> [Float] {
    spectral.recorded(samples.spectra) { key.derived(purpose, samples.indices[$0]) }
  }
}

extension StreamPurpose {
  static let normalisation = StreamPurpose("recordings for normalisation")
  static let validation = StreamPurpose("recordings for validation")
}

extension Study {
  /// The density in mV²/Hz of white noise of some µV rms.
  static func density(ofWhiteNoise rms: Double) -> Double { 2 * rms * rms * 1e-6 / samplingRate }
}
