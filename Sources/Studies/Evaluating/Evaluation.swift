import Configuration
import ConvolutionalNetwork
import DurableFiles
import EstimatorDiagnostics
import Figures
import Foundation
import ParameterEstimation
import ParameterSampling
import SimulationData
import Statistics
import StudyFigures

/// Applies a model to samples with known parameters: the bias/std table and its figures.
package struct Evaluation {
  /// Which samples to take.
  package enum Part: String, Sendable, CaseIterable {
    /// The training samples.
    case training
    /// The validation samples.
    case validation
    /// The test samples.
    case test
    /// All samples.
    case all

    var split: DatasetSplit? {
      switch self {
      case .training: .training
      case .validation: .validation
      case .test: .test
      case .all: nil
      }
    }
  }

  /// The model applied.
  let model: TrainedModel
  /// What its networks were trained on.
  private let loss: Loss
  /// The data set.
  let dataset: DatasetReader
  /// How good its estimates are.
  package let assessment: Assessment

  /// What a user should know about the samples.
  package var notices: [String] {
    assessment.samples.leftOut == 0
      ? []
      : [
        "\(assessment.samples.leftOut) samples are left out that the model has seen: the data set has the seed of its training"
      ]
  }

  /// Applies a model to a data set.
  ///
  /// - Parameter part: By default the test samples of the data set that the model was trained on; all of any other but
  ///   those that the model has seen.
  package init(model path: String, dataset: String, part: Part? = nil, seed: UInt64? = nil, threads: Int)
    throws
  {
    model = try TrainedModel(path: path)
    let estimator = model.estimator
    let reader = try DatasetReader(checked: dataset)
    self.dataset = reader
    let description = reader.description
    let frequencies = try model.requireMatching(description, file: dataset)
    let isTrainingSet = model.isTrained(on: description)
    let configuration = model.configuration.values
    loss = configuration.training.loss(for: estimator.targetBox.dimensions.map(\.key))
    guard !isTrainingSet || description.configuration.values.split == configuration.split else {
      throw EstimatorError.otherSplit(file: dataset)
    }
    let isPartChosen = part != nil
    let part = part ?? (isTrainingSet ? .test : .all)
    var samples = TrainingSamples()
    var estimates: [Double] = []
    var posteriors: [Posterior] = []
    var typicality: [Double] = []
    var selected = SelectedSamples(
      DatasetContents(reader), parts: [part.split], targetBox: estimator.targetBox)
    selected.frequencies = frequencies
    if !isPartChosen { selected.leftOut = model.hasSeen(description) }
    try selected.forEachBlock { block in
      samples.append(block.withoutSpectra)
      if block.count == 0 { return }
      let predicted = try estimator.predictions(from: block.spectra, threads: threads)
      estimates += predicted.estimates
      posteriors += predicted.posteriors ?? []
      typicality +=
        try estimator.assessments(of: block.spectra, threads: threads)?.map(\.probability) ?? []
    }
    guard samples.count > 0 else { throw EstimatorError.noSamples(file: dataset, split: part.rawValue) }
    let bootstrap = Bootstrap(configuration.evaluation, seed: seed ?? configuration.seed)
    assessment = Assessment(
      samples, estimates: estimates, posteriors: posteriors.isEmpty ? nil : posteriors,
      typicality: estimator.typicality.map { (typicality, $0.calibrationSamples) }, box: estimator.targetBox,
      description: description, part: part.rawValue,
      isOptimistic: isTrainingSet && model.selection == .test && part == .test, bootstrap: bootstrap,
      seed: seed ?? configuration.seed, threads: threads)
  }

  /// Writes what the assessment does, and the learning curve, into a folder; throws if any is there, unless `replacing`.
  package func write(to folder: String, replacing: Bool) throws {
    try assessment.write(
      to: folder, with: [("learning_curve.svg", learningCurve.svg)], replacing: replacing)
  }

  /// Tests the model under conditions; nil if there are none.
  ///
  /// - Parameters:
  ///   - configuration: A file whose section `robustness` counts; by default that of the model.
  ///   - part: As for the evaluation.
  package func robustness(
    _ configuration: URL? = nil, part: Part? = nil, seed: UInt64? = nil, threads: Int, isQuiet: Bool
  ) throws -> Robustness? {
    let stored = model.configuration.values
    let parameters =
      try configuration.map { try StudyConfiguration(contentsOf: $0).robustness } ?? stored.robustness
    guard !parameters.conditions.list.isEmpty else { return nil }
    let seed = seed ?? stored.seed
    return try Robustness(
      model, dataset: dataset, parameters,
      folder: configuration?.deletingLastPathComponent()
        ?? URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
      part: part, bootstrap: Bootstrap(stored.evaluation, seed: seed), seed: seed, threads: threads,
      isQuiet: isQuiet)
  }

  /// The course of the training of each network.
  var learningCurve: Figure {
    LearningCurveFigure(
      model.courses.map { course in
        .init(
          training: course.history.map(\.trainingLoss), validation: course.history.map(\.validationLoss),
          bestEpoch: course.bestEpoch)
      }, lossName: loss.title
    ).figure
  }
}

extension Loss {
  /// What figures call it.
  fileprivate var title: String {
    switch self {
    case .squaredError: "mean squared error"
    case .weightedSquaredError: "weighted mean squared error"
    case .gaussian(errorWeight: 0, _): "negative log likelihood"
    case .gaussian: "negative log likelihood and squared errors"
    }
  }
}
