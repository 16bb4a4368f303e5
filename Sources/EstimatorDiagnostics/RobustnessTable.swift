import Foundation
import Statistics

/// Errors and coverage of a model under several conditions.
package struct RobustnessTable: Sendable, Equatable, Encodable {
  /// One condition.
  package struct Row: Sendable, Equatable, Encodable {
    /// Its name.
    package let condition: String
    /// Errors of each parameter.
    package let errors: [ErrorStatistics]
    /// Coverage of each parameter's intervals at ``CalibrationStatistics/levels``; nil if values only are predicted.
    package let coverage: [[CalibrationStatistics.Coverage]]?
    /// Mean of −log of the predicted density of the true values, in nats; nil if values only are predicted.
    package let negativeLogLikelihood: IntervalEstimate?
    /// How typical the spectra are of those of the training; nil if the model does not know.
    package let typicality: TypicalityStatistics?

    enum CodingKeys: String, CodingKey {
      case condition, errors, coverage, typicality
      case negativeLogLikelihood = "negative_log_likelihood"
    }

    /// The results under one condition.
    package init(
      condition: String, errors: [ErrorStatistics], calibration: CalibrationStatistics?,
      typicality: TypicalityStatistics?
    ) {
      self.typicality = typicality
      self.condition = condition
      self.errors = errors
      coverage = calibration.map { Array($0.rows.prefix(errors.count).map(\.coverage)) }
      negativeLogLikelihood = calibration?.negativeLogLikelihood
    }
  }

  /// The conditions.
  package let rows: [Row]

  /// A table of conditions, all of the same parameters.
  package init(rows: [Row]) { self.rows = rows }

  /// The level whose coverage people see.
  private static let level = 0.9

  /// How often intervals of that level hold the truth, in %; nil if values only are predicted.
  package static func coverage(_ row: Row, _ parameter: Int) -> String? {
    row.coverage?[parameter].first { $0.nominal == level }.map { String(format: "%.1f", $0.observed * 100) }
  }

  /// The table for people, one line for each condition.
  package var formatted: Table {
    let parameters = rows.first?.errors.map(\.parameter) ?? []
    let hasIntervals = rows.first?.coverage != nil
    let knowsTypical = rows.first?.typicality != nil
    let percent = "\(Int(Self.level * 100)) %"
    return Table(
      caption: "Errors in % of each parameter's range: mean and standard deviation"
        + (hasIntervals
          ? "; and the share of samples whose true value lies in the predicted interval of \(percent)."
          : ".")
        + (knowsTypical
          ? " Untypical: the share whose spectra the model finds as unlike those of its training as 5 % of these are."
          : ""),
      header: ["condition", "samples"]
        + parameters.flatMap { ["\($0) bias", "\($0) std"] + (hasIntervals ? ["\($0) in \(percent)"] : []) }
        + (knowsTypical ? ["untypical"] : []),
      rows: rows.map { row in
        [row.condition, "\(row.errors.first?.samples ?? 0)"]
          + row.errors.enumerated().flatMap { p, errors in
            [
              String(format: "%+.1f", errors.bias.value * 100),
              String(format: "%.1f", errors.standardDeviation.value * 100),
            ] + (Self.coverage(row, p).map { [$0] } ?? [])
          } + (row.typicality.map { [String(format: "%.1f", $0.untypical * 100)] } ?? [])
      })
  }

  /// The table for programs, one line for each condition and parameter; relative figures and intervals.
  package var numbers: Table {
    Table(
      header: [
        "condition", "parameter", "samples", "bias", "bias_lower", "bias_upper", "std", "std_lower",
        "std_upper",
        "rmse", "mae", "mae_lower", "mae_upper", "r2",
      ] + CalibrationStatistics.levels.map { "in_\(Int(($0 * 100).rounded()))_percent" } + ["untypical"],
      rows: rows.flatMap { row in
        row.errors.enumerated().map { p, errors in
          let (bias, std) = (errors.bias, errors.standardDeviation)
          let numbers = [
            bias.value, bias.lower, bias.upper, std.value, std.lower, std.upper, errors.rootMeanSquare.value,
            errors.meanAbsolute.value, errors.meanAbsolute.lower, errors.meanAbsolute.upper,
            errors.rSquared.value,
          ]
          let observed =
            row.coverage?[p].map { "\($0.observed)" } ?? CalibrationStatistics.levels.map { _ in "" }
          return [row.condition, errors.parameter, "\(errors.samples)"] + numbers.map { "\($0)" } + observed
            + [row.typicality.map { "\($0.untypical)" } ?? ""]
        }
      })
  }
}
