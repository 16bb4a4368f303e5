import EstimatorDiagnostics
import Foundation
import Statistics

/// The results as text.
extension ExperimentResults {
  /// Tables with their captions, in Markdown.
  package var markdown: String {
    let errors = errorTables.map { "## Errors of \($0.parameter)\n\n" + $0.table.markdown }
    let losses = "## Mean squared error\n\n" + lossTable.markdown
    let fit = curve.map { [$0.text + "\n"] } ?? []
    return (["# \(title)\n"] + errors + [errorCaption + "\n", losses] + fit).joined(separator: "\n")
  }

  /// The same tables for LaTeX.
  package var latex: String {
    let errors = errorTables.map { parameter, table in
      Table(
        caption: "\(title): errors of \(parameter). \(errorCaption)", header: table.header, rows: table.rows)
    }
    return "% \\usepackage{booktabs,graphicx}\n" + (errors + [lossTable]).map(\.latex).joined(separator: "\n")
  }

  /// Errors of each parameter.
  private var errorTables: [(parameter: String, table: Table)] {
    let parameters = rows.map(\.parameter)
    return parameters.indices.filter { parameters.firstIndex(of: parameters[$0]) == $0 }.map { first in
      (parameters[first], errorTable(rows.filter { $0.parameter == parameters[first] }))
    }
  }

  private func errorTable(_ rows: [Row]) -> Table {
    Table(
      header: ["variant", "bias (%)", "std (%)", "RMSE (%)", "std − reference", "RMSE − reference"],
      rows: rows.map { row in
        [
          row.variant, row.errors.bias.text("%.3f", scale: 100),
          row.errors.standardDeviation.text("%.3f", scale: 100),
          row.errors.rootMeanSquare.text("%.3f", scale: 100),
          text(row.errors.standardDeviationDifference, scale: 100),
          text(row.errors.rootMeanSquareDifference, scale: 100),
        ]
      })
  }

  private var errorCaption: String {
    let percent = String(format: "%g", confidence * 100)
    return
      "Error = estimate − truth in % of the parameter's full range; mean ± standard deviation over"
      + " \(seeds.count) training\(seeds.count == 1 ? "" : "s"). Differences are to the first variant listed, with"
      + " \(percent) % bootstrap intervals over test samples, paired, and trainings."
  }

  private var lossTable: Table {
    let hasLikelihoods = variants.contains { $0.negativeLogLikelihood != nil }
    return Table(
      caption: lossCaption,
      header: [
        "variant", "training samples", "analysed time (s)", "test samples", "best epochs", "validation loss",
        "test MSE (10⁻⁴)", "test MSE − reference",
      ] + (hasLikelihoods ? ["test NLL (nats)", "test NLL − reference"] : []),
      rows: variants.map { variant in
        [
          variant.name + (variant.isOptimistic ? " *" : ""), "\(variant.trainingSamples)",
          String(format: "%g", Double(variant.analysedTime) / 1000), "\(variant.testSamples)",
          variant.bestEpochs.map(String.init).joined(separator: ", "), variant.validationLoss.text("%.4g"),
          variant.testLoss.text("%.3f", scale: 1e4), text(variant.testLossDifference, scale: 1e4),
        ]
          + (hasLikelihoods
            ? [
              variant.negativeLogLikelihood?.text("%.3f") ?? "–",
              text(variant.negativeLogLikelihoodDifference, scale: 1),
            ] : [])
      })
  }

  private var lossCaption: String {
    "MSE = squared error in units of the full ranges, averaged over the variant's parameters. The validation loss is that"
      + " of the best epochs: the MSE, weighted as training.loss_weights says, or the negative log likelihood (NLL) where"
      + " distributions are predicted."
      + (variants.contains(where: \.isOptimistic)
        ? " * Optimistic: the best epoch was chosen on the samples tested on." : "")
  }

  private func text(_ difference: IntervalEstimate?, scale: Double) -> String {
    difference?.scaled(by: scale).text("%+.3f") ?? "–"
  }

  /// Errors for programs, one line for each parameter and variant, in units of the full range.
  package var errorNumbers: Table {
    Table(
      header: [
        "parameter", "variant", "models", "bias", "bias_sd", "std", "std_sd", "rmse", "rmse_sd",
        "std_difference", "std_difference_lower", "std_difference_upper", "rmse_difference",
        "rmse_difference_lower", "rmse_difference_upper",
      ],
      rows: rows.map { row in
        let errors = row.errors
        return [row.parameter, row.variant, "\(errors.bias.values.count)"]
          + [errors.bias, errors.standardDeviation, errors.rootMeanSquare].flatMap(cells)
          + [errors.standardDeviationDifference, errors.rootMeanSquareDifference].flatMap(cells)
      })
  }

  /// Losses for programs, one line for each variant.
  package var lossNumbers: Table {
    Table(
      header: [
        "variant", "training_samples", "analysed_time_ms", "test_samples", "validation_loss",
        "validation_loss_sd", "test_loss", "test_loss_sd", "test_loss_difference",
        "test_loss_difference_lower", "test_loss_difference_upper", "test_nll", "test_nll_sd",
        "test_nll_difference", "test_nll_difference_lower", "test_nll_difference_upper",
      ],
      rows: variants.map { variant in
        [variant.name, "\(variant.trainingSamples)", "\(variant.analysedTime)", "\(variant.testSamples)"]
          + cells(variant.validationLoss) + cells(variant.testLoss) + cells(variant.testLossDifference)
          + cells(variant.negativeLogLikelihood) + cells(variant.negativeLogLikelihoodDifference)
      })
  }

  /// Mean and spread; what does not exist is empty.
  private func cells(_ measured: RepeatedMeasurement?) -> [String] {
    [measured.map { "\($0.mean)" } ?? "", measured?.standardDeviation.map { "\($0)" } ?? ""]
  }

  private func cells(_ difference: IntervalEstimate?) -> [String] {
    difference.map { ["\($0.value)", "\($0.lower)", "\($0.upper)"] } ?? ["", "", ""]
  }
}
