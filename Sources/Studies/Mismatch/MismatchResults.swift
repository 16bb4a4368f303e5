import Configuration
import DurableFiles
import EstimatorDiagnostics
import Figures
import Foundation
import ParameterSampling
import SpikingNetwork
import Statistics
import StudyFigures

/// Errors of models on networks that differ from those of their training, in units of their target ranges.
package struct MismatchResults: Sendable, Encodable {
  /// One model on the networks of one box.
  package struct Test: Sendable, Encodable {
    /// Name of the box.
    package let box: String
    /// What the networks were drawn from.
    let parameters: ParameterBox
    /// Name of the model.
    package let model: String
    /// What differs from noiseless signals.
    package let settings: [String]
    /// How networks differ, row by row.
    let mismatches: [Mismatch]
    /// Of the parameters estimated.
    let symbols: [String]
    /// What was found.
    package let rows: [RobustnessTable.Row]

    enum CodingKeys: String, CodingKey { case box, model, settings, rows }

    fileprivate var ranges: String {
      parameters.dimensions.map { String(format: "%@ from %g to %g", $0.symbol, $0.lower, $0.upper) }.joined(
        separator: ", ")
    }

    fileprivate var signals: String { settings.isEmpty ? "without noise" : settings.joined(separator: ", ") }
  }

  /// The heading.
  package let title: String
  /// Networks for each row.
  package let samples: Int
  /// Seed of the networks.
  package let seed: UInt64
  /// Probability mass of the intervals.
  package let confidence: Double
  /// All tests.
  package let tests: [Test]
  /// The network that others differ from.
  private let network: NetworkParameters
  private let spreads: [String: ClosedRange<Double>]

  enum CodingKeys: String, CodingKey { case title, samples, seed, confidence, tests }

  init(_ configuration: MismatchConfiguration, _ tests: [Test], network: NetworkParameters) {
    title = configuration.title
    samples = configuration.samples
    seed = configuration.seed
    confidence = configuration.evaluation.confidence
    self.tests = tests
    self.network = network
    spreads = Dictionary(
      uniqueKeysWithValues: configuration.spread.entries.map { ($0.name, $0.value.within) })
  }

  /// Names of all files written.
  static let fileNames = [
    "results.md", "results.tex", "errors.csv", "results.json", "spread.svg", "shift.svg",
  ]

  /// Writes tables and figures, in place of earlier ones.
  func write(to folder: String) throws {
    let encoder = JSONEncoder.results([.prettyPrinted, .withoutEscapingSlashes])
    let json = String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    var files = [
      ("results.md", markdown), ("results.tex", latex), ("errors.csv", numbers.csv), ("results.json", json),
    ]
    for (kind, name) in [(Mismatch.Kind.spread, "spread.svg"), (.shift, "shift.svg")] {
      if let figure = figure(of: kind) { files.append((name, figure.svg)) }
    }
    for (name, text) in files { try AtomicFile.write(text, to: folder + "/" + name, replacing: true) }
  }

  /// Tables with their captions, in Markdown.
  package var markdown: String {
    "# \(title)\n\n\(caption)\n"
      + tests.map {
        "\n## \($0.box), model \($0.model)\n\n\($0.ranges). Signals: \($0.signals).\n\n"
          + table(of: $0).markdown
      }
      .joined()
  }

  /// The same tables for LaTeX.
  package var latex: String {
    "% \\usepackage{booktabs,graphicx}\n"
      + tests.map { test in
        let table = table(of: test)
        return Table(
          caption: "\(title): \(test.box), model \(test.model), signals \(test.signals). \(caption)",
          header: table.header, rows: table.rows
        ).latex
      }.joined(separator: "\n")
  }

  private var caption: String {
    "Mean absolute errors in % of each parameter's full range, on those of \(samples) networks (seed \(seed)) that fired. Where a model predicts"
      + " distributions: the share of true values within its intervals of 90 %, and of spectra as unlike those of its"
      + " training as 5 % of these are."
  }

  private func table(of test: Test) -> Table {
    let parameters = test.rows[0].errors.map(\.parameter)
    let hasIntervals = test.rows[0].coverage != nil
    let columns: [[String]] = parameters.map { hasIntervals ? ["\($0) (%)", "in 90 %"] : ["\($0) (%)"] }
    let untypical = test.rows[0].typicality == nil ? [] : ["untypical"]
    return Table(
      header: ["networks", "samples"] + columns.joined() + untypical,
      rows: test.rows.map { row in
        [row.condition, "\(row.errors[0].samples)"] + parameters.indices.flatMap { Self.cells(row, $0) }
          + Self.typicality(row)
      })
  }

  private static func cells(_ row: RobustnessTable.Row, _ parameter: Int) -> [String] {
    let error = row.errors[parameter].meanAbsolute.scaled(by: 100).text("%.2f")
    return [error] + (RobustnessTable.coverage(row, parameter).map { [$0] } ?? [])
  }

  private static func typicality(_ row: RobustnessTable.Row) -> [String] {
    row.typicality.map { [String(format: "%.1f", $0.untypical * 100)] } ?? []
  }

  /// The table for programs: errors in units of the full ranges.
  package var numbers: Table {
    let tables = tests.map { RobustnessTable(rows: $0.rows).numbers }
    return Table(
      header: ["box", "model", "kind", "changed", "value"] + (tables.first?.header ?? []),
      rows: zip(tests, tables).flatMap { test, table in
        table.rows.enumerated().map { index, row in
          let mismatch = test.mismatches[index / test.symbols.count]
          return [test.box, test.model, mismatch.kind.rawValue, mismatch.key, "\(mismatch.value)"] + row
        }
      })
  }

  /// Errors against standard deviations, or against values, of what differs; nil if nothing does in this way.
  private func figure(of kind: Mismatch.Kind) -> Figure? {
    var keys: [String] = []
    for mismatch in tests.flatMap(\.mismatches) where mismatch.kind == kind && !keys.contains(mismatch.key) {
      keys.append(mismatch.key)
    }
    guard !keys.isEmpty else { return nil }
    return MismatchFigure(
      title: title, isSpread: kind == .spread, symbols: tests.first?.symbols ?? [],
      changes: keys.map { key in change(key, kind) }
    ).figure
  }

  /// How the paper writes parameters that are not estimated.
  private static let symbols = [
    "delay_ms": "t_{d}", "tau_m_ms": "τ_{m}", "tau_syn_ms": "τ_{syn}", "theta_mV": "θ", "t_ref_ms": "t_{ref}",
    "V_reset_mV": "V_{reset}",
  ]

  private func change(_ key: String, _ kind: Mismatch.Kind) -> MismatchFigure.Change {
    let dimension = ParameterBox.Dimension(key: key, lower: 0, upper: 1)
    let trained = network[keyPath: NetworkParameters.scalars[key]!]
    return .init(
      symbol: Self.symbols[key] ?? dimension.symbol, unit: dimension.unit, trained: trained,
      bounds: kind == .spread ? spreads[key] : nil,
      series: tests.map { test in
        // Networks as in training are the point at the value of training.
        let points = zip(test.mismatches, test.rows).filter { mismatch, _ in
          (mismatch.kind == kind && mismatch.key == key) || (kind == .shift && mismatch.kind == .none)
        }.map { mismatch, row in
          (x: mismatch.kind == .none ? trained : mismatch.value, errors: row.errors.map(\.meanAbsolute))
        }.sorted { $0.x < $1.x }
        return .init(
          name: "\(test.box), \(test.model)", group: test.box, x: points.map(\.x),
          errors: test.symbols.indices.map { p in points.map { $0.errors[p].scaled(by: 100) } })
      })
  }
}
