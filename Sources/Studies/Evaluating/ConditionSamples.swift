import Configuration
import FieldPotential
import Foundation
import ParameterEstimation
import SimulationData
import SpectralAnalysis

/// Samples of a data set, measured and analysed as a study says, for a model.
struct ConditionSamples: Sendable {
  let reader: DatasetReader
  let study: Study
  let model: TrainedModel
  private let part: Evaluation.Part
  private let limit: Int
  private let kernels: FieldKernels
  private let description: DatasetDescription
  private let frequencies: [Int]
  /// Which samples were trained on, by their index; nil for none.
  private let hasSeen: (@Sendable (UInt64) -> Bool)?
  private let name: String

  /// Samples with their spectra, and what tells conditions apart that differ in noise.
  struct Measured {
    let samples: TrainingSamples
    /// White noise in µV rms.
    let noise: Double
    /// All other settings.
    let others: String
  }

  /// Prepares samples under a condition of a configuration's section `robustness`.
  ///
  /// - Parameter part: By default test samples of what the model was trained on, all that it has not seen of any other.
  init(
    _ reader: DatasetReader, _ condition: EvaluationConditions.Condition, model: TrainedModel, folder: URL,
    part: Evaluation.Part?, limit: Portion
  ) throws {
    // Channels are measured against what the model was trained with.
    let reference = model.configuration.values.measurement.reference
    let configuration = try StudyConfiguration(
      yaml: reader.description.configuration.text,
      settings: ["measurement.reference=\(reference.rawValue)"] + condition.changes,
      file: "robustness.conditions.\(condition.name)")
    let study = try Study(configuration, folder: folder)
    // Data sets of earlier versions may have what new ones may not.
    if (try? reader.description.configuration.values.validate()) != nil { try configuration.validate() }
    let isStored = study.spectraIdentity == reader.description.spectraIdentity
    try self.init(
      reader, condition.name, as: study, try isStored ? study.kernels() : study.completeKernels(),
      model: model,
      part: part, limit: limit)
  }

  /// Prepares samples as `study`, with these kernels, has them; its bins may be wider than those of the data set.
  init(
    _ reader: DatasetReader, _ name: String, as study: Study, _ kernels: FieldKernels, model: TrainedModel,
    part: Evaluation.Part? = nil, limit: Portion = .all
  ) throws {
    self.reader = reader
    self.study = study
    self.kernels = kernels
    self.model = model
    self.name = name
    let isTrained = model.isTrained(on: reader.description)
    guard !isTrained || reader.description.configuration.values.split == model.configuration.values.split
    else { throw EstimatorError.otherSplit(file: reader.path) }
    hasSeen = part == nil ? model.hasSeen(reader.description) : nil
    self.part = part ?? (isTrained ? .test : .all)
    if case .first(let count) = limit { self.limit = count } else { self.limit = .max }
    description = study.datasetDescription(kernels)
    frequencies = try model.requireMatching(description, file: reader.path)
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
    let joined = reader.description.binCount / study.configuration.simulation.binCount
    let found = try WorkerPool.map(
      Array(chosen), workers: threads, stopped: "stopped; nothing was written"
    ) { row in
      var rows = try reader.rows(row..<row + 1, histograms: !isStored, spectra: isStored)
      if !isStored {
        rows.joinBins(joined)
        rows.spectra = try spectra.spectra(of: rows)
      }
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
