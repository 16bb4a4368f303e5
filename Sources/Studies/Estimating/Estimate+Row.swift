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
      /// Whether it lies outside the range that was sampled for the model's training.
      package let isOutside: Bool
      /// The end of that range that is within a standard deviation, beyond which the parameter may lie; nil for none.
      package let end: RangeEnd?
    }

    /// An end of the range that was sampled.
    package enum RangeEnd: String, Sendable, Equatable, Encodable {
      case lower, upper
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
    /// The distribution of the parameters; nil unless the model predicts distributions.
    package let posterior: Posterior?
    /// The probability that a spectrum like those of the training lies as far from them; nil if the model cannot tell.
    package let typicality: Double?
    /// What speaks against the estimates.
    package private(set) var doubts: [Doubt]
    /// Why there is no estimate; nil if there is one.
    package let problem: String?
    /// The mean over pieces of decadic logarithms of densities in mV²/Hz, [channel][frequency]; nil unless it is needed.
    let logSpectrum: [Float]?
    /// What simulations with parameters drawn from ``posterior`` say; nil if there were none.
    private(set) var check: SimulationCheck.Result?
  }
}

extension Estimate.Row {
  /// A window of which the potentials are no signal.
  init(row: Int, window: Window, problem: String) {
    (self.row, self.window, self.problem) = (row, window, problem)
    (parameters, correlations, posterior, typicality, logSpectrum) = ([], nil, nil, nil, nil)
    doubts = [.init(flag: .unusable, text: problem)]
  }

  /// What is known from pieces of a recording during which parameters stay the same.
  ///
  /// - Parameters:
  ///   - pieces: What the model predicts from each.
  ///   - domain: What it was trained on.
  ///   - isShort: Whether pieces are shorter than those of the training.
  ///   - spectra: Those of all pieces, if they are to be compared with simulations.
  init(
    row: Int, window: Window?, pieces: [Estimate.Prediction], domain: Estimate.TrainingDomain, isShort: Bool,
    spectra: ArraySlice<Float>? = nil
  ) {
    (self.row, self.window, problem) = (row, window, nil)
    logSpectrum = spectra?.meanLogarithms(pieces: pieces.count)
    let posteriors = pieces.compactMap(\.posterior)
    let combined = PieceCombination(
      values: pieces.map(\.values),
      covariances: posteriors.isEmpty ? nil : posteriors.map(\.covariance))
    let posterior = pieces.count == 1 ? posteriors.first : combined.normal(in: posteriors.first?.targetBox)
    (correlations, self.posterior) = (combined.correlations, posterior)
    let parameters = domain.sampled.dimensions.enumerated().map { p, dimension in
      Parameter(
        name: dimension.name, estimate: combined.estimates[p],
        standardDeviation: combined.standardDeviations?[p],
        isOutside: domain.isOutside(p, combined.estimates[p], posterior),
        end: domain.end(p, combined.estimates[p], combined.standardDeviations?[p]))
    }
    self.parameters = parameters
    // Of several pieces the least typical one counts, as often as there are pieces.
    let least = pieces.compactMap(\.assessment).min { $0.probability < $1.probability }
    let typicality = least.map { min(1, $0.probability * Double(pieces.count)) }
    self.typicality = typicality
    var doubts = parameters.indices.filter { parameters[$0].isOutside }.map(domain.outside)
    if let least, let typicality, let doubt = domain.untypical(least, probability: typicality) {
      doubts.append(doubt)
    }
    if isShort {
      doubts.append(.init(flag: .short, text: "shorter than in training: intervals too narrow"))
    }
    if combined.isInconsistent {
      doubts.append(.init(flag: .changing, text: "pieces differ: parameters not constant?"))
    }
    self.doubts = doubts
  }

  /// The same with what simulations say of it.
  func checked(_ result: SimulationCheck.Result, doubt: Estimate.Doubt?) -> Self {
    var checked = self
    checked.check = result
    checked.doubts += [doubt].compactMap { $0 }
    return checked
  }

  /// Milliseconds of a recording that is shorter than the training's; nil otherwise.
  var shortDuration: Int? {
    guard let window, flags.contains(.short) else { return nil }
    return Int(((window.end - window.start) * 1000).rounded())
  }

  /// The kinds of ``doubts``.
  package var flags: Set<Estimate.Flag> { Set(doubts.map(\.flag)) }

  /// Whether nothing speaks against the estimates; nil if nothing is known that does, and the model cannot tell typical spectra.
  package var isTrusted: Bool? { doubts.isEmpty ? (typicality == nil ? nil : true) : false }

  /// For people, on one line.
  package var text: String {
    if let problem { return "no estimate: \(problem)" }
    return parameters.map { parameter in
      String(format: "%@ = %.4f", parameter.name, parameter.estimate)
        + (parameter.standardDeviation.map { String(format: " ± %.4f", $0) } ?? "")
    }.joined(separator: "  ") + (verdict + endText + checkText).map { "  \($0)" }.joined()
  }
}

extension ArraySlice<Float> {
  /// The mean over pieces of decadic logarithms.
  fileprivate func meanLogarithms(pieces: Int) -> [Float] {
    let size = count / pieces
    return (0..<size).map { place in
      (0..<pieces).reduce(0) { $0 + self[startIndex + $1 * size + place].decadicLogarithmOfDensity }
        / Float(pieces)
    }
  }
}

extension PieceCombination {
  /// The normal distribution of the combined estimates; nil without predicted distributions.
  fileprivate func normal(in box: ParameterBox?) -> Posterior? {
    guard let box, let standardDeviations, let correlations else { return nil }
    return Posterior(
      mean: estimates, standardDeviations: standardDeviations, correlations: correlations, targetBox: box)
  }
}

extension Estimate.Row {
  /// In words whether the estimates can be trusted, or why not.
  private var verdict: [String] {
    switch isTrusted {
    case true?: ["trusted"]
    case false?: ["not trusted: " + doubts.map(\.text).joined(separator: "; ")]
    case nil: ["not compared with the training"]
    }
  }

  /// Which parameters may lie beyond the range that was sampled.
  private var endText: [String] {
    let ends = parameters.compactMap { parameter in
      parameter.end.map { "\(parameter.name) may be \($0 == .lower ? "below" : "above") the sampled range" }
    }
    return ends.isEmpty ? [] : ["(" + ends.joined(separator: ", ") + ")"]
  }

  private var checkText: [String] {
    check.map {
      [String(format: "%d simulations: p = %.2g", $0.statistics.simulations, $0.statistics.probability)]
    } ?? []
  }
}

/// Values by the names of parameters; correlations by pairs such as `eta,g`.
extension Estimate.Row: Encodable {
  enum CodingKeys: String, CodingKey {
    case row, estimates, outside, flags, pieces, problem, trusted, reasons, typicality, check
    case start = "start_s"
    case end = "end_s"
    case ends = "at_end"
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
    try container.encode(isTrusted, forKey: .trusted)
    try container.encode(doubts.map(\.text), forKey: .reasons)
    try container.encode(typicality, forKey: .typicality)
    try container.encodeIfPresent(problem, forKey: .problem)
    try container.encodeIfPresent(check?.statistics, forKey: .check)
    try container.encode(named(parameters.map(\.estimate)), forKey: .estimates)
    try container.encode(parameters.filter(\.isOutside).map(\.name), forKey: .outside)
    try container.encode(
      Dictionary(
        uniqueKeysWithValues: parameters.compactMap { parameter in parameter.end.map { (parameter.name, $0) }
        }),
      forKey: .ends)
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
