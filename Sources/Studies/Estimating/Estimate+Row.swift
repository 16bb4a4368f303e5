import Foundation
import ParameterEstimation
import ParameterSampling
import Statistics

extension Estimate {
  /// The estimates from one spectrum, or from some time of a recording.
  package struct Row: Sendable, Equatable {
    /// One parameter, in its units.
    package struct Parameter: Sendable, Equatable {
      package let name: String
      package let estimate: Double
      /// Nil unless the model predicts distributions.
      package let standardDeviation: Double?
      /// Whether the estimate lies outside the range that the model was trained for.
      package let isOutside: Bool
    }

    /// Where in a recording.
    package struct Window: Sendable, Equatable {
      /// Time in s, as the file counts it.
      package let start, end: Double
      /// Pieces of the trained duration of which it is made.
      package let pieces: Int
      /// The middle in s.
      package var centre: Double { (start + end) / 2 }
      /// For people.
      package var text: String { String(format: "%g to %g s", start, end) }
    }

    /// Position in the file, from 0.
    package let row: Int
    /// The time; nil for spectra that the file holds.
    package let window: Window?
    /// The parameters in the order of the model; none if there is no estimate.
    package let parameters: [Parameter]
    /// Correlations [parameter][parameter]; nil unless the model predicts distributions.
    package let correlations: [Double]?
    /// What speaks against the estimates.
    package let flags: Set<Flag>
    /// Why there is no estimate; nil if there is one.
    package let problem: String?
  }

  /// What can speak against an estimate.
  package enum Flag: String, Sendable, CaseIterable, Encodable {
    /// A parameter outside the range that the model was trained for.
    case outside = "outside_range"
    /// A recording shorter than the model's training.
    case short = "shorter_than_trained"
    /// Pieces of the window differ more than the predicted distributions allow.
    case changing = "pieces_differ"
    /// The potentials are no signal.
    case unusable = "no_estimate"
  }
}

extension Estimate.Row {
  /// A window of which the potentials are no signal.
  init(row: Int, window: Window, problem: String) {
    (self.row, self.window, self.problem) = (row, window, problem)
    (parameters, correlations, flags) = ([], nil, [.unusable])
  }

  /// What is known from pieces of a recording during which parameters stay the same.
  ///
  /// - Parameters:
  ///   - values: Estimates [piece][parameter].
  ///   - posteriors: [piece]; nil unless the model predicts distributions.
  init(
    row: Int, window: Window?, values: [[Double]], posteriors: [Posterior]?, box: ParameterBox, isShort: Bool
  ) {
    (self.row, self.window, problem) = (row, window, nil)
    let combined = PieceCombination(values: values, covariances: posteriors?.map(\.covariance))
    parameters = box.dimensions.enumerated().map { p, dimension in
      let estimate = combined.estimates[p]
      return Parameter(
        name: dimension.name, estimate: estimate, standardDeviation: combined.standardDeviations?[p],
        isOutside: estimate < dimension.lower || estimate > dimension.upper)
    }
    correlations = combined.correlations
    let flags: [(Estimate.Flag, Bool)] = [
      (.outside, parameters.contains(where: \.isOutside)), (.short, isShort),
      (.changing, combined.isInconsistent),
    ]
    self.flags = Set(flags.filter(\.1).map(\.0))
  }

  /// For people, on one line.
  package var text: String {
    if let problem { return "no estimate: \(problem)" }
    var remarks: [String] = []
    let outside = parameters.filter(\.isOutside).map(\.name)
    if !outside.isEmpty { remarks.append("outside the training range: \(outside.joined(separator: ", "))") }
    if flags.contains(.short) { remarks.append("shorter than in training: intervals too narrow") }
    if flags.contains(.changing) { remarks.append("pieces differ: parameters not constant?") }
    return parameters.map { parameter in
      String(format: "%@ = %.4f", parameter.name, parameter.estimate)
        + (parameter.standardDeviation.map { String(format: " ± %.4f", $0) } ?? "")
    }.joined(separator: "  ") + remarks.map { "  \($0)" }.joined()
  }
}

/// Values by the names of parameters; correlations by pairs such as `eta,g`.
extension Estimate.Row: Encodable {
  enum CodingKeys: String, CodingKey {
    case row, estimates, outside, flags, pieces, problem
    case start = "start_s"
    case end = "end_s"
    case standardDeviations = "standard_deviations"
    case correlations
  }

  package func encode(to encoder: any Encoder) throws {
    func named(_ values: [Double]) -> [String: Double] {
      Dictionary(uniqueKeysWithValues: zip(parameters.map(\.name), values))
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(row, forKey: .row)
    if let window {
      try container.encode(window.start, forKey: .start)
      try container.encode(window.end, forKey: .end)
      try container.encode(window.pieces, forKey: .pieces)
    }
    try container.encode(Estimate.Flag.allCases.filter(flags.contains), forKey: .flags)
    try container.encodeIfPresent(problem, forKey: .problem)
    try container.encode(named(parameters.map(\.estimate)), forKey: .estimates)
    try container.encode(parameters.filter(\.isOutside).map(\.name), forKey: .outside)
    guard let correlations else { return }
    try container.encode(named(parameters.compactMap(\.standardDeviation)), forKey: .standardDeviations)
    var pairs: [String: Double] = [:]
    for (i, first) in parameters.enumerated() {
      for (j, second) in parameters.enumerated() where i < j {
        pairs["\(first.name),\(second.name)"] = correlations[i * parameters.count + j]
      }
    }
    try container.encode(pairs, forKey: .correlations)
  }
}
