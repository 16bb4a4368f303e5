import Foundation

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

  /// Headings of ``cells``.
  package static let header = [
    "parameter", "bias", "std", "bias (units)", "std (units)", "RMSE", "RMSE / prior std", "R²",
    "\\|error\\| < 5 %",
  ]

  /// The table as text, each figure with its interval in brackets.
  package var cells: [[String]] {
    rows.map { row in
      let unit = row.unit == "1" ? "" : " " + row.unit
      return [
        row.parameter, Self.text(row.bias), Self.text(row.standardDeviation),
        Self.text(row.bias.scaled(by: row.range)) + unit,
        Self.text(row.standardDeviation.scaled(by: row.range)) + unit,
        Self.text(row.rootMeanSquare), Self.text(row.relativeToPrior), Self.text(row.determination),
        Self.text(row.withinFivePercent),
      ]
    }
  }

  /// A Markdown table with its caption.
  package var markdown: String {
    let lines = [Self.header] + [Self.header.map { _ in "---" }] + cells
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n") + "\n\n" + caption
      + "\n"
  }

  /// What the figures mean and how they came about.
  package var caption: String {
    let count = rows.first?.samples ?? 0
    let percent = String(format: "%g", confidence * 100)
    return
      "Error = estimate − truth over \(count) \(split) samples (\(silent) silent left out), in units of the"
      + " parameter's full range unless a unit is given; in brackets \(percent) % bootstrap intervals over samples."
      + (isOptimistic ? " Optimistic: the weights were selected on these samples." : "")
  }

  /// Comma-separated values, one line per parameter, relative figures and intervals.
  package var csv: String {
    let figures: [(String, (ErrorStatistics) -> ErrorStatistics.Figure)] = [
      ("bias", { $0.bias }), ("std", { $0.standardDeviation }), ("rmse", { $0.rootMeanSquare }),
      ("rmse_over_prior_std", { $0.relativeToPrior }), ("r2", { $0.determination }),
      ("share_below_5_percent", { $0.withinFivePercent }),
    ]
    let header =
      ["parameter", "unit", "range", "samples"]
      + figures.flatMap { ["\($0.0)", "\($0.0)_lower", "\($0.0)_upper"] }
    let lines = rows.map { row in
      [row.parameter, row.unit, "\(row.range)", "\(row.samples)"]
        + figures.flatMap { _, figure in
          ["\(figure(row).value)", "\(figure(row).lower)", "\(figure(row).upper)"]
        }
    }
    return ([header] + lines).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  private static func text(_ figure: ErrorStatistics.Figure) -> String {
    String(format: "%.4f [%.4f, %.4f]", figure.value, figure.lower, figure.upper)
  }
}
