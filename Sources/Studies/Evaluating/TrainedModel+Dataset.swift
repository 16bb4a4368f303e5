import ParameterEstimation
import SimulationData

extension TrainedModel {
  /// Whether a data set has the simulations that the model was trained on, however they are analysed.
  func isTrained(on description: DatasetDescription) -> Bool {
    description.spectraIdentity == spectraIdentity
      || description.configuration.values.seed == dataSeed ?? configuration.values.seed
  }

  /// Throws `EstimatorError` unless a data set's spectra are like those of the training.
  ///
  /// - Returns: The places of the estimator's frequencies.
  func requireMatching(_ description: DatasetDescription, file: String) throws -> [Int] {
    let reference = configuration.values.measurement.reference
    guard description.reference == reference else {
      throw EstimatorError.otherReference(file: file, expected: reference, actual: description.reference)
    }
    return try estimator.requireMatching(
      contacts: description.contacts, frequencies: description.frequencies, file: file)
  }
}
