import Foundation
import Statistics

extension CalibrationStatistics {
  /// The table for people: coverage and uniformity, one line for each parameter and one for all together.
  package var formatted: Table {
    Table(
      caption: caption,
      header: ["parameter"] + Self.levels.map { "\(Int(($0 * 100).rounded())) %" }
        + ["χ² of u (\(Self.binCount - 1))", "p", "mean std"],
      rows: rows.map { row in
        [row.name]
          + row.coverage.map {
            String(format: "%.1f ± %.1f %%", $0.observed * 100, $0.standardError * 100)
          } + [
            String(format: "%.1f", row.chiSquare), String(format: "%.3g", row.probability),
            row.sharpness.map { String(format: "%.2f %%", $0 * 100) } ?? "",
          ]
      })
  }

  /// What the figures mean.
  private var caption: String {
    "Share of \(samples) samples whose true value lies in intervals of the predicted distributions (central intervals;"
      + " for all parameters together, regions of highest density, and distances from random points), with the binomial"
      + " standard error that calibrated predictions have. u is the predicted probability of values below the true one, p that of a histogram of u as"
      + " uneven by chance, mean std the predicted standard deviation in % of the range. Mean negative log likelihood of the true values: "
      + negativeLogLikelihood.text("%.3f") + " nats."
  }

  /// The table for programs, one line for each sample: u of every row, and −log of the density of the true values.
  package var numbers: Table {
    Table(
      header: rows.map { "u_\($0.name)" } + ["negative_log_likelihood"],
      rows: (0..<samples).map { sample in
        rows.map { "\($0.values[sample])" } + ["\(negativeLogLikelihoods[sample])"]
      })
  }
}
