import Configuration
import DurableFiles
import Foundation
import SimulationData
import Synchronization

/// A merged data set of which each simulation is analysed wholly or up to some time.
///
/// A simulation that ends earlier is the beginning of one that goes on: what is analysed up to a time is, bit for bit, the
/// data set of simulations that end there.
struct AnalysedDataset: Sendable, Hashable {
  let path: String
  /// Analysed time from the beginning of each simulation, in ms with the transient.
  var duration = Portion.all

  /// What the samples have in common.
  func description() throws -> DatasetDescription {
    let reader = try DatasetReader(checked: path)
    try reader.close()
    return try study(of: reader.description).map { $0.shortened(reader.description) } ?? reader.description
  }

  /// Opens the data set; if simulations are shortened, computes all spectra, which then stay in memory.
  func contents(threads: Int, isQuiet: Bool) throws -> DatasetContents {
    let reader = try DatasetReader(checked: path)
    guard let study = try study(of: reader.description) else { return DatasetContents(reader) }
    defer { try? reader.close() }
    let kernels = try study.kernels()
    let spectra = SampleSpectra(study, kernels: kernels)
    let blocks = stride(from: 0, to: reader.count, by: 256).map { $0..<min($0 + 256, reader.count) }
    let progress = Progress("spectra", total: reader.count, unit: "samples", isQuiet: isQuiet)
    let finished = Mutex<[Int: DatasetRows]>([:])
    try WorkerPool.forEach(Array(blocks.enumerated()), workers: threads) { number, block in
      var rows = try reader.rows(block, histograms: true, spectra: false)
      rows.keepBins(study.configuration.simulation.duration, of: reader.description.duration)
      rows.spectra = try spectra.spectra(of: rows)
      rows.excitatoryHistogram = []
      rows.inhibitoryHistogram = []
      finished.withLock { $0[number] = rows }
      progress.advance(by: block.count)
    }
    try Interruption.check("stopped; the same command continues")
    progress.finish()
    var rows = DatasetRows()
    for number in blocks.indices { rows.append(finished.withLock { $0.removeValue(forKey: number)! }) }
    return DatasetContents(path: path, description: study.shortened(reader.description), rows: rows)
  }

  /// All samples without spectra and histograms.
  func identities() throws -> DatasetRows {
    let reader = try DatasetReader(path: path)
    let rows = try reader.rows(spectra: false)
    try reader.close()
    return rows
  }

  /// The study with shortened simulations; nil if they are not shortened.
  private func study(of description: DatasetDescription) throws -> Study? {
    guard case .first(let duration) = duration, duration != description.duration else { return nil }
    var configuration = try StudyConfiguration(yaml: description.configuration, file: path)
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
    result.configuration = configuration.yaml
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
