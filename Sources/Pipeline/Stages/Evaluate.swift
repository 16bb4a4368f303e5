import Figures
import Foundation
import ParameterEstimation

/// Applies a model to samples with known parameters: the bias/std table and its figures.
public struct Evaluate {
  /// Which samples to take.
  public enum Part: String, Sendable, CaseIterable {
    /// The training samples.
    case training
    /// The validation samples.
    case validation
    /// The test samples.
    case test
    /// All samples.
    case all

    fileprivate var split: DatasetSplit? {
      switch self {
      case .training: .training
      case .validation: .validation
      case .test: .test
      case .all: nil
      }
    }
  }

  /// Evaluates and writes `errors.md`, `errors.csv`, `errors.json`, `estimates.csv` and figures into a folder.
  ///
  /// - Parameters:
  ///   - part: By default the test samples of the data set that the model was trained on, all of any other.
  ///   - replacing: Whether an earlier evaluation in the folder may be overwritten.
  public static func run(
    model path: String, dataset: String, output: String, part: Part?, seed: UInt64?, threads: Int,
    replacing: Bool
  ) throws -> ErrorTable {
    let model = try TrainedModel(path: path)
    let estimator = model.estimator
    let reader = try DatasetReader(path: dataset)
    let description = reader.description
    try estimator.requireMatching(
      channelDepths: description.channelDepths, frequencies: description.frequencies, file: dataset)
    let part = part ?? (description.spectraIdentity == model.spectraIdentity ? .test : .all)
    let rows = try reader.rows()
    try reader.close()
    let samples = try TrainingSamples(
      rows, split: part.split, description: description, targetBox: estimator.targetBox, file: dataset)
    guard samples.count > 0 else { throw EstimatorError.noSamples(file: dataset, split: part.rawValue) }

    let estimates = try estimator.estimates(from: samples.spectra, threads: threads)
    let configuration = try StudyConfiguration(yaml: model.configuration, file: path)
    let bootstrap = ErrorBootstrap(
      resamples: configuration.evaluation.bootstrapResamples, confidence: configuration.evaluation.confidence,
      seed: seed ?? configuration.seed)
    let table = ErrorTable(
      rows: bootstrap.statistics(
        estimates: estimates, truths: samples.parameters, targetBox: estimator.targetBox,
        sampledBox: description.box),
      split: part.rawValue, silent: samples.silent, confidence: bootstrap.confidence,
      isOptimistic: model.selection == .test && part == .test
        && description.spectraIdentity == model.spectraIdentity)

    try AtomicFile.createFolder(output)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let files: [(String, String)] = [
      ("errors.md", table.markdown), ("errors.csv", table.csv),
      ("errors.json", String(decoding: try encoder.encode(table), as: UTF8.self) + "\n"),
      ("estimates.csv", estimatesCSV(estimator.targetBox, samples, estimates)),
      ("error_histograms.svg", errorFigure(estimator.targetBox, samples, estimates).svg),
      ("estimates.svg", scatterFigure(estimator.targetBox, samples, estimates).svg),
      ("learning_curve.svg", learningCurve(model).svg),
    ]
    if !replacing { for (name, _) in files { try AtomicFile.requireCreatable(output + "/" + name) } }
    for (name, text) in files { try AtomicFile.write(text, to: output + "/" + name, replacing: replacing) }
    return table
  }

  private static func column(_ p: Int, of values: [Double], _ box: ParameterBox) -> [Double] {
    stride(from: p, to: values.count, by: box.count).map { values[$0] }
  }

  private static func estimatesCSV(
    _ box: ParameterBox, _ samples: TrainingSamples, _ estimates: [Double]
  ) -> String {
    let header = box.dimensions.map { "true_\($0.key)" } + box.dimensions.map { "estimated_\($0.key)" }
    let lines = (0..<samples.count).map { sample in
      let range = (sample * box.count)..<((sample + 1) * box.count)
      return (samples.parameters[range] + estimates[range]).map { "\($0)" }.joined(separator: ",")
    }
    return ([header.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  private static func errorFigure(_ box: ParameterBox, _ samples: TrainingSamples, _ estimates: [Double])
    -> Figure
  {
    ErrorHistogramFigure(
      parameters: box.dimensions.enumerated().map { p, dimension in
        let truth = column(p, of: samples.parameters, box)
        let errors = zip(column(p, of: estimates, box), truth).map {
          ($0 - $1) / (dimension.upper - dimension.lower)
        }
        return .init(name: dimension.symbol, errors: errors)
      }
    ).figure
  }

  private static func scatterFigure(_ box: ParameterBox, _ samples: TrainingSamples, _ estimates: [Double])
    -> Figure
  {
    EstimateScatterFigure(
      parameters: box.dimensions.enumerated().map { p, dimension in
        .init(
          name: dimension.symbol, unit: dimension.unit == "1" ? "" : dimension.unit,
          truth: column(p, of: samples.parameters, box), estimate: column(p, of: estimates, box),
          range: dimension.lower...dimension.upper)
      }
    ).figure
  }

  static func learningCurve(_ model: TrainedModel) -> Figure {
    LearningCurveFigure(
      training: model.history.map(\.trainingLoss), validation: model.history.map(\.validationLoss),
      bestEpoch: model.bestEpoch, lossName: "mean squared error"
    ).figure
  }
}

extension ParameterBox.Dimension {
  /// The name as the literature writes it.
  var symbol: String { name == "eta" ? "η" : name }
}
