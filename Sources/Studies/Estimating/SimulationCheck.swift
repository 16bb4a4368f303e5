import Configuration
import EstimatorDiagnostics
import Foundation
import ParameterEstimation
import ParameterSampling
import RandomStreams
import SimulationData

/// Networks simulated with parameters drawn from estimates, to be compared with what these were made from.
///
/// Everything that is not estimated is drawn as for the training: nuisance parameters, cells, noise, gain.
struct SimulationCheck {
  /// What came of one estimate.
  struct Result: Sendable, Equatable {
    /// How likely its spectrum is among those of the simulations.
    let statistics: PredictiveCheck
    /// Decadic logarithms of densities in mV²/Hz, [channel][frequency]: of the recording, and of each simulation.
    let recorded: [Float]
    let simulated: [[Float]]
  }

  private let domain: Estimate.TrainingDomain
  private let study: Study
  private let simulator: SampleSimulator
  private let measurement: TrainingMeasurement?
  /// The places of the frequencies that the model sees.
  private let bins: [Int]
  private let estimator: Estimator
  private let simulations: Int
  private let key: StreamKey

  /// Parameters are drawn this often until they lie within what was sampled for the training.
  private static let attempts = 1000

  /// - Parameters:
  ///   - model: The model, read from `path`.
  ///   - simulations: How many for each estimate.
  ///   - duration: Samples after the transient, where they are fewer than in the training.
  /// - Throws: What reading the model's cells and computing kernels throws.
  init(_ model: TrainedModel, path: String, simulations: Int, duration: Int?) throws {
    guard model.estimator.prediction == .gaussian else { throw NoDistributions(file: path) }
    domain = Estimate.TrainingDomain(model)
    self.simulations = simulations
    var configuration = model.configuration.values
    key = StreamKey(seed: configuration.seed).derived(.simulationCheck)
    configuration.seed = key.fingerprint
    configuration.sampling.design = .random
    configuration.sampling.gridPoints = []
    if let duration { configuration.simulation.duration = configuration.simulation.transient + duration }
    study = try Study(configuration, folder: URL(fileURLWithPath: "/"))
    let kernels = try study.kernels()
    simulator = SampleSimulator(study, kernels: kernels)
    let description = study.datasetDescription(kernels)
    bins = try model.requireMatching(description, file: path)
    estimator = model.estimator
    measurement = try TrainingMeasurement(configuration, description, bins: bins)
  }

  /// Estimates with what the simulations say of them; those without a distribution as they are.
  func checked(_ rows: [Estimate.Row], threads: Int, isQuiet: Bool) throws -> [Estimate.Row] {
    let jobs = rows.flatMap { row in
      row.posterior.map { posterior in
        (0..<simulations).map { (row: row.row, posterior: posterior, number: $0) }
      } ?? []
    }
    let progress = Progress("check", total: jobs.count, unit: "simulations", isQuiet: isQuiet)
    let samples = try WorkerPool.map(jobs, workers: threads, stopped: "stopped; nothing was written") { job in
      let sample = try sample(job.row * simulations + job.number, job.posterior)
      progress.advance()
      return sample
    }
    progress.finish()
    var rest = samples[...]
    return rows.map { row in
      guard row.posterior != nil, let recorded = row.logSpectrum else { return row }
      let simulated = Array(rest.prefix(simulations))
      rest = rest.dropFirst(simulations)
      let statistics = PredictiveCheck(
        recorded: .init(
          logSpectrum: recorded, estimates: estimator.targetBox.normalised(row.parameters.map(\.estimate))),
        simulated: simulated, frequencies: estimator.frequencies)
      return row.checked(
        Result(statistics: statistics, recorded: recorded, simulated: simulated.map(\.logSpectrum)),
        doubt: domain.contradicted(statistics))
    }
  }

  /// The spectrum of a network with parameters drawn from a distribution, and what is estimated from it.
  private func sample(_ index: Int, _ posterior: Posterior) throws -> PredictiveCheck.Sample {
    let sample = SampleIdentity(seed: study.configuration.seed, index: index)
    var parameters = study.parameters(of: sample)
    for (dimension, value) in zip(posterior.targetBox.dimensions, draw(posterior, sample.key)) {
      guard let position = study.box.keys.firstIndex(of: dimension.key) else { continue }
      parameters[position] = study.configuration.nearestAdmissible(value, of: dimension.key)
    }
    let row = try simulator.row(of: sample, parameters: parameters)
    let seen = row.spectra.map(Double.init).keeping(bins, of: study.welch.frequencies.count)
    let measured =
      measurement?.spectral.recorded(seen) { _ in sample.key.derived(.simulationCheck) } ?? seen
    return .init(
      logSpectrum: measured.map(\.decadicLogarithmOfDensity),
      estimates: estimator.targetBox.normalised(
        try estimator.predictions(from: measured, threads: 1).estimates))
  }

  /// Parameters within the ranges that were sampled for the training, the nearest ones if none are drawn.
  private func draw(_ posterior: Posterior, _ key: StreamKey) -> [Double] {
    var stream = key.derived(.estimatedParameters).generator()
    var values: [Double] = []
    for _ in 0..<Self.attempts {
      values = posterior.targetBox.denormalised(posterior.draw(&stream))
      let isInside = zip(values, domain.sampled.dimensions).allSatisfy { $0 >= $1.lower && $0 <= $1.upper }
      if isInside { return values }
    }
    return zip(values, domain.sampled.dimensions).map { min(max($0, $1.lower), $1.upper) }
  }
}

/// A model that predicts values only where distributions are needed.
package struct NoDistributions: Error, CustomStringConvertible {
  let file: String

  package var description: String {
    "\(file): predicts values only; a check by simulation, draws and their figure need a model that predicts distributions"
      + " (training.predict: gaussian)"
  }
}

extension StreamPurpose {
  fileprivate static let simulationCheck = StreamPurpose("check by simulation")
  fileprivate static let estimatedParameters = StreamPurpose("parameters drawn from an estimate")
}

extension Float {
  /// Of a density in mV²/Hz that may be 0.
  var decadicLogarithmOfDensity: Float { log10(Swift.max(self, SpectrumNormaliser.leastDensity)) }
}

extension Estimate {
  /// The least number of simulations that an estimate can be compared with.
  package static var leastSimulations: Int { PredictiveCheck.leastSimulations }
}
