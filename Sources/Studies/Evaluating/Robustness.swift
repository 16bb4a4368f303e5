import Configuration
import DurableFiles
import EstimatorDiagnostics
import Foundation
import ParameterEstimation
import SimulationData
import Statistics
import StudyFigures

/// A model under conditions: other measurements of the same networks, other cells, other networks.
package struct Robustness {
  /// What was found, one row for each condition and parameter.
  package let table: RobustnessTable
  /// Error against noise; nil where fewer than two conditions differ in noise alone.
  let figure: NoiseErrorFigure?

  /// Tests a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - dataset: The data set of which samples are measured again, unless a condition names another.
  ///   - parameters: The conditions.
  ///   - folder: What the paths of files in them are relative to.
  ///   - part: The samples taken; by default test samples of what the model was trained on, all that it has not seen of any other.
  package init(
    _ model: TrainedModel, dataset: DatasetReader, _ parameters: RobustnessParameters, folder: URL,
    part: Evaluation.Part?, bootstrap: Bootstrap, seed: UInt64, threads: Int, isQuiet: Bool
  ) throws {
    var rows: [RobustnessTable.Row] = []
    var measured: [(noise: Double, others: String, errors: [ErrorStatistics])] = []
    // What is wrong with any condition is found before the first one takes its time.
    let conditions = try parameters.conditions.list.map { condition in
      try ConditionError.naming(condition.name) {
        let reader =
          try condition.dataset.map { path in
            try DatasetReader(checked: URL(fileURLWithPath: path, relativeTo: folder).path)
          } ?? dataset
        return try ConditionSamples(
          reader, condition, model: model, folder: folder,
          part: condition.dataset == nil ? part : nil, limit: parameters.samples)
      }
    }
    for (condition, source) in zip(parameters.conditions.list, conditions) {
      let reader = source.reader
      let samples = try source.measured(threads: threads, isQuiet: isQuiet)
      let row = try RobustnessTable.Row(
        condition.name, samples.samples, of: reader, model: model, bootstrap: bootstrap, seed: seed,
        threads: threads)
      rows.append(row)
      measured.append((samples.noise, samples.others, row.errors))
    }
    table = RobustnessTable(rows: rows)
    figure = NoiseErrorFigure(measured, symbols: model.estimator.targetBox.dimensions.map(\.symbol))
  }

  /// Writes `robustness.md`, `.tex`, `.csv`, `.json` and `.svg` into a folder.
  package func write(to folder: String, replacing: Bool) throws {
    var files = [
      ("robustness.md", table.formatted.markdown), ("robustness.tex", table.formatted.latex),
      ("robustness.csv", table.numbers.csv),
      (
        "robustness.json",
        String(decoding: try JSONEncoder.results(.prettyPrinted).encode(table), as: UTF8.self) + "\n"
      ),
    ]
    if let figure { files.append(("robustness.svg", figure.figure.svg)) }
    try AtomicFile.createFolder(folder)
    if !replacing { for (name, _) in files { try AtomicFile.requireCreatable(folder + "/" + name) } }
    Interruption.letWorkFinish()
    for (name, text) in files { try AtomicFile.write(text, to: folder + "/" + name, replacing: replacing) }
  }
}

/// Why a model cannot be tested under a condition.
struct ConditionError: Error, CustomStringConvertible {
  let description: String

  /// Runs `body`; what it throws is said to be the condition's.
  fileprivate static func naming<Result>(_ condition: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch {
      throw ConditionError(
        description: "\(error)".split(separator: "\n").map { "condition \"\(condition)\": \($0)" }.joined(
          separator: "\n"))
    }
  }
}

extension NoiseErrorFigure {
  /// The largest set of conditions that differ in noise alone, of equal ones that which comes first; nil if no two do.
  fileprivate init?(
    _ measured: [(noise: Double, others: String, errors: [ErrorStatistics])], symbols: [String]
  ) {
    let sets = Dictionary(grouping: measured, by: \.others)
    let largest = sets.values.map(\.count).max()
    guard let first = measured.first(where: { sets[$0.others]!.count == largest }),
      case let set = sets[first.others]!.sorted(by: { $0.noise < $1.noise }),
      case let noisy = set.filter({ $0.noise > 0 }), noisy.count > 1
    else { return nil }
    let silent = set.first { $0.noise == 0 }
    self.init(
      noise: noisy.map(\.noise),
      parameters: symbols.enumerated().map { p, symbol in
        let errors = noisy.map { condition in
          let std = condition.errors[p].standardDeviation.scaled(by: 100)
          return (value: std.value, lower: std.lower, upper: std.upper)
        }
        return Parameter(
          name: symbol, errors: errors,
          withoutNoise: silent.map { $0.errors[p].standardDeviation.value * 100 })
      })
  }
}
