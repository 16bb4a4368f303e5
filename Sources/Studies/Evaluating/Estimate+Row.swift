import Foundation

extension Estimate {
  /// The estimates from one spectrum.
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

    /// Position in the file, from 0.
    package let row: Int
    /// The parameters in the order of the model.
    package let parameters: [Parameter]
    /// Correlations [parameter][parameter]; nil unless the model predicts distributions.
    package let correlations: [Double]?

    /// For people, on one line.
    package var text: String {
      let outside = parameters.filter(\.isOutside).map(\.name)
      return parameters.map { parameter in
        String(format: "%@ = %.4f", parameter.name, parameter.estimate)
          + (parameter.standardDeviation.map { String(format: " ± %.4f", $0) } ?? "")
      }.joined(separator: "  ")
        + (outside.isEmpty ? "" : "  outside the training range: \(outside.joined(separator: ", "))")
    }
  }
}

/// Values by the names of parameters; correlations by pairs such as `eta,g`.
extension Estimate.Row: Encodable {
  enum CodingKeys: String, CodingKey {
    case row, estimates, outside
    case standardDeviations = "standard_deviations"
    case correlations
  }

  package func encode(to encoder: any Encoder) throws {
    func named(_ values: [Double]) -> [String: Double] {
      Dictionary(uniqueKeysWithValues: zip(parameters.map(\.name), values))
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(row, forKey: .row)
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
