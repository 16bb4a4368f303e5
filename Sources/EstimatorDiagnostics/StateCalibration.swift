import Foundation
import ParameterEstimation
import ParameterSampling
import Statistics

/// Whether predicted distributions are as wide as they should be within each state of the network, and not only on average.
package struct StateCalibration: Sendable, Equatable, Encodable {
  /// The samples in one state.
  package struct Row: Sendable, Equatable, Encodable {
    /// The state.
    package let state: ActivityState
    /// Their calibration.
    package let calibration: CalibrationStatistics
  }

  /// The states that have samples.
  package let rows: [Row]

  /// Nil if the state does not follow from the parameters, or is the same for all samples.
  ///
  /// - Parameters:
  ///   - samples: All of them.
  ///   - truths: [sample][parameter] in the parameters' units.
  ///   - box: The parameters.
  ///   - bootstrap: Gives the interval of the likelihood.
  package init?(_ samples: [SampleCalibration], truths: [Double], of box: ParameterBox, bootstrap: Bootstrap)
  {
    let members = Dictionary(grouping: samples.indices) {
      ActivityState(of: Array(truths[$0 * box.count..<($0 + 1) * box.count]), in: box)
    }
    guard members.count > 1 else { return nil }
    rows = ActivityState.allCases.compactMap { state in
      members[state].map { members in
        Row(
          state: state,
          calibration: CalibrationStatistics(members.map { samples[$0] }, of: box, bootstrap: bootstrap))
      }
    }
  }

  /// For people, a line for each state and parameter.
  package var formatted: Table {
    Table(
      caption:
        "Coverage within states of the network, by their parameters: SR at g < 4, SI at η < 1.5 and g > 5 or at η > 3.6, g > 6"
        + " and J < 0.1 mV, AI elsewhere.",
      header: ["state", "samples", "parameter"]
        + CalibrationStatistics.levels.map { "\(Int(($0 * 100).rounded())) %" } + ["mean std"],
      rows: rows.flatMap { row in
        row.calibration.rows.map { parameter in
          [row.state.rawValue, "\(row.calibration.samples)", parameter.name]
            + parameter.coverage.map {
              String(format: "%.1f ± %.1f %%", $0.observed * 100, $0.standardError * 100)
            } + [parameter.sharpness.map { String(format: "%.2f %%", $0 * 100) } ?? ""]
        }
      })
  }
}
