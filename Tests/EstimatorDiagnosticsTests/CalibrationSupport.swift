import EstimatorDiagnostics
import ParameterEstimation
import Statistics

extension CalibrationStatistics {
  /// Of predictions of the same box and true values [sample][parameter] in its unit cube.
  init(comparing predictions: [Posterior], truths: [Double], bootstrap: Bootstrap, seed: UInt64) {
    self.init(
      SampleCalibration.all(predictions, truths: truths, seed: seed, threads: 2),
      of: predictions[0].targetBox,
      bootstrap: bootstrap)
  }
}
