import Configuration
import DurableFiles
import EstimatorDiagnostics
import Figures
import Foundation
import ParameterEstimation
import ParameterSampling
import SimulationData
import Statistics
import StudyFigures

/// Estimates of samples whose parameters are known: the bias/std table and its figures.
package struct Assessment {
  /// Bias, standard deviation and further statistics.
  package let table: ErrorTable
  /// Whether predicted distributions are as wide as they should be; nil if there are values only.
  package let calibration: CalibrationStatistics?
  /// The same within states of the network; nil if there are values only, or there is one state.
  package let states: StateCalibration?
  /// Whether typicality is uniform over the samples; nil if the model does not know it.
  package let typicality: TypicalityStatistics?
  /// The samples, without their spectra.
  let samples: TrainingSamples
  /// [sample][parameter].
  private let estimates: [Double]
  /// Nil if there are values only.
  private let posteriors: [Posterior]?
  /// Of each sample; nil if the model does not know it.
  private let typicalities: [Double]?
  private let box: ParameterBox

  /// Compares estimates with the true values of as many samples.
  ///
  /// - Parameters:
  ///   - box: The parameters, with the ranges that are their units in tables.
  ///   - description: The data set of the samples.
  ///   - part: What tables call the samples.
  ///   - isOptimistic: Whether the weights were selected on the samples.
  init(
    _ samples: TrainingSamples, estimates: [Double], posteriors: [Posterior]?,
    typicality: (values: [Double], calibrationSamples: Int)? = nil, box: ParameterBox,
    description: DatasetDescription, part: String,
    isOptimistic: Bool = false, bootstrap: Bootstrap, seed: UInt64, threads: Int
  ) {
    (self.samples, self.estimates, self.posteriors, self.box) = (samples, estimates, posteriors, box)
    typicalities = typicality?.values
    self.typicality = typicality.map {
      TypicalityStatistics($0.values, calibrationSamples: $0.calibrationSamples)
    }
    table = ErrorTable(
      rows: bootstrap.errorStatistics(
        estimates: estimates, truths: samples.parameters, targetBox: box, sampledBox: description.box),
      split: part, silent: samples.silent, confidence: bootstrap.parameters.confidence,
      isOptimistic: isOptimistic)
    let compared = posteriors.map {
      SampleCalibration.all($0, truths: samples.targets.map(Double.init), seed: seed, threads: threads)
    }
    calibration = compared.map { CalibrationStatistics($0, of: box, bootstrap: bootstrap) }
    states = compared.flatMap {
      StateCalibration($0, truths: samples.parameters, of: box, bootstrap: bootstrap)
    }
  }

  /// Writes `errors.md`, `.tex`, `errors.csv`, `errors.json`, `estimates.csv`, `error_map.csv` and figures into a folder, and `calibration.md`,
  /// `.tex`, `.csv`, `.json` and `.svg` if distributions are predicted, with `states.md`, `.tex`, `.json` and `identifiability.svg`; throws if
  /// any is there, unless `replacing`.
  ///
  /// - Parameter others: Further files by name.
  func write(to folder: String, with others: [(String, String)] = [], replacing: Bool) throws {
    let encoder = JSONEncoder.results(.prettyPrinted)
    var files: [(String, String)] =
      [
        ("errors.md", table.formatted.markdown), ("errors.tex", table.formatted.latex),
        ("errors.csv", table.numbers.csv),
        ("errors.json", String(decoding: try encoder.encode(table), as: UTF8.self) + "\n"),
        ("estimates.csv", estimatesCSV), ("error_histograms.svg", errorFigure.svg),
        ("estimates.svg", scatterFigure.svg), ("error_map.csv", voxels.csv),
      ] + others
    if let errorMap { files.append(("error_map.svg", errorMap.svg)) }
    if let calibration {
      files += [
        ("calibration.md", calibration.formatted.markdown), ("calibration.tex", calibration.formatted.latex),
        ("calibration.csv", calibration.numbers.csv),
        ("calibration.json", String(decoding: try encoder.encode(calibration), as: UTF8.self) + "\n"),
        ("calibration.svg", figure(of: calibration).svg),
      ]
    }
    if let states {
      files += [
        ("states.md", states.formatted.markdown), ("states.tex", states.formatted.latex),
        ("states.json", String(decoding: try encoder.encode(states), as: UTF8.self) + "\n"),
      ]
    }
    if let identifiabilityFigure { files.append(("identifiability.svg", identifiabilityFigure.svg)) }
    if let typicality {
      files += [
        ("typicality.md", typicality.formatted.markdown), ("typicality.tex", typicality.formatted.latex),
        ("typicality.json", String(decoding: try encoder.encode(typicality), as: UTF8.self) + "\n"),
      ]
    }
    try AtomicFile.createFolder(folder)
    if !replacing { for (name, _) in files { try AtomicFile.requireCreatable(folder + "/" + name) } }
    Interruption.letWorkFinish()
    // Tables of an earlier evaluation that this one does not have would seem to be its own.
    let stale = ["robustness", "calibration", "states", "identifiability", "typicality", "error_map"].flatMap
    { name in
      ["md", "tex", "csv", "json", "svg"].map { "\(name).\($0)" }
    }
    for name in stale where replacing && !files.contains(where: { $0.0 == name }) {
      unlink(folder + "/" + name)
    }
    for (name, text) in files { try AtomicFile.write(text, to: folder + "/" + name, replacing: replacing) }
  }

  private func column(_ p: Int, of values: [Double]) -> [Double] {
    stride(from: p, to: values.count, by: box.count).map { values[$0] }
  }

  /// A line per sample: its index, true and estimated values, and predicted standard deviations, correlations and typicality
  /// if there are any.
  private var estimatesCSV: String {
    let names = box.dimensions.map(\.name)
    let pairs = names.indices.flatMap { i in names.indices.filter { $0 > i }.map { (i, $0) } }
    var header = ["sample_index"] + names.map { "true_\($0)" } + names.map { "estimated_\($0)" }
    if posteriors != nil {
      header += names.map { "std_\($0)" } + pairs.map { "correlation_\(names[$0])_\(names[$1])" }
    }
    if typicalities != nil { header.append("typicality") }
    let lines = (0..<samples.count).map { sample in
      let range = (sample * box.count)..<((sample + 1) * box.count)
      var values = samples.parameters[range] + estimates[range]
      if let posterior = posteriors?[sample] {
        let correlations = posterior.correlations
        values += posterior.standardDeviations + pairs.map { correlations[$0 * box.count + $1] }
      }
      if let typicalities { values.append(typicalities[sample]) }
      return (["\(samples.indices[sample])"] + values.map { "\($0)" }).joined(separator: ",")
    }
    return ([header.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// The distributions of errors.
  var errorFigure: Figure {
    ErrorHistogramFigure(
      parameters: box.dimensions.enumerated().map { p, dimension in
        let errors = zip(column(p, of: estimates), column(p, of: samples.parameters)).map {
          ($0 - $1) / (dimension.upper - dimension.lower)
        }
        return .init(name: dimension.symbol, errors: errors)
      }
    ).figure
  }

  /// Estimates against true values.
  var scatterFigure: Figure {
    EstimateScatterFigure(
      parameters: box.dimensions.enumerated().map { p, dimension in
        .init(
          name: dimension.symbol, unit: dimension.unit == "1" ? "" : dimension.unit,
          truth: column(p, of: samples.parameters), estimate: column(p, of: estimates),
          range: dimension.lower...dimension.upper)
      }
    ).figure
  }

  /// Where in the box errors are large.
  private var voxels: VoxelErrors { VoxelErrors(estimates: estimates, truths: samples.parameters, box: box) }

  /// The same as maps; nil of one parameter, or of more than three.
  var errorMap: Figure? {
    guard (2...3).contains(box.count) else { return nil }
    let voxels = voxels
    func coordinate(_ p: Int) -> ErrorMapFigure.Coordinate {
      (name: box.dimensions[p].label, range: box.dimensions[p].lower...box.dimensions[p].upper)
    }
    let borders = box.count == 3 ? voxels.edges[2] : [0, 1]
    let slices = zip(borders, borders.dropFirst()).enumerated().map { index, border in
      let counts = voxels.samples(inSlice: index)
      let name =
        box.count == 3 ? String(format: "%@ %.3g–%.3g, ", box.dimensions[2].symbol, border.0, border.1) : ""
      return name + "n = \(counts.lowerBound)–\(counts.upperBound)"
    }
    return ErrorMapFigure(
      parameters: box.dimensions.indices.map { p in
        .init(
          name: box.dimensions[p].symbol,
          maps: slices.indices.map { voxels.plane(of: p, slice: $0).map { $0.map { 100 * $0 } } })
      }, slices: slices, x: coordinate(1), y: coordinate(0)
    ).figure
  }

  /// Where in the box which parameter is known; nil if there are values only, or one parameter.
  var identifiabilityFigure: Figure? {
    guard let posteriors, box.count > 1 else { return nil }
    func coordinate(_ p: Int) -> IdentifiabilityFigure.Coordinate {
      let dimension = box.dimensions[p]
      return .init(
        name: dimension.label, values: column(p, of: samples.parameters),
        range: dimension.lower...dimension.upper)
    }
    let ratios = posteriors.flatMap { posterior in
      zip(posterior.standardDeviations, box.dimensions).map { $0 / (($1.upper - $1.lower) / 12.squareRoot()) }
    }
    return IdentifiabilityFigure(
      parameters: box.dimensions.indices.map {
        .init(name: box.dimensions[$0].symbol, ratios: column($0, of: ratios))
      }, x: coordinate(1), y: coordinate(0)
    ).figure
  }

  /// How well predicted distributions are calibrated.
  func figure(of calibration: CalibrationStatistics) -> Figure {
    CalibrationFigure(
      series: zip(calibration.rows, box.dimensions.map(\.symbol) + ["all together", "random points"]).map {
        row, name in
        .init(name: name, values: row.values, isOneSided: row.isJoint)
      }, binCount: CalibrationStatistics.binCount
    ).figure
  }
}

extension ParameterBox.Dimension {
  /// The name as the literature writes it.
  var symbol: String { name == "eta" ? "η" : name }
  /// The symbol with its unit, as axes have it.
  var label: String { symbol + (unit == "1" ? "" : " (\(unit))") }
}
