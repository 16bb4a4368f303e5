import Configuration
import EstimatorDiagnostics
import FieldPotential
import Foundation
import ParameterEstimation
import SimulationData
import SpectralAnalysis
import Statistics

/// Simulates networks that differ from those of a training, applies models to them, and writes tables and figures.
///
/// Stopped at any time, the same call goes on where it was: networks that are there are not simulated again.
package struct MismatchStudy {
  private let configuration: MismatchConfiguration
  private let boxes: [PlannedBox]
  private let output: String
  private let threads: Int
  private let isQuiet: Bool

  /// A box with its models, read.
  private struct PlannedBox {
    let name: String
    let box: MismatchConfiguration.TestBox
    let models: [(name: String, settings: [String], model: TrainedModel)]
    /// Bins fine enough for all models, in ms.
    var bin: Double { models.map(\.model.configuration.values.simulation.bin).min() ?? 1 }
  }

  /// Reads the models.
  ///
  /// - Throws: ``MismatchError``, or an error of reading.
  package init(_ configuration: MismatchConfiguration, output: String, threads: Int, isQuiet: Bool) throws {
    self.configuration = configuration
    self.output = output
    self.threads = threads
    self.isQuiet = isQuiet
    boxes = try configuration.boxes.entries.map { entry in
      PlannedBox(
        name: entry.name, box: entry.value,
        models: try entry.value.models.entries.map { model in
          let path = configuration.path(of: model.value)
          let trained = try TrainedModel(path: path)
          guard (trained.dataSeed ?? trained.configuration.values.seed) != configuration.seed else {
            throw MismatchError.seedOfTraining(file: path, seed: configuration.seed)
          }
          return (model.name, model.value.settings, trained)
        })
    }
  }

  /// Simulates what is not there yet, tests all models and writes the results.
  package func run() throws -> MismatchResults {
    let folder = try ExperimentFolder(output, for: configuration.text, writing: MismatchResults.fileNames)
    let mismatches = configuration.mismatches
    let progress = Progress(
      "networks", total: boxes.count * mismatches.count * configuration.samples, unit: "samples",
      isQuiet: isQuiet)
    let bootstrap = Bootstrap(configuration.evaluation, seed: configuration.seed)
    var tests: [MismatchResults.Test] = []
    var kernels: [String: FieldKernels] = [:]
    for box in boxes {
      let tested = try mismatches.map { mismatch in
        let data = try simulated(box, mismatch)
        progress.advance(by: configuration.samples, note: "\(box.name), \(mismatch.name)")
        return try box.models.map { model in
          let (samples, reader) = try measured(data, mismatch, model.settings, model.model, &kernels)
          return try RobustnessTable.Row(
            mismatch.name, samples, of: reader, model: model.model, bootstrap: bootstrap,
            seed: configuration.seed, threads: threads)
        }
      }
      for (index, model) in box.models.enumerated() {
        tests.append(
          .init(
            box: box.name, model: model.name, settings: model.settings, mismatches: mismatches,
            symbols: model.model.estimator.targetBox.dimensions.map(\.symbol), rows: tested.map { $0[index] })
        )
      }
    }
    progress.finish()
    let results = MismatchResults(configuration, tests)
    try results.write(to: output)
    try folder.finish()
    return results
  }

  /// The networks of a box that differ in some way: simulated, unless they are there.
  private func simulated(_ box: PlannedBox, _ mismatch: Mismatch) throws -> DatasetFolder {
    let networks = try configuration.networks(in: box.box, mismatch, bin: box.bin)
    let folder = "\(output)/networks/\(box.name)/\(mismatch.name.replacingOccurrences(of: " ", with: "-"))"
    let study = try Study(networks, folder: configuration.folder)
    _ = try Generate(study, output: folder, selection: .all, workers: threads, isQuiet: true).run()
    return try DatasetFolder(for: study, at: folder)
  }

  /// The spectra that a model is given, through the cells of its training, whose kernels are computed once for each delay.
  private func measured(
    _ data: DatasetFolder, _ mismatch: Mismatch, _ settings: [String], _ model: TrainedModel,
    _ known: inout [String: FieldKernels]
  ) throws -> (TrainingSamples, DatasetReader) {
    let trained = model.configuration.values
    var seen = data.configuration.values
    seen.kernel = trained.kernel
    seen.kernel.nuisance = .init()
    seen.spectra = trained.spectra
    seen.simulation.bin = trained.simulation.bin
    seen.measurement = MeasurementParameters()
    seen.measurement.reference = trained.measurement.reference
    let study = try Study(
      StudyConfiguration(yaml: seen.yaml, settings: settings, file: "settings"), folder: configuration.folder)
    let key = study.identityText(of: [.kernel]) + "\(study.configuration.network.delay)"
    let kernels = try known[key] ?? study.completeKernels()
    known[key] = kernels
    var samples = TrainingSamples()
    var last: DatasetReader?
    for shard in data.shards {
      guard case .sound(let reader) = try data.open(shard) else {
        throw DatasetFolderError.damaged(path: data.path, shards: [data.name(of: shard)])
      }
      let part = try ConditionSamples(reader, mismatch.name, as: study, kernels, model: model)
      samples.append(try part.measured(threads: threads, isQuiet: true).samples)
      last = reader
    }
    return (samples, last!)
  }
}

/// Why models cannot be tested.
package enum MismatchError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The test networks would be those of a model's training.
  case seedOfTraining(file: String, seed: UInt64)

  /// One line with what was found and expected.
  package var description: String {
    switch self {
    case .seedOfTraining(let file, let seed):
      "\(file): was trained on networks of seed \(seed), which the test networks would have too; choose another seed"
    }
  }
}
