import Figures
import Foundation
import ParameterEstimation

/// What an experiment found. Errors are in units of the target range.
public struct ExperimentResults: Sendable, Encodable {
  /// One way of training.
  public struct Variant: Sendable, Encodable {
    /// Its name.
    public let name: String
    /// The parameters estimated.
    public let parameters: [String]
    /// Samples trained on, and samples that decided about the best epoch.
    public let trainingSamples, validationSamples: Int
    /// Analysed time of each simulation without the transient, in ms.
    public let analysedTime: Int
    /// Samples tested on.
    public let testSamples: Int
    /// Samples left out of the test because they fired no spike.
    public let silent: Int
    /// Whether the best epoch was chosen on samples that are tested on.
    public let isOptimistic: Bool
    /// The models' files.
    public let models: [String]
    /// The epoch that each network was kept from.
    public let bestEpochs: [Int]
    /// Losses on the samples that decided: mean squared errors, or negative log likelihoods of predicted distributions.
    public let validationLoss: RepeatedFigure
    /// Mean squared errors on the test samples.
    public let testLoss: RepeatedFigure
    /// Mean test loss less that of the first variant; nil where tests or parameters differ.
    public let testLossDifference: ErrorStatistics.Figure?

    enum CodingKeys: String, CodingKey {
      case name, parameters, silent, models
      case trainingSamples = "training_samples"
      case validationSamples = "validation_samples"
      case analysedTime = "analysed_time_ms"
      case testSamples = "test_samples"
      case isOptimistic = "optimistic"
      case bestEpochs = "best_epochs"
      case validationLoss = "validation_loss"
      case testLoss = "test_loss"
      case testLossDifference = "test_loss_difference"
    }
  }

  /// Errors of one variant for one parameter.
  public struct Row: Sendable, Encodable {
    /// Name of the parameter.
    public let parameter: String
    /// Name of the variant.
    public let variant: String
    /// Its errors.
    public let errors: ErrorSummary
  }

  /// The heading.
  public let title: String
  /// Seeds of the trainings.
  public let seeds: [UInt64]
  /// Probability mass of the intervals.
  public let confidence: Double
  /// The ways of training, the reference first.
  public let variants: [Variant]
  /// Errors, parameter by parameter.
  public let rows: [Row]
  /// The curve through the test losses, if one was asked for and there are enough variants.
  public let curve: LossCurve?
  /// Distributions of errors, for the figure.
  private let distributions: [ErrorComparisonFigure.Parameter]

  enum CodingKeys: String, CodingKey {
    case title, seeds, confidence, variants, rows, curve
  }

  init(_ configuration: ExperimentConfiguration, _ tested: [TestedVariant]) throws {
    let comparison = ErrorComparison(
      resamples: configuration.evaluation.bootstrapResamples,
      confidence: configuration.evaluation.confidence, seed: configuration.seeds[0])
    let reference = tested[0]
    title = configuration.title
    seeds = configuration.seeds
    confidence = comparison.confidence

    let comparable = tested.filter {
      $0.planned.hasTestOf(reference.planned) && $0.planned.targetBox == reference.planned.targetBox
    }
    let resampled = comparison.resampledMeans(of: comparable.map(\.losses))
    variants = tested.map { variant in
      let loss = RepeatedFigure(variant.losses.map { $0.reduce(0, +) / Double($0.count) })
      let referenceLosses = reference.losses.joined()
      let referenceLoss = referenceLosses.reduce(0, +) / Double(referenceLosses.count)
      let column = comparable.firstIndex { $0.name == variant.name }
      return Variant(
        name: variant.name, parameters: variant.planned.targetBox.dimensions.map(\.name),
        trainingSamples: variant.planned.trainingSamples,
        validationSamples: variant.planned.validationSamples, analysedTime: variant.planned.analysedTime,
        testSamples: variant.samples, silent: variant.silent, isOptimistic: variant.planned.isOptimistic,
        models: variant.files, bestEpochs: variant.bestEpochs,
        validationLoss: RepeatedFigure(variant.validationLosses), testLoss: loss,
        testLossDifference: column.flatMap { column in
          column == 0
            ? nil : comparison.interval(loss.mean - referenceLoss, resampled.map { $0[column] - $0[0] })
        })
    }

    var dimensions: [ParameterBox.Dimension] = []
    for dimension in tested.flatMap(\.planned.targetBox.dimensions) where !dimensions.contains(dimension) {
      dimensions.append(dimension)
    }
    rows = dimensions.flatMap { Self.rows(of: $0, tested, comparison) }
    curve = LossCurve(configuration.curve, variants, resampled, comparison)
    distributions = dimensions.map { dimension in
      .init(
        name: dimension.symbol,
        variants: tested.compactMap { variant in
          variant.errors(of: dimension).map { .init(name: variant.name, errors: $0) }
        })
    }
  }

  /// Those who estimate the parameter, compared with the first of them on its test samples.
  private static func rows(
    of dimension: ParameterBox.Dimension, _ tested: [TestedVariant], _ comparison: ErrorComparison
  ) -> [Row] {
    let estimating = tested.filter { $0.errors(of: dimension) != nil }
    let paired = estimating.filter { $0.planned.hasTestOf(estimating[0].planned) }
    let summaries = comparison.summaries(of: paired.map { $0.errors(of: dimension)! })
    return estimating.map { variant in
      let position = paired.firstIndex { $0.name == variant.name }
      return Row(
        parameter: dimension.name, variant: variant.name,
        errors: position.map { summaries[$0] }
          ?? comparison.summaries(of: [variant.errors(of: dimension)!])[0])
    }
  }

  /// Names of all files written.
  static let fileNames = ["results.md", "errors.csv", "losses.csv", "results.json", "results.svg"]

  /// Writes tables and the figure, in place of earlier ones.
  func write(to folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let json = String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    for (name, text) in zip(Self.fileNames, [markdown, errorsCSV, lossesCSV, json, figure.svg]) {
      try AtomicFile.write(text, to: folder + "/" + name, replacing: true)
    }
  }

  /// The figure: the curve, or distributions and spread of errors.
  var figure: Figure {
    if let curve { return curve.figure(title: title) }
    return ErrorComparisonFigure(title: title, parameters: distributions).figure
  }
}
