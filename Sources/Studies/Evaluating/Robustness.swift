import Configuration
import DurableFiles
import EstimatorDiagnostics
import FieldPotential
import Foundation
import ParameterEstimation
import ParameterSampling
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
      let box = model.estimator.targetBox
      guard samples.samples.count > 0 else {
        throw EstimatorError.noSamples(file: reader.path, split: "test")
      }
      let predicted = try model.estimator.predictions(from: samples.samples.spectra, threads: threads)
      let errors = bootstrap.errorStatistics(
        estimates: predicted.estimates, truths: samples.samples.parameters, targetBox: box,
        sampledBox: reader.description.box)
      let calibration = predicted.posteriors.map {
        CalibrationStatistics(
          predictions: $0, truths: samples.samples.targets.map(Double.init), bootstrap: bootstrap, seed: seed)
      }
      let typicality = try model.estimator.assessments(of: samples.samples.spectra, threads: threads).map {
        TypicalityStatistics(
          $0.map(\.probability), calibrationSamples: model.estimator.typicality!.calibrationSamples)
      }
      rows.append(
        .init(
          condition: condition.name, errors: errors, calibration: calibration, typicality: typicality))
      measured.append((samples.noise, samples.others, errors))
    }
    table = RobustnessTable(rows: rows)
    figure = NoiseErrorFigure(measured, symbols: model.estimator.targetBox.dimensions.map(\.symbol))
  }

  /// Writes `robustness.md`, `.csv`, `.json` and `.svg` into a folder.
  package func write(to folder: String, replacing: Bool) throws {
    var files = [
      ("robustness.md", table.formatted.markdown), ("robustness.csv", table.numbers.csv),
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

/// The samples of a data set under a condition.
private struct ConditionSamples: Sendable {
  let reader: DatasetReader
  let study: Study
  let model: TrainedModel
  let part: Evaluation.Part
  let limit: Int
  private let kernels: FieldKernels
  private let description: DatasetDescription
  private let frequencies: [Int]
  /// Which samples were trained on, by their index; nil for none.
  let hasSeen: (@Sendable (UInt64) -> Bool)?
  let name: String

  /// Samples with their spectra, and what tells conditions apart that differ in noise.
  struct Measured {
    let samples: TrainingSamples
    /// White noise in µV rms.
    let noise: Double
    /// All other settings.
    let others: String
  }

  init(
    _ reader: DatasetReader, _ condition: EvaluationConditions.Condition, model: TrainedModel, folder: URL,
    part: Evaluation.Part?, limit: Portion
  ) throws {
    self.reader = reader
    self.model = model
    name = condition.name
    let description = reader.description
    // Channels are measured against what the model was trained with.
    let reference = model.configuration.values.measurement.reference
    let configuration = try StudyConfiguration(
      yaml: description.configuration.text,
      settings: ["measurement.reference=\(reference.rawValue)"] + condition.changes,
      file: "robustness.conditions.\(condition.name)")
    study = try Study(configuration, folder: folder)
    let isTrained = model.isTrained(on: description)
    guard !isTrained || description.configuration.values.split == model.configuration.values.split else {
      throw EstimatorError.otherSplit(file: reader.path)
    }
    hasSeen = part == nil ? model.hasSeen(description) : nil
    self.part = part ?? (isTrained ? .test : .all)
    if case .first(let count) = limit { self.limit = count } else { self.limit = .max }
    // Data sets of earlier versions may have what new ones may not.
    if (try? description.configuration.values.validate()) != nil { try configuration.validate() }
    let isStored = study.spectraIdentity == description.spectraIdentity
    kernels = try isStored ? study.kernels() : study.completeKernels()
    self.description = study.datasetDescription(kernels)
    frequencies = try model.requireMatching(self.description, file: reader.path)
  }

  /// Measures the samples.
  func measured(threads: Int, isQuiet: Bool) throws -> Measured {
    let identities = try reader.rows(spectra: false)
    let chosen = (0..<identities.count).filter { row in
      (part.split == nil || identities.split[row] == part.split?.rawValue) && !identities.isSilent(row)
        && hasSeen?(identities.sampleIndex[row]) != true
    }.prefix(limit)
    let spectra = SampleSpectra(study, kernels: kernels)
    let progress = Progress(name, total: chosen.count, unit: "samples", isQuiet: isQuiet)
    let isStored = study.spectraIdentity == reader.description.spectraIdentity
    let found = try WorkerPool.map(
      Array(chosen), workers: threads, stopped: "stopped; nothing was written"
    ) { row in
      var rows = try reader.rows(row..<row + 1, histograms: !isStored, spectra: isStored)
      if !isStored { rows.spectra = try spectra.spectra(of: rows) }
      rows.excitatoryHistogram = []
      rows.inhibitoryHistogram = []
      progress.advance()
      return rows
    }
    progress.finish()
    var rows = DatasetRows()
    for row in found { rows.append(row) }
    var selected = SelectedSamples(
      DatasetContents(path: reader.path, description: description, rows: rows), parts: [nil],
      targetBox: model.estimator.targetBox)
    selected.frequencies = frequencies
    var others = study.configuration
    others.measurement.noise = .zero
    return Measured(
      samples: try selected.collected(spectra: true), noise: study.configuration.measurement.noise.upper,
      others: reader.path + others.yaml)
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
