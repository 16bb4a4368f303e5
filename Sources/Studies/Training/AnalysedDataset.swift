import Configuration
import DurableFiles
import Foundation
import SimulationData

/// A merged data set of which each simulation is analysed wholly or up to some time.
///
/// A simulation that ends earlier is the beginning of one that goes on: what is analysed up to a time is, bit for bit, the
/// data set of simulations that end there.
struct AnalysedDataset: Sendable {
  /// Which file is analysed, and how far.
  struct Choice: Sendable, Hashable {
    let path: String
    /// Analysed time from the beginning of each simulation, in ms with the transient.
    let duration: Portion
  }

  let choice: Choice
  /// What the samples have in common.
  let description: DatasetDescription
  private let reader: DatasetReader
  /// The study with shortened simulations; nil if they are not shortened.
  private let study: Study?

  /// The choice from an open file, by default all of it.
  init(_ reader: DatasetReader, duration: Portion = .all) throws {
    choice = Choice(path: reader.path, duration: duration)
    self.reader = reader
    study = try Self.study(of: reader, shortenedTo: duration)
    description = study.map { $0.shortened(reader.description) } ?? reader.description
  }

  var path: String { choice.path }

  /// The samples; if simulations are shortened, computes all spectra, which then stay in memory.
  func contents(threads: Int, isQuiet: Bool) throws -> DatasetContents {
    guard let study else { return DatasetContents(reader) }
    let kernels = try study.kernels()
    let spectra = SampleSpectra(study, kernels: kernels)
    let blocks = stride(from: 0, to: reader.count, by: 256).map { $0..<min($0 + 256, reader.count) }
    let progress = Progress("spectra", total: reader.count, unit: "samples", isQuiet: isQuiet)
    let parts = try WorkerPool.map(blocks, workers: threads, stopped: "stopped; the same command continues") {
      block in
      var rows = try reader.rows(block, histograms: true, spectra: false)
      rows.keepBins(study.configuration.simulation.binCount, of: reader.description.binCount)
      rows.spectra = try spectra.spectra(of: rows)
      rows.excitatoryHistogram = []
      rows.inhibitoryHistogram = []
      progress.advance(by: block.count)
      return rows
    }
    progress.finish()
    var rows = DatasetRows()
    for part in parts { rows.append(part) }
    return DatasetContents(path: path, description: description, rows: rows)
  }

  /// All samples without spectra and histograms.
  func identities() throws -> DatasetRows { try reader.rows(spectra: false) }

  private static func study(of reader: DatasetReader, shortenedTo duration: Portion) throws -> Study? {
    let (description, path) = (reader.description, reader.path)
    guard case .first(let duration) = duration, duration != description.duration else { return nil }
    var configuration = description.configuration.values
    let shortest = description.transient + configuration.spectra.segment
    guard (shortest...max(shortest, description.duration)).contains(duration) else {
      throw ExperimentError.impossibleDuration(
        file: path, actual: duration, shortest: shortest, longest: description.duration)
    }
    configuration.simulation.duration = duration
    return try Study(configuration, folder: URL(fileURLWithPath: FilePath.folder(path), isDirectory: true))
  }
}

extension Study {
  /// The description of a data set of longer simulations with this study's duration.
  fileprivate func shortened(_ description: DatasetDescription) -> DatasetDescription {
    var result = description
    result.duration = configuration.simulation.duration
    result.configuration = StoredConfiguration(configuration)
    result.simulationIdentity = simulationIdentity
    result.spectraIdentity = spectraIdentity
    return result
  }
}

extension DatasetRows {
  /// Shortens histograms of `duration` bins.
  fileprivate mutating func keepBins(_ count: Int, of duration: Int) {
    func beginnings(_ histograms: [UInt32]) -> [UInt32] {
      stride(from: 0, to: histograms.count, by: duration).flatMap { histograms[$0..<$0 + count] }
    }
    excitatoryHistogram = beginnings(excitatoryHistogram)
    inhibitoryHistogram = beginnings(inhibitoryHistogram)
  }
}
