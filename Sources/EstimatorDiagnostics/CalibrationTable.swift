import Foundation

extension CalibrationStatistics {
  /// Headings of ``cells``.
  package static var header: [String] {
    ["parameter"] + levels.map { "\(Int(($0 * 100).rounded())) %" } + ["χ² of u (\(binCount - 1))", "p"]
  }

  /// Coverage and uniformity as text, one line for each parameter and one for all together.
  package var cells: [[String]] {
    rows.map { row in
      [row.name]
        + row.coverage.map {
          String(format: "%.1f ± %.1f %%", $0.observed * 100, $0.standardError * 100)
        } + [String(format: "%.1f", row.chiSquare), String(format: "%.3g", row.probability)]
    }
  }

  /// A Markdown table with its caption.
  package var markdown: String {
    let lines = [Self.header] + [Self.header.map { _ in "---" }] + cells
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n") + "\n\n" + caption
      + "\n"
  }

  /// What the figures mean.
  package var caption: String {
    String(
      format:
        "Share of %d samples whose true value lies in intervals of the predicted distributions (central intervals;"
        + " for all parameters together, regions of highest density), with the binomial standard error that calibrated"
        + " predictions have. u is the predicted probability of values below the true one, p that of a histogram of u as"
        + " uneven by chance. Mean negative log likelihood of the true values: %.3f [%.3f, %.3f] nats.",
      samples,
      negativeLogLikelihood.value, negativeLogLikelihood.lower, negativeLogLikelihood.upper)
  }

  /// Comma-separated values, one line for each sample: u of every row, and −log of the density of the true values.
  package var csv: String {
    let header = (rows.map { "u_\($0.name)" } + ["negative_log_likelihood"]).joined(separator: ",")
    let lines = (0..<samples).map { sample in
      (rows.map { "\($0.values[sample])" } + ["\(negativeLogLikelihoods[sample])"]).joined(separator: ",")
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }
}
