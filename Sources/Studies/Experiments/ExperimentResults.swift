import DurableFiles
import EstimatorDiagnostics
import Figures
import Foundation
import ParameterSampling
import Statistics
import StudyFigures

/// What an experiment found. Errors are in units of the target range.
package struct ExperimentResults: Sendable, Encodable {
  /// One way of training.
  package struct Variant: Sendable, Encodable {
    /// Its name.
    package let name: String
    /// The parameters estimated.
    package let parameters: [String]
    /// Samples trained on, and samples that decided about the best epoch.
    package let trainingSamples, validationSamples: Int
    /// Analysed time of each simulation without the transient, in ms.
    package let analysedTime: Int
    /// Samples tested on.
    package let testSamples: Int
    /// Samples left out of the test because they fired no spike.
    package let silent: Int
    /// Whether the best epoch was chosen on samples that are tested on.
    package let isOptimistic: Bool
    /// The models' files.
    package let models: [String]
    /// The epoch that each network was kept from.
    package let bestEpochs: [Int]
    /// Losses on the samples that decided: mean squared errors, or negative log likelihoods of predicted distributions.
    package let validationLoss: RepeatedMeasurement
    /// Mean squared errors on the test samples.
    package let testLoss: RepeatedMeasurement
    /// Mean test loss less that of the first variant; nil where tests or parameters differ.
    package let testLossDifference: IntervalEstimate?
    /// Mean negative log likelihoods on the test samples, in nats, parameters in units of the full ranges; nil if only
    /// values are predicted.
    package let negativeLogLikelihood: RepeatedMeasurement?
    /// Its mean less that of the first variant; nil where either has none, or tests or parameters differ.
    package let negativeLogLikelihoodDifference: IntervalEstimate?

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
      case negativeLogLikelihood = "test_negative_log_likelihood"
      case negativeLogLikelihoodDifference = "test_negative_log_likelihood_difference"
    }
  }

  /// Errors of one variant for one parameter.
  package struct Row: Sendable, Encodable {
    /// Name of the parameter.
    package let parameter: String
    /// Name of the variant.
    package let variant: String
    /// Its errors.
    package let errors: ErrorSummary
  }

  /// The heading.
  package let title: String
  /// Seeds of the trainings.
  package let seeds: [UInt64]
  /// Probability mass of the intervals.
  package let confidence: Double
  /// The ways of training, the reference first.
  package let variants: [Variant]
  /// Errors, parameter by parameter.
  package let rows: [Row]
  /// The curve through the test losses, if one was asked for and there are enough variants.
  package let curve: LossCurve?
  /// Distributions of errors, for the figure.
  private let distributions: [ErrorComparisonFigure.Parameter]

  enum CodingKeys: String, CodingKey {
    case title, seeds, confidence, variants, rows, curve
  }

  init(_ configuration: ExperimentConfiguration, _ tested: [TestedVariant]) throws {
    let bootstrap = Bootstrap(configuration.evaluation, seed: configuration.seeds[0])
    title = configuration.title
    seeds = configuration.seeds
    confidence = bootstrap.parameters.confidence

    let losses = ComparedMeans(tested, bootstrap) { $0.losses }
    let likelihoods = ComparedMeans(tested, bootstrap) { $0.negativeLogLikelihoods }
    variants = tested.indices.map { index in
      let variant = tested[index]
      return Variant(
        name: variant.name, parameters: variant.planned.targetBox.dimensions.map(\.name),
        trainingSamples: variant.planned.trainingSamples,
        validationSamples: variant.planned.validationSamples, analysedTime: variant.planned.analysedTime,
        testSamples: variant.samples, silent: variant.silent, isOptimistic: variant.planned.isOptimistic,
        models: variant.files, bestEpochs: variant.bestEpochs,
        validationLoss: RepeatedMeasurement(variant.validationLosses), testLoss: losses.figures[index]!,
        testLossDifference: losses.differences[index], negativeLogLikelihood: likelihoods.figures[index],
        negativeLogLikelihoodDifference: likelihoods.differences[index])
    }

    var dimensions: [ParameterBox.Dimension] = []
    for dimension in tested.flatMap(\.planned.targetBox.dimensions) where !dimensions.contains(dimension) {
      dimensions.append(dimension)
    }
    rows = dimensions.flatMap { Self.rows(of: $0, tested, bootstrap) }
    curve = LossCurve(
      configuration.curve, variants, courses: tested.map(\.course), losses.resampled, bootstrap)
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
    of dimension: ParameterBox.Dimension, _ tested: [TestedVariant], _ bootstrap: Bootstrap
  ) -> [Row] {
    let estimating = tested.filter { $0.errors(of: dimension) != nil }
    let paired = estimating.filter { $0.planned.hasTestOf(estimating[0].planned) }
    let summaries = bootstrap.errorSummaries(of: paired.map { $0.errors(of: dimension)! })
    return estimating.map { variant in
      let position = paired.firstIndex { $0.name == variant.name }
      return Row(
        parameter: dimension.name, variant: variant.name,
        errors: position.map { summaries[$0] }
          ?? bootstrap.errorSummaries(of: [variant.errors(of: dimension)!])[0])
    }
  }

  /// Names of all files written.
  static let fileNames = [
    "results.md", "results.tex", "errors.csv", "losses.csv", "results.json", "results.svg",
  ]

  /// Writes tables and the figure, in place of earlier ones.
  func write(to folder: String) throws {
    let encoder = JSONEncoder.results([.prettyPrinted, .withoutEscapingSlashes])
    let json = String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    for (name, text) in zip(
      Self.fileNames, [markdown, latex, errorNumbers.csv, lossNumbers.csv, json, figure.svg])
    {
      try AtomicFile.write(text, to: folder + "/" + name, replacing: true)
    }
  }

  /// The figure: the curve, or distributions and spread of errors.
  var figure: Figure {
    if let curve { return curve.figure(title: title) }
    return ErrorComparisonFigure(title: title, parameters: distributions).figure
  }
}

/// Means over the test samples of a quantity of every variant, compared with the first.
private struct ComparedMeans {
  /// Of each variant; nil where there is no such quantity.
  let figures: [RepeatedMeasurement?]
  /// Nil for the first variant, and where tests or parameters are not its own.
  let differences: [IntervalEstimate?]
  /// [resample][comparable variant].
  let resampled: [[Double]]

  /// `values` are those of a variant, [model][sample], or empty.
  init(_ tested: [TestedVariant], _ bootstrap: Bootstrap, _ values: (TestedVariant) -> [[Double]]) {
    let values = tested.map(values)
    let figures = values.map { values in
      values.isEmpty ? nil : RepeatedMeasurement(values.map { Moments($0).mean })
    }
    let comparable = tested.indices.filter { index in
      figures[0] != nil && figures[index] != nil && tested[index].planned.hasTestOf(tested[0].planned)
        && tested[index].planned.targetBox == tested[0].planned.targetBox
    }
    let resampled = comparable.isEmpty ? [] : bootstrap.resampledMeans(of: comparable.map { values[$0] })
    self.figures = figures
    self.resampled = resampled
    differences = tested.indices.map { index in
      guard index > 0, let column = comparable.firstIndex(of: index) else { return nil }
      return bootstrap.interval(
        figures[index]!.mean - figures[0]!.mean, resampled.map { $0[column] - $0[0] })
    }
  }
}
