import Configuration
import DurableFiles
import Foundation
import ParameterSampling
import SimulationData
import SpikingNetwork
import Synchronization

/// Computes LFPs and spectra of a data set again from its histograms, with other kernels, contacts, measurement, spectra,
/// split or transient, or with wider bins.
///
/// The result equals, bit for bit, what ``Generate`` and ``Merge`` would make with the new configuration, but for the
/// CV of intervals: histograms do not tell it, so that it is missing (NaN) where the transient changes.
package struct RecomputeSpectra {
  /// What was done.
  package struct Summary: Sendable, Codable {
    /// Samples of the data set.
    package let samples: Int
    /// Seconds taken.
    package let seconds: Double
  }

  /// Writes `output` from the merged file `dataset`.
  ///
  /// - Throws: ``RecomputationError`` if the study's simulations are not those of the data set, and any error of
  ///   reading and writing.
  package static func run(
    _ study: Study, dataset: String, output: String, workers: Int, isQuiet: Bool
  ) throws -> Summary {
    let clock = ContinuousClock.now
    try AtomicFile.requireCreatable(output)
    let reader = try DatasetReader(checked: dataset)
    try requireSameSimulations(study, reader)
    let kernels = try study.completeKernels()
    let rows = RecomputedRows(study, reader, SampleSpectra(study, kernels: kernels))
    let blocks = blocks(
      of: reader.count, size: RecomputedRows.chunksPerBlock * (try reader.histogramsPerChunk))
    Interruption.letWorkFinish()
    let progress = Progress("spectra", total: reader.count, unit: "samples", isQuiet: isQuiet)
    TemporaryName.removeAbandoned(in: FilePath.folder(output))
    try ChecksummedFile.write(to: output) { temporary in
      let writer = OrderedWriter(
        try DatasetWriter(
          path: temporary, description: study.datasetDescription(kernels), count: reader.count),
        source: reader)
      try WorkerPool.forEach(Array(blocks.enumerated()), workers: workers) { number, block in
        try writer.append(try rows.rows(block), number: number)
        progress.advance(by: block.count)
      }
      try Interruption.check("stopped; \(output) was not written")
      try writer.close()
    }
    progress.finish()
    try reader.close()
    return Summary(samples: reader.count, seconds: (ContinuousClock.now - clock).seconds)
  }

  private static func blocks(of count: Int, size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  /// Checks that the stored histograms are those that the study's simulations would give.
  private static func requireSameSimulations(_ study: Study, _ reader: DatasetReader) throws {
    let description = reader.description
    let stored = description.configuration.values
    var wanted = study.configuration
    wanted.simulation.transient = stored.simulation.transient
    let factor = wanted.simulation.bin / stored.simulation.bin
    if abs(factor - factor.rounded()) < 1e-9 { wanted.simulation.bin = stored.simulation.bin }
    let sections: [StudyConfiguration.Section] = [.seed, .network, .simulation, .sampling]
    if let difference = stored.firstDifference(from: wanted, in: sections) {
      throw RecomputationError.otherSimulations(path: reader.path, difference: difference)
    }
    if case .file = wanted.sampling.design,
      try Study(wanted, folder: URL(fileURLWithPath: "/")).simulationIdentity
        != description.simulationIdentity
    {
      throw RecomputationError.otherSimulations(
        path: reader.path, difference: "the list of samples has changed")
    }
    guard description.duration == stored.simulation.duration, description.box == study.box else {
      throw DatasetError.inconsistent(
        file: reader.path, reason: "its rows are not those of the configuration stored in it")
    }
  }
}

/// Why spectra cannot be computed from a data set.
enum RecomputationError: Error, Equatable, CustomStringConvertible {
  /// The data set's simulations are not those of the configuration.
  case otherSimulations(path: String, difference: String)

  var description: String {
    switch self {
    case .otherSimulations(let path, let difference):
      "\(path): holds other simulations (\(difference)); only kernel, measurement, spectra, split,"
        + " simulation.transient_ms and wider bins can change"
    }
  }
}

/// Rows of a data set with all that follows from histograms computed again.
private struct RecomputedRows: Sendable {
  /// Blocks of rows are read in whole chunks.
  static let chunksPerBlock = 8

  private let study: Study
  private let reader: DatasetReader
  private let spectra: SampleSpectra

  init(_ study: Study, _ reader: DatasetReader, _ spectra: SampleSpectra) {
    self.study = study
    self.reader = reader
    self.spectra = spectra
  }

  /// Some rows; without histograms, unless their bins are wider than those of the data set.
  func rows(_ range: Range<Int>) throws -> DatasetRows {
    let configuration = study.configuration
    var rows = try reader.rows(range, histograms: true, spectra: false)
    let bins = reader.description.binCount / configuration.simulation.binCount
    rows.joinBins(bins)
    rows.spectra = try spectra.spectra(of: rows)
    rows.split = rows.sampleIndex.map { index in
      SampleIdentity(seed: configuration.seed, index: Int(clamping: index)).part(of: configuration.split)
        .rawValue
    }
    rows.excitatoryRate = rates(rows.excitatoryHistogram, neurons: configuration.network.excitatoryNeurons)
    rows.inhibitoryRate = rates(rows.inhibitoryHistogram, neurons: configuration.network.inhibitoryNeurons)
    if configuration.simulation.transient != reader.description.transient {
      rows.coefficientOfVariation = rows.coefficientOfVariation.map { _ in .nan }
    }
    if bins > 1 { return rows }
    rows.excitatoryHistogram = []
    rows.inhibitoryHistogram = []
    return rows
  }

  /// Rates after the transient in Hz, from histograms of several samples.
  private func rates(_ histograms: [UInt32], neurons: Int) -> [Float] {
    let timing = study.configuration.simulation
    let counted = Double(timing.duration - timing.transient)
    return stride(from: 0, to: histograms.count, by: timing.binCount).map { start in
      let spikes = histograms[(start + timing.transientBins)..<(start + timing.binCount)]
        .reduce(0) { $0 + Int($1) }
      return Float(ActivityStatistics.rate(spikes, neurons: neurons, duration: counted))
    }
  }
}

/// Writes blocks in order, whatever the order in which threads finish them.
private final class OrderedWriter: @unchecked Sendable {
  private let lock = NSLock()
  private let writer: DatasetWriter
  private let source: DatasetReader
  private var waiting: [Int: DatasetRows] = [:]
  private var next = 0

  init(_ writer: DatasetWriter, source: DatasetReader) {
    self.writer = writer
    self.source = source
  }

  func append(_ rows: DatasetRows, number: Int) throws {
    try lock.withLock {
      waiting[number] = rows
      while let rows = waiting.removeValue(forKey: next) {
        if rows.excitatoryHistogram.isEmpty {
          try writer.append(rows, histogramsOf: source)
        } else {
          try writer.append(rows)
        }
        next += 1
      }
    }
  }

  func close() throws { try writer.close() }
}
