import Configuration
import DurableFiles
import Foundation
import ParameterEstimation
import ParameterSampling
import SimulationData

/// Trains every variant of an experiment with every seed, tests all, and writes tables and a figure.
///
/// Stopped at any time, the same call goes on where it was: finished models are kept, trainings continue.
package struct Experiment {
  private let configuration: ExperimentConfiguration
  private let plan: [PlannedVariant]
  private let shelf: DatasetShelf
  private let output: String
  private let threads: Int
  private let isQuiet: Bool

  /// Checks data sets and output.
  ///
  /// - Throws: ``ExperimentError``, `EstimatorError` or an error of reading.
  package init(_ configuration: ExperimentConfiguration, output: String, threads: Int, isQuiet: Bool) throws {
    self.configuration = configuration
    self.output = output
    self.threads = threads
    self.isQuiet = isQuiet
    var shelf = DatasetShelf(threads: threads, isQuiet: isQuiet)
    plan = try configuration.variants.map { try PlannedVariant($0, of: configuration, &shelf) }
    self.shelf = shelf
    if configuration.curve != .none {
      for variant in plan where !variant.hasTestOf(plan[0]) || variant.targetBox != plan[0].targetBox {
        throw ExperimentError.noCurve(variant: variant.variant.name, reference: plan[0].variant.name)
      }
    }
  }

  /// Trains what is not trained yet, tests all and writes the results.
  package func run() throws -> ExperimentResults {
    let models = output + "/models"
    let folder = try ExperimentFolder(
      output, for: configuration.text, key: "variants", writing: ExperimentResults.fileNames)
    try AtomicFile.createFolder(models)
    var shelf = shelf
    var files: [String: String] = [:]
    let tested = try plan.map { planned in
      try test(planned, try train(planned, into: models, &files, &shelf), &shelf)
    }
    let results = try ExperimentResults(configuration, tested)
    try results.write(to: output)
    try folder.finish()
    return results
  }

  /// One trained model.
  private struct Trained {
    let file: String
    let model: TrainedModel
  }

  /// The models of a variant, one for each seed. Variants that differ in their tests only share models, whose `files`
  /// are noted by identity.
  private func train(
    _ planned: PlannedVariant, into folder: String, _ files: inout [String: String],
    _ shelf: inout DatasetShelf
  ) throws -> [Trained] {
    let progress = Progress("experiment", total: 0, unit: "models", isQuiet: isQuiet)
    return try configuration.seeds.map { seed in
      let own = "\(folder)/\(planned.variant.fileName)-seed-\(seed).h5"
      var study = StudyConfiguration()
      study.training = planned.variant.training
      study.evaluation = configuration.evaluation
      let train = try Train(
        planned.trainingSet, configuration: study, seed: seed, output: own, threads: threads,
        isQuiet: isQuiet)
      let file = files[train.identity] ?? own
      files[train.identity] = file
      if !FileManager.default.fileExists(atPath: file) {
        let contents = try shelf.contents(of: planned.trainingSet)
        progress.announce("\(planned.variant.name), seed \(seed)")
        _ = try train.run(on: contents)
      }
      let model = try TrainedModel(path: file)
      guard Train.identity(of: model) == train.identity else {
        throw ExperimentError.otherModel(file: file, variant: planned.variant.name)
      }
      return Trained(file: FilePath.name(file), model: model)
    }
  }

  /// The validation loss after each epoch that all trainings reached, averaged over them.
  private static func meanCourse(_ courses: [TrainedModel.Course]) -> [Double] {
    (0..<(courses.map(\.history.count).min() ?? 0)).map { epoch in
      courses.reduce(0) { $0 + $1.history[epoch].validationLoss } / Double(courses.count)
    }
  }

  /// Applies the models of a variant to its test samples.
  private func test(
    _ planned: PlannedVariant, _ trained: [Trained], _ shelf: inout DatasetShelf
  ) throws -> TestedVariant {
    let data = try shelf.contents(of: planned.testSet)
    let selected = SelectedSamples(data, parts: [planned.part.split], targetBox: planned.targetBox)
    var bands: [[Int]: TrainingSamples] = [:]
    let samples = try selected.collected(spectra: false)
    let truths = (0..<samples.count).map { sample in
      let count = planned.targetBox.count
      return samples.targets[sample * count..<(sample + 1) * count].map(Double.init)
    }
    let applied = try trained.map { trained in
      let estimator = trained.model.estimator
      let frequencies = try trained.model.requireMatching(data.description, file: data.path)
      if bands[frequencies] == nil {
        var band = selected
        band.frequencies = frequencies
        bands = [frequencies: try band.collected(spectra: true)]
      }
      let (estimates, posteriors) = try estimator.predictions(
        from: bands[frequencies]!.spectra, threads: threads)
      let errors = planned.targetBox.dimensions.enumerated().map { p, dimension in
        stride(from: p, to: estimates.count, by: planned.targetBox.count).map {
          (estimates[$0] - samples.parameters[$0]) / (dimension.upper - dimension.lower)
        }
      }
      return (errors: errors, likelihoods: posteriors.map { zip($0, truths).map { -$0.logDensity(at: $1) } })
    }
    return TestedVariant(
      planned: planned, errors: applied.map(\.errors),
      negativeLogLikelihoods: applied.compactMap(\.likelihoods), samples: samples.count,
      silent: samples.silent,
      files: trained.map(\.file), bestEpochs: trained.flatMap { $0.model.courses.map(\.bestEpoch) },
      validationLosses: trained.map { trained in
        let losses = trained.model.courses.map { $0.history[$0.bestEpoch - 1].validationLoss }
        return losses.reduce(0, +) / Double(losses.count)
      }, course: Self.meanCourse(trained.flatMap(\.model.courses)))
  }
}

/// A variant with the errors of its models on the test samples.
struct TestedVariant {
  let planned: PlannedVariant
  /// Estimate − truth in units of the target range, [model][parameter][sample].
  let errors: [[[Double]]]
  /// −log of the predicted density of the truth, [model][sample]; empty if only values are predicted.
  let negativeLogLikelihoods: [[Double]]
  /// Samples tested on, and those left out because they fired no spike.
  let samples, silent: Int
  let files: [String]
  let bestEpochs: [Int]
  let validationLosses: [Double]
  /// The validation loss after each epoch, averaged over the models.
  let course: [Double]

  var name: String { planned.variant.name }

  /// Squared errors, averaged over parameters, [model][sample].
  var losses: [[Double]] {
    errors.map { model in
      (0..<samples).map { sample in
        model.reduce(0) { $0 + $1[sample] * $1[sample] } / Double(model.count)
      }
    }
  }

  /// Errors of one parameter, [model][sample]; nil if it is not estimated.
  func errors(of parameter: ParameterBox.Dimension) -> [[Double]]? {
    planned.targetBox.dimensions.firstIndex(of: parameter).map { p in errors.map { $0[p] } }
  }
}
