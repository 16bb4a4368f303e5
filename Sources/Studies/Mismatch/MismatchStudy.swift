import Configuration
import DurableFiles
import EstimatorDiagnostics
import FieldPotential
import Foundation
import ParameterChecks
import ParameterEstimation
import ParameterSampling
import SimulationData
import SpectralAnalysis
import SpikingNetwork
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
    let models: [PlannedModel]
  }

  /// A model with where it comes from.
  private struct PlannedModel {
    let name, path: String
    let settings: [String]
    let model: TrainedModel
    var configuration: StudyConfiguration { model.configuration.values }
    /// Where files that its training names are looked for.
    var folder: URL { URL(fileURLWithPath: FilePath.folder(path), isDirectory: true) }
  }

  /// Reads the models, and makes sure before any simulation that each can be given what it is to be tested on.
  ///
  /// - Throws: ``MismatchError``, `EstimatorError`, or an error of reading.
  package init(_ configuration: MismatchConfiguration, output: String, threads: Int, isQuiet: Bool) throws {
    self.configuration = configuration
    self.output = output
    self.threads = threads
    self.isQuiet = isQuiet
    boxes = try configuration.boxes.entries.map { entry in
      let models = try entry.value.models.entries.map { model in
        let path = configuration.path(of: model.value)
        return PlannedModel(
          name: model.name, path: path, settings: model.value.settings, model: try TrainedModel(path: path))
      }
      let trained = models.map(\.configuration)
      // The first are those of the training; all have to be possible.
      let networks = try configuration.mismatches.map {
        try configuration.networks(in: entry.value, $0, for: trained)
      }[0]
      for model in models {
        try Self.requireOtherSamples(model, configuration.seed)
        try Self.requireSameNetwork(model, networks)
        let missing = model.model.estimator.targetBox.keys.filter { entry.value.parameters[$0] == nil }
        if !missing.isEmpty {
          let problem = ParameterProblem(
            at: "boxes.\(entry.name).parameters",
            "lacks \(missing.joined(separator: ", ")), which \(model.path) estimates")
          try ParameterError.report([problem], of: configuration.file.relativePath)
        }
        let study = try Self.study(of: networks, as: model)
        _ = try model.model.requireMatching(study.datasetDescription(study.kernels()), file: model.path)
      }
      return PlannedBox(name: entry.name, box: entry.value, models: models)
    }
  }

  private static func requireOtherSamples(_ model: PlannedModel, _ seed: UInt64) throws {
    guard (model.model.dataSeed ?? model.configuration.seed) != seed else {
      throw MismatchError.seedOfTraining(file: model.path, seed: seed)
    }
  }

  /// Models of a box were trained on the same networks, but for what was sampled.
  private static func requireSameNetwork(_ model: PlannedModel, _ networks: StudyConfiguration) throws {
    var (trained, wanted) = (model.configuration, networks)
    for key in trained.sampling.drawn.keys {
      let scalar = NetworkParameters.scalars[key]!
      trained.network[keyPath: scalar] = wanted.network[keyPath: scalar]
    }
    if let difference = trained.firstDifference(from: wanted, in: [.network]) {
      throw MismatchError.otherNetwork(file: model.path, difference: difference)
    }
  }

  /// Simulates what is not there yet, tests all models and writes the results.
  package func run() throws -> MismatchResults {
    let folder = try ExperimentFolder(
      output, for: configuration.text, key: "boxes", writing: MismatchResults.fileNames)
    let mismatches = configuration.mismatches
    let progress = Progress(
      "networks", total: boxes.count * mismatches.count * configuration.samples, unit: "samples",
      isQuiet: isQuiet)
    let bootstrap = Bootstrap(configuration.evaluation, seed: configuration.seed)
    var tests: [MismatchResults.Test] = []
    var kernels: [String: FieldKernels] = [:]
    for box in boxes {
      var rows = box.models.map { _ in [(mismatch: Mismatch, row: RobustnessTable.Row)]() }
      for mismatch in mismatches {
        let data = try simulated(box, mismatch)
        progress.advance(by: configuration.samples, note: "\(box.name), \(mismatch.name)")
        for (index, model) in box.models.enumerated() {
          let (samples, reader) = try measured(data, mismatch, model, &kernels)
          // Of networks that all are silent nothing can be said.
          guard samples.count > 0 else { continue }
          let row = try RobustnessTable.Row(
            mismatch.name, samples, of: reader, model: model.model, bootstrap: bootstrap,
            seed: configuration.seed, threads: threads)
          rows[index].append((mismatch, row))
        }
      }
      for (model, rows) in zip(box.models, rows) where !rows.isEmpty {
        tests.append(
          .init(
            box: box.name, parameters: box.box.parameters, model: model.name, settings: model.settings,
            mismatches: rows.map(\.mismatch),
            symbols: model.model.estimator.targetBox.dimensions.map(\.symbol),
            rows: rows.map(\.row)))
      }
    }
    progress.finish()
    let results = MismatchResults(
      configuration, tests, network: try networks(of: boxes[0], .none).network)
    try results.write(to: output)
    try folder.finish()
    return results
  }

  private func networks(of box: PlannedBox, _ mismatch: Mismatch) throws -> StudyConfiguration {
    try configuration.networks(in: box.box, mismatch, for: box.models.map(\.configuration))
  }

  /// The networks of a box that differ in some way: simulated, unless they are there.
  private func simulated(_ box: PlannedBox, _ mismatch: Mismatch) throws -> DatasetFolder {
    let networks = try networks(of: box, mismatch)
    let folder = "\(output)/networks/\(box.name)/\(mismatch.name.replacingOccurrences(of: " ", with: "-"))"
    let study = try Study(networks, folder: box.models[0].folder)
    _ = try Generate(study, output: folder, selection: .all, workers: threads, isQuiet: true).run()
    return try DatasetFolder(for: study, at: folder)
  }

  /// Networks as a model sees them: through the cells of its training, in its bins, against its reference.
  private static func study(of networks: StudyConfiguration, as model: PlannedModel) throws -> Study {
    let trained = model.configuration
    var seen = networks
    seen.kernel = trained.kernel
    seen.kernel.nuisance = .init()
    seen.spectra = trained.spectra
    seen.simulation.bin = trained.simulation.bin
    seen.measurement = MeasurementParameters()
    seen.measurement.reference = trained.measurement.reference
    return try Study(
      StudyConfiguration(yaml: seen.yaml, settings: model.settings, file: "settings"), folder: model.folder)
  }

  /// The spectra that a model is given; kernels are computed once for each delay.
  private func measured(
    _ data: DatasetFolder, _ mismatch: Mismatch, _ model: PlannedModel, _ known: inout [String: FieldKernels]
  ) throws -> (TrainingSamples, DatasetReader) {
    let study = try Self.study(of: data.configuration.values, as: model)
    let key = study.identityText(of: [.kernel]) + "\(study.configuration.network.delay)"
    let kernels = try known[key] ?? study.completeKernels()
    known[key] = kernels
    var samples = TrainingSamples()
    var last: DatasetReader?
    for shard in data.shards {
      guard case .sound(let reader) = try data.open(shard) else {
        throw DatasetFolderError.damaged(path: data.path, shards: [data.name(of: shard)])
      }
      let part = try ConditionSamples(reader, mismatch.name, as: study, kernels, model: model.model)
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
  /// Two models of a box were trained on different networks.
  case otherNetwork(file: String, difference: String)

  /// One line with what was found and expected.
  package var description: String {
    switch self {
    case .seedOfTraining(let file, let seed):
      "\(file): was trained on networks of seed \(seed), which the test networks would have too; choose another seed"
    case .otherNetwork(let file, let difference):
      "\(file): was trained on other networks than the first model of its box (\(difference))"
    }
  }
}
