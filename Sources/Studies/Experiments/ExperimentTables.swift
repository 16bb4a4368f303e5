import EstimatorDiagnostics
import Figures
import Foundation

/// The results as text.
extension ExperimentResults {
  /// Tables with their captions, in Markdown.
  package var markdown: String {
    let parameters = rows.map(\.parameter)
    let errors = parameters.indices.filter { parameters.firstIndex(of: parameters[$0]) == $0 }.map { first in
      "## Errors of \(parameters[first])\n\n" + errorTable(rows.filter { $0.parameter == parameters[first] })
    }
    let losses = "## Mean squared error\n\n" + lossTable
    let fit = curve.map { [$0.text] } ?? []
    return (["# \(title)"] + errors + [errorCaption, losses, lossCaption] + fit).joined(separator: "\n\n")
      + "\n"
  }

  private func errorTable(_ rows: [Row]) -> String {
    let header = ["variant", "bias (%)", "std (%)", "RMSE (%)", "std − reference", "RMSE − reference"]
    return table(
      header,
      rows.map { row in
        [
          row.variant, text(row.errors.bias, scale: 100), text(row.errors.standardDeviation, scale: 100),
          text(row.errors.rootMeanSquare, scale: 100),
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

  private var lossTable: String {
    let header = [
      "variant", "training samples", "analysed time (s)", "test samples", "best epochs", "validation loss",
      "test MSE (10⁻⁴)", "test MSE − reference",
    ]
    let rows = variants.map { variant in
      [
        variant.name + (variant.isOptimistic ? " \\*" : ""), "\(variant.trainingSamples)",
        String(format: "%g", Double(variant.analysedTime) / 1000), "\(variant.testSamples)",
        variant.bestEpochs.map(String.init).joined(separator: ", "),
        text(variant.validationLoss, scale: 1, format: "%.4g"), text(variant.testLoss, scale: 1e4),
        text(variant.testLossDifference, scale: 1e4),
      ]
    }
    guard variants.contains(where: { $0.negativeLogLikelihood != nil }) else { return table(header, rows) }
    return table(
      header + ["test NLL (nats)", "test NLL − reference"],
      zip(rows, variants).map { row, variant in
        row + [
          variant.negativeLogLikelihood.map { text($0, scale: 1) } ?? "–",
          text(variant.negativeLogLikelihoodDifference, scale: 1),
        ]
      })
  }

  private var lossCaption: String {
    "MSE = squared error in units of the full ranges, averaged over the variant's parameters. The validation loss is that"
      + " of the best epochs: the MSE, weighted as training.loss_weights says, or the negative log likelihood (NLL) where"
      + " distributions are predicted."
      + (variants.contains(where: \.isOptimistic)
        ? " \\* Optimistic: the best epoch was chosen on the samples tested on." : "")
  }

  private func table(_ header: [String], _ rows: [[String]]) -> String {
    ([header, header.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  private func text(_ figure: RepeatedFigure, scale: Double, format: String = "%.3f") -> String {
    String(format: format, figure.mean * scale)
      + (figure.standardDeviation.map { String(format: " ± " + format, $0 * scale) } ?? "")
  }

  private func text(_ figure: ErrorStatistics.Figure?, scale: Double) -> String {
    figure.map {
      String(format: "%+.3f [%+.3f, %+.3f]", $0.value * scale, $0.lower * scale, $0.upper * scale)
    } ?? "–"
  }

  /// Errors as comma-separated values, one line for each parameter and variant, in units of the full range.
  package var errorsCSV: String {
    let header =
      "parameter,variant,models,bias,bias_sd,std,std_sd,rmse,rmse_sd,std_difference,std_difference_lower,"
      + "std_difference_upper,rmse_difference,rmse_difference_lower,rmse_difference_upper"
    return lines(
      header,
      rows.map { row in
        let errors = row.errors
        return [row.parameter, quoted(row.variant), "\(errors.bias.values.count)"]
          + [errors.bias, errors.standardDeviation, errors.rootMeanSquare].flatMap(cells)
          + [errors.standardDeviationDifference, errors.rootMeanSquareDifference].flatMap(cells)
      })
  }

  /// Losses as comma-separated values, one line for each variant.
  package var lossesCSV: String {
    let header =
      "variant,training_samples,analysed_time_ms,test_samples,validation_loss,validation_loss_sd,test_loss,"
      + "test_loss_sd,test_loss_difference,test_loss_difference_lower,test_loss_difference_upper,test_nll,"
      + "test_nll_sd,test_nll_difference,test_nll_difference_lower,test_nll_difference_upper"
    return lines(
      header,
      variants.map { variant in
        [
          quoted(variant.name), "\(variant.trainingSamples)", "\(variant.analysedTime)",
          "\(variant.testSamples)",
        ] + cells(variant.validationLoss) + cells(variant.testLoss) + cells(variant.testLossDifference)
          + (variant.negativeLogLikelihood.map(cells) ?? ["", ""])
          + cells(variant.negativeLogLikelihoodDifference)
      })
  }

  private func lines(_ header: String, _ rows: [[String]]) -> String {
    ([header] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
  }

  /// Mean and spread; what does not exist is empty.
  private func cells(_ figure: RepeatedFigure) -> [String] {
    ["\(figure.mean)", figure.standardDeviation.map { "\($0)" } ?? ""]
  }

  private func cells(_ figure: ErrorStatistics.Figure?) -> [String] {
    figure.map { ["\($0.value)", "\($0.lower)", "\($0.upper)"] } ?? ["", "", ""]
  }

  private func quoted(_ name: String) -> String {
    name.contains { ",\"\n".contains($0) }
      ? "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : name
  }
}
