import Configuration
import ParameterEstimation
import ParameterSampling
import SimulationData

extension TrainedModel {
  /// Whether a data set is the one that the model was trained on.
  func isTrained(on description: DatasetDescription) -> Bool {
    description.spectraIdentity == spectraIdentity
  }

  /// Of another data set, whether a sample of some index was trained on, or decided about the best epoch: those of the same
  /// seed are the same networks, however they are analysed and however long they are simulated.
  func hasSeen(_ description: DatasetDescription) -> (@Sendable (UInt64) -> Bool)? {
    let study = configuration.values
    let seed = dataSeed ?? study.seed
    guard !isTrained(on: description), description.configuration.values.seed == seed else { return nil }
    let (samples, split) = (study.sampling.samples, study.split)
    return { index in
      index < UInt64(samples)
        && SampleIdentity(seed: seed, index: Int(index)).part(of: split) != .test
    }
  }

  /// Throws `EstimatorError` unless a data set's spectra are like those of the training.
  ///
  /// - Returns: The places of the estimator's frequencies.
  func requireMatching(_ description: DatasetDescription, file: String) throws -> [Int] {
    let reference = configuration.values.measurement.reference
    guard description.reference == reference else {
      throw EstimatorError.otherReference(file: file, expected: reference, actual: description.reference)
    }
    try requireSameFolding(description.bin, file: file)
    return try estimator.requireMatching(
      contacts: description.contacts, frequencies: description.frequencies, file: file)
  }

  /// Throws `EstimatorError` if frequencies above those of the spectra are folded back in the training and not in a file, or the
  /// other way round: bins of 1 ms fold, finer ones are filtered.
  func requireSameFolding(_ bin: Double, file: String) throws {
    let trained = configuration.values.simulation.bin
    guard (bin >= 1) == (trained >= 1) else {
      throw EstimatorError.otherBins(file: file, expected: trained, actual: bin)
    }
  }
}
