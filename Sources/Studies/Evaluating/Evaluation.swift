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
  /// Bias, standard deviation and further statistics.
  package let table: ErrorTable
  /// Whether predicted distributions are as wide as they should be; nil of a model that predicts values only.
  package let calibration: CalibrationStatistics?
  /// The samples, without their spectra.
  private let samples: TrainingSamples
  private let estimates: [Double]
  /// Nil if the model predicts values only.
  private let posteriors: [Posterior]?

  /// What a user should know about the samples.
  package var notices: [String] {
    samples.leftOut == 0
      ? []
      : [
        "\(samples.leftOut) samples are left out that the model has seen: the data set has the seed of its training"
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
    }
    guard samples.count > 0 else { throw EstimatorError.noSamples(file: dataset, split: part.rawValue) }
    (self.samples, self.estimates) = (samples, estimates)
    self.posteriors = posteriors.isEmpty ? nil : posteriors
    let bootstrap = Bootstrap(configuration.evaluation, seed: seed ?? configuration.seed)
    table = ErrorTable(
      rows: bootstrap.errorStatistics(
        estimates: estimates, truths: samples.parameters, targetBox: estimator.targetBox,
        sampledBox: description.box),
      split: part.rawValue, silent: samples.silent, confidence: bootstrap.parameters.confidence,
      isOptimistic: isTrainingSet && model.selection == .test && part == .test)
    let truths = samples.targets.map(Double.init)
    calibration = self.posteriors.map {
      CalibrationStatistics(
        predictions: $0, truths: truths, bootstrap: bootstrap, seed: seed ?? configuration.seed)
    }
  }

  /// Writes `errors.md`, `errors.csv`, `errors.json`, `estimates.csv` and figures into a folder, and `calibration.md`,
  /// `.csv`, `.json` and `.svg` if distributions are predicted; throws if any is there, unless `replacing`.
  package func write(to folder: String, replacing: Bool) throws {
    let encoder = JSONEncoder.results(.prettyPrinted)
    var files: [(String, String)] = [
      ("errors.md", table.formatted.markdown), ("errors.csv", table.numbers.csv),
      ("errors.json", String(decoding: try encoder.encode(table), as: UTF8.self) + "\n"),
      ("estimates.csv", estimatesCSV), ("error_histograms.svg", errorFigure.svg),
      ("estimates.svg", scatterFigure.svg), ("learning_curve.svg", learningCurve.svg),
    ]
    if let calibration {
      files += [
        ("calibration.md", calibration.formatted.markdown), ("calibration.csv", calibration.numbers.csv),
        ("calibration.json", String(decoding: try encoder.encode(calibration), as: UTF8.self) + "\n"),
        ("calibration.svg", figure(of: calibration).svg),
      ]
    }
    try AtomicFile.createFolder(folder)
    if !replacing { for (name, _) in files { try AtomicFile.requireCreatable(folder + "/" + name) } }
    Interruption.letWorkFinish()
    // Tables of an earlier evaluation that this one does not have would seem to be its own.
    let stale = ["robustness", "calibration"].flatMap { name in
      ["md", "csv", "json", "svg"].map { "\(name).\($0)" }
    }
    for name in stale where replacing && !files.contains(where: { $0.0 == name }) {
      unlink(folder + "/" + name)
    }
    for (name, text) in files { try AtomicFile.write(text, to: folder + "/" + name, replacing: replacing) }
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

  private var box: ParameterBox { model.estimator.targetBox }

  private func column(_ p: Int, of values: [Double]) -> [Double] {
    stride(from: p, to: values.count, by: box.count).map { values[$0] }
  }

  /// A line per sample: its index, true and estimated values, and predicted standard deviations and correlations if there
  /// are any.
  private var estimatesCSV: String {
    let names = box.dimensions.map(\.name)
    let pairs = names.indices.flatMap { i in names.indices.filter { $0 > i }.map { (i, $0) } }
    var header = ["sample_index"] + names.map { "true_\($0)" } + names.map { "estimated_\($0)" }
    if posteriors != nil {
      header += names.map { "std_\($0)" } + pairs.map { "correlation_\(names[$0])_\(names[$1])" }
    }
    let lines = (0..<samples.count).map { sample in
      let range = (sample * box.count)..<((sample + 1) * box.count)
      var values = samples.parameters[range] + estimates[range]
      if let posterior = posteriors?[sample] {
        let correlations = posterior.correlations
        values += posterior.standardDeviations + pairs.map { correlations[$0 * box.count + $1] }
      }
      return (["\(samples.indices[sample])"] + values.map { "\($0)" }).joined(separator: ",")
    }
    return ([header.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// The distributions of errors.
  var errorFigure: Figure {
    ErrorHistogramFigure(
      parameters: box.dimensions.enumerated().map { p, dimension in
        let errors = zip(column(p, of: estimates), column(p, of: samples.parameters)).map {
          ($0 - $1) / (dimension.upper - dimension.lower)
        }
        return .init(name: dimension.symbol, errors: errors)
      }
    ).figure
  }

  /// Estimates against true values.
  var scatterFigure: Figure {
    EstimateScatterFigure(
      parameters: box.dimensions.enumerated().map { p, dimension in
        .init(
          name: dimension.symbol, unit: dimension.unit == "1" ? "" : dimension.unit,
          truth: column(p, of: samples.parameters), estimate: column(p, of: estimates),
          range: dimension.lower...dimension.upper)
      }
    ).figure
  }

  /// How well predicted distributions are calibrated.
  func figure(of calibration: CalibrationStatistics) -> Figure {
    CalibrationFigure(
      series: zip(calibration.rows, box.dimensions.map(\.symbol) + ["all together"]).map { row, name in
        .init(name: name, values: row.values, isOneSided: row.name == CalibrationStatistics.joint)
      }, binCount: CalibrationStatistics.binCount
    ).figure
  }

  /// The course of the training, of the first network if there are several.
  var learningCurve: Figure {
    let course = model.courses[0]
    return LearningCurveFigure(
      training: course.history.map(\.trainingLoss), validation: course.history.map(\.validationLoss),
      bestEpoch: course.bestEpoch, lossName: loss.title
    ).figure
  }
}

extension Loss {
  /// What figures call it.
  fileprivate var title: String {
    switch self {
    case .squaredError: "mean squared error"
    case .weightedSquaredError: "weighted mean squared error"
    case .gaussian: "negative log likelihood"
    }
  }
}

extension ParameterBox.Dimension {
  /// The name as the literature writes it.
  var symbol: String { name == "eta" ? "η" : name }
}
