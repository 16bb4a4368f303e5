import Foundation
import Statistics

/// The bias/std table of an evaluation (Skaar et al. 2020, Tables 7 and 8), for people and for programs.
package struct ErrorTable: Sendable, Equatable, Codable {
  /// One row per parameter.
  package let rows: [ErrorStatistics]
  /// What was evaluated: `test`, `validation`, `training` or `all`.
  package let split: String
  /// Samples left out because they fired no spike.
  package let silent: Int
  /// Probability mass of the intervals.
  package let confidence: Double
  /// Whether the weights were selected on the samples evaluated, which flatters them.
  package let isOptimistic: Bool

  enum CodingKeys: String, CodingKey {
    case rows, split, silent, confidence
    case isOptimistic = "optimistic"
  }

  /// All parts.
  package init(rows: [ErrorStatistics], split: String, silent: Int, confidence: Double, isOptimistic: Bool) {
    self.rows = rows
    self.split = split
    self.silent = silent
    self.confidence = confidence
    self.isOptimistic = isOptimistic
  }

  /// The table for people, each figure with its interval in brackets.
  package var formatted: Table {
    Table(
      caption: caption,
      header: [
        "parameter", "bias", "std", "bias (units)", "std (units)", "RMSE", "RMSE / prior std", "R²",
        "|error| < 5 %",
      ],
      rows: rows.map { row in
        let unit = row.unit == "1" ? "" : " " + row.unit
        func text(_ estimate: IntervalEstimate) -> String { estimate.text("%.4f") }
        return [
          row.parameter, text(row.bias), text(row.standardDeviation),
          text(row.bias.scaled(by: row.range)) + unit,
          text(row.standardDeviation.scaled(by: row.range)) + unit,
          text(row.rootMeanSquare), text(row.relativeToPrior), text(row.rSquared),
          text(row.withinFivePercent),
        ]
      })
  }

  /// What the figures mean and how they came about.
  private var caption: String {
    let count = rows.first?.samples ?? 0
    let percent = String(format: "%g", confidence * 100)
    return
      "Error = estimate − truth over \(count) \(split) samples (\(silent) silent left out), in units of the"
      + " parameter's full range unless a unit is given; in brackets \(percent) % bootstrap intervals over samples."
      + (isOptimistic ? " Optimistic: the weights were selected on these samples." : "")
  }

  /// The table for programs, one line per parameter, relative figures and intervals.
  package var numbers: Table {
    let figures: [(String, (ErrorStatistics) -> IntervalEstimate)] = [
      ("bias", { $0.bias }), ("std", { $0.standardDeviation }), ("rmse", { $0.rootMeanSquare }),
      ("mae", { $0.meanAbsolute }),
      ("rmse_over_prior_std", { $0.relativeToPrior }), ("r2", { $0.rSquared }),
      ("share_below_5_percent", { $0.withinFivePercent }),
    ]
    return Table(
      header: ["parameter", "unit", "range", "samples"]
        + figures.flatMap { ["\($0.0)", "\($0.0)_lower", "\($0.0)_upper"] },
      rows: rows.map { row in
        [row.parameter, row.unit, "\(row.range)", "\(row.samples)"]
          + figures.flatMap { _, figure in
            ["\(figure(row).value)", "\(figure(row).lower)", "\(figure(row).upper)"]
          }
      })
  }
}
