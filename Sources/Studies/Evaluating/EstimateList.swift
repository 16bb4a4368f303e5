import Foundation
import ParameterEstimation
import ParameterSampling
import Recordings
import SimulationData
import Statistics

/// Estimates of any estimator for rows of a data set, in a text file: a line for each sample with its `sample_index`, the
/// parameters (`estimated_eta` or `eta`), and, of normal distributions, `std_eta` and `correlation_eta_g`. Further columns
/// are not looked at, so that `estimates.csv` of an evaluation is such a file.
package struct EstimateList {
  private let file: String
  private let box: ParameterBox
  private let rows: [UInt64: (values: [Double], posterior: Posterior?)]
  private let hasPosteriors: Bool
  /// What the file takes for the true values, by sample; empty if it does not say.
  private let truths: [UInt64: [Double]]

  /// Reads a file.
  ///
  /// - Parameter known: The parameters that there may be estimates of, with their ranges.
  /// - Throws: `RecordingError` naming line or column.
  init(path: String, parameters known: ParameterBox) throws {
    file = path
    let table = try TextTable(path: path)
    let names = table.names ?? []
    func column(_ candidates: [String]) -> [Double]? {
      candidates.lazy.compactMap { names.firstIndex(of: $0) }.first.map { table.columns[$0] }
    }
    func problem(_ place: String, _ text: String) -> RecordingError {
      RecordingError(file: path, place, text)
    }
    guard let indices = column(["sample_index"]) else {
      throw problem("header", "has columns \(names), expected sample_index")
    }
    let columns = known.dimensions.map { dimension in
      column(["estimated_\(dimension.name)", dimension.name, dimension.key])
    }
    box = ParameterBox(zip(known.dimensions, columns).filter { $0.1 != nil }.map(\.0))
    guard box.count > 0 else {
      throw problem("header", "has columns \(names), expected some of \(known.dimensions.map(\.name))")
    }
    let values = columns.compactMap { $0 }
    let deviations = box.dimensions.map { column(["std_\($0.name)", "std_\($0.key)"]) }
    hasPosteriors = deviations.allSatisfy { $0 != nil }
    guard hasPosteriors || deviations.allSatisfy({ $0 == nil }) else {
      throw problem("header", "has std_… of some parameters, expected of all or none")
    }
    var rows: [UInt64: (values: [Double], posterior: Posterior?)] = [:]
    var truths: [UInt64: [Double]] = [:]
    let named = box.dimensions.compactMap { column(["true_\($0.name)", "true_\($0.key)"]) }
    for (row, number) in indices.enumerated() {
      guard let index = UInt64(exactly: number) else {
        throw problem("sample_index", "row \(row), counted from 0, is \(number), expected a whole number")
      }
      let estimate = values.map { $0[row] }
      guard estimate.allSatisfy(\.isFinite) else {
        throw problem("", "has estimates \(estimate) for sample \(index), expected finite numbers")
      }
      let posterior =
        hasPosteriors
        ? Self.posterior(
          mean: estimate, deviations: deviations.map { $0![row] },
          correlations: Self.correlations(box, column, row: row), box: box) : nil
      guard !hasPosteriors || posterior != nil else {
        throw problem(
          "",
          "has no normal distribution for sample \(index): std_… have to be positive, correlations possible")
      }
      if named.count == box.count { truths[index] = named.map { $0[row] } }
      guard rows.updateValue((estimate, posterior), forKey: index) == nil else {
        throw problem("sample_index", "has sample \(index) twice")
      }
    }
    (self.rows, self.truths) = (rows, truths)
  }

  /// Correlations [parameter][parameter] of a row, 0 where none are given.
  private static func correlations(
    _ box: ParameterBox, _ column: ([String]) -> [Double]?, row: Int
  ) -> [Double] {
    let names = box.dimensions.map(\.name)
    return names.indices.flatMap { i in
      names.indices.map { j in
        i == j
          ? 1
          : column(["correlation_\(names[i])_\(names[j])", "correlation_\(names[j])_\(names[i])"])?[row] ?? 0
      }
    }
  }

  private static func posterior(
    mean: [Double], deviations: [Double], correlations: [Double], box: ParameterBox
  ) -> Posterior? {
    let widths = zip(deviations, box.dimensions).map { $0 / ($1.upper - $1.lower) }
    guard widths.allSatisfy({ $0 > 0 }) else { return nil }
    let count = box.count
    let covariance = correlations.indices.map { correlations[$0] * widths[$0 / count] * widths[$0 % count] }
    return Posterior.Component(mean: box.normalised(mean), scale: covariance).map {
      Posterior([$0], targetBox: box)
    }
  }

  /// Compares the estimates with what the data set's samples are.
  ///
  /// - Parameter part: Samples of which all need an estimate; nil for those that have one.
  /// - Throws: `RecordingError` for samples that the data set does not have, or that lack an estimate.
  private func assessment(
    of reader: DatasetReader, file dataset: String, part: Evaluation.Part?, bootstrap: Bootstrap,
    seed: UInt64,
    threads: Int
  ) throws -> Assessment {
    var selected = SelectedSamples(DatasetContents(reader), parts: [part?.split], targetBox: box)
    if part == nil { selected.leftOut = { [rows] in rows[$0] == nil } }
    let samples = try selected.collected(spectra: false)
    guard samples.count > 0 else {
      throw EstimatorError.noSamples(file: dataset, split: part?.rawValue ?? "listed")
    }
    if part == nil, samples.count + samples.silent < rows.count {
      let found = Set(samples.indices)
      let missing = rows.keys.filter { !found.contains($0) }.sorted()
      throw RecordingError(
        file: file, "sample_index",
        "has \(rows.count - samples.count - samples.silent) samples that \(dataset) does not have, such as \(missing.last!)"
      )
    }
    for (sample, index) in samples.indices.enumerated() {
      let actual = Array(samples.parameters[sample * box.count..<(sample + 1) * box.count])
      if let truth = truths[index], !zip(truth, actual).allSatisfy({ abs($0 - $1) <= 1e-4 * abs($1) }) {
        throw RecordingError(
          file: file, "true_…",
          "is \(truth) for sample \(index), which has \(actual) in \(dataset): estimates of another data set?"
        )
      }
    }
    let known = try samples.indices.map { index in
      guard let row = rows[index] else {
        throw RecordingError(
          file: file, "",
          "has no estimate of sample \(index), which is among the samples of \(dataset) that --split asks for"
        )
      }
      return row
    }
    return Assessment(
      samples, estimates: known.flatMap(\.values),
      posteriors: hasPosteriors ? known.compactMap(\.posterior) : nil, box: box,
      description: reader.description, part: part?.rawValue ?? "listed", bootstrap: bootstrap, seed: seed,
      threads: threads)
  }

  /// Makes the tables and figures of an evaluation from a file of estimates.
  ///
  /// - Parameter part: Samples of which all need an estimate; by default those that have one.
  /// - Returns: The figures, to be printed.
  package static func evaluate(
    _ path: String, dataset: String, part: Evaluation.Part?, seed: UInt64?, to folder: String,
    replacing: Bool,
    threads: Int
  ) throws -> Assessment {
    let reader = try DatasetReader(checked: dataset)
    let configuration = reader.description.configuration.values
    let list = try EstimateList(
      path: path,
      parameters: configuration.training.targetBox(for: reader.description, file: dataset))
    let seed = seed ?? configuration.seed
    let assessment = try list.assessment(
      of: reader, file: dataset, part: part, bootstrap: Bootstrap(configuration.evaluation, seed: seed),
      seed: seed, threads: threads)
    try assessment.write(to: folder, replacing: replacing)
    return assessment
  }
}
