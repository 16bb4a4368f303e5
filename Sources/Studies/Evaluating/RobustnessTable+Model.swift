import Configuration
import EstimatorDiagnostics
import ParameterEstimation
import SimulationData
import Statistics

extension RobustnessTable.Row {
  /// What a model makes of samples, at least one.
  ///
  /// - Parameter reader: The data set that they come from.
  init(
    _ name: String, _ samples: TrainingSamples, of reader: DatasetReader, model: TrainedModel,
    bootstrap: Bootstrap,
    seed: UInt64, threads: Int
  ) throws {
    guard samples.count > 0 else { throw EstimatorError.noSamples(file: reader.path, split: "test") }
    let predicted = try model.estimator.predictions(from: samples.spectra, threads: threads)
    let calibration = predicted.posteriors.map {
      CalibrationStatistics(
        SampleCalibration.all($0, truths: samples.targets.map(Double.init), seed: seed, threads: threads),
        of: model.estimator.targetBox, bootstrap: bootstrap)
    }
    let typicality = try model.estimator.assessments(of: samples.spectra, threads: threads).map {
      TypicalityStatistics(
        $0.map(\.probability), calibrationSamples: model.estimator.typicality!.calibrationSamples)
    }
    self.init(
      condition: name,
      errors: bootstrap.errorStatistics(
        estimates: predicted.estimates, truths: samples.parameters, targetBox: model.estimator.targetBox,
        sampledBox: reader.description.box),
      calibration: calibration, typicality: typicality)
  }
}
