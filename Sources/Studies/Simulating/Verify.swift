import Configuration
import DurableFiles
import FieldPotential
import Foundation
import ParameterSampling
import SimulationData
import Synchronization

/// Checks a data-set folder or a merged file.
package struct Verify {
  /// What was found. A data set is sound if `problems` is empty.
  package struct Summary: Sendable, Codable {
    /// Samples present.
    package var samples = 0
    /// Samples of the study that are not there.
    package var missing = 0
    /// Samples that fired no spike after the transient.
    package var silent = 0
    /// Samples simulated again and found equal, bit for bit.
    package var resimulated = 0
    /// One line per problem.
    package var problems: [String] = []
    /// One line for each check that was not possible, and why.
    package var unchecked: [String] = []
  }

  /// A sound file and its samples, in the order of its rows.
  private typealias Checked = (file: String, indices: [UInt64])

  /// Checks everything; with `resimulate` > 0 that many samples, spread evenly, are simulated again.
  package static func run(path: String, resimulate: Int, workers: Int, isQuiet: Bool) throws -> Summary {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError.missing(path: path)
    }
    var summary = Summary()
    var files: [Checked] = []
    let reference: StudyReference?
    if isFolder.boolValue {
      let folder = try DatasetFolder(at: path)
      reference = try self.reference(folder.configuration, in: path, isNeeded: resimulate > 0, &summary)
      for shard in folder.shards {
        do {
          switch try folder.open(shard) {
          case .missing: summary.missing += shard.samples.count
          case .damaged: summary.problems.append("\(folder.name(of: shard)): differs from its checksum")
          case .sound(let reader):
            let checked = try check(reader, reference, &summary)
            if checked.indices != shard.samples.map(UInt64.init) {
              summary.problems.append("\(folder.name(of: shard)): holds other samples than it should")
            }
            files.append(checked)
          }
        } catch let error as ForeignShard {
          summary.problems.append("\(error)")
        }
      }
      if summary.missing > 0 { summary.problems.append("\(path): \(summary.missing) samples are missing") }
    } else {
      if try ChecksummedFile.requireUnaltered(path) == .unknown {
        summary.unchecked.append("\(path): has no checksum beside it")
      }
      let reader = try DatasetReader(path: path)
      let configuration = reader.description.configuration
      reference = try self.reference(
        configuration, in: FilePath.folder(path), isNeeded: resimulate > 0, &summary)
      summary.missing = configuration.values.sampling.samples - reader.count
      files.append(try check(reader, reference, &summary))
    }
    if resimulate > 0, summary.samples > 0, let reference {
      try self.resimulate(resimulate, of: files, reference, workers, isQuiet, &summary)
    }
    return summary
  }

  /// The study that data are compared with. Unless `isNeeded`, files that it names may be gone.
  private static func reference(
    _ configuration: StoredConfiguration, in folder: String, isNeeded: Bool, _ summary: inout Summary
  ) throws -> StudyReference? {
    do {
      return try StudyReference(configuration, folder: folder)
    } catch  where !isNeeded && (error is MorphologyError || error is FileError) {
      summary.unchecked.append("kernels, identities and drawn values: \(error)")
      return nil
    }
  }

  /// Checks the values of a file and returns its samples.
  private static func check(
    _ reader: DatasetReader, _ reference: StudyReference?, _ summary: inout Summary
  ) throws -> Checked {
    let (path, description) = (reader.path, reader.description)
    if let difference = reference?.difference(of: description) {
      summary.problems.append("\(path): \(difference)")
    }
    let network = description.configuration.values.network
    var indices: [UInt64] = []
    let frames = description.spectrumCount
    let bins = description.binCount
    let transientBins = bins / description.duration * description.transient
    let counted = Double(description.duration - description.transient)
    for start in stride(from: 0, to: reader.count, by: 500) {
      let rows = try reader.rows(start..<min(start + 500, reader.count), histograms: true)
      for row in 0..<rows.count {
        func report(_ problem: String) {
          summary.problems.append("\(path): sample \(rows.sampleIndex[row]): \(problem)")
        }
        if rows.isSilent(row) { summary.silent += 1 }
        if !rows.spectra[(row * frames)..<((row + 1) * frames)].allSatisfy({ $0.isFinite && $0 >= 0 }) {
          report("a spectral density is negative or not finite")
        }
        for (p, dimension) in description.box.dimensions.enumerated() {
          let value = rows.parameters[row * description.box.count + p]
          // Rounding to the time grid may take a value over the end by less than a step.
          if !(value >= dimension.lower - description.timeStep
            && value <= dimension.upper + description.timeStep)
          {
            report("\(dimension.name) = \(value) is outside its range")
          }
        }
        for (name, rate, histogram, neurons) in [
          ("E", rows.excitatoryRate[row], rows.excitatoryHistogram, network.excitatoryNeurons),
          ("I", rows.inhibitoryRate[row], rows.inhibitoryHistogram, network.inhibitoryNeurons),
        ] {
          let spikes = histogram[(row * bins + transientBins)..<((row + 1) * bins)].reduce(0.0) {
            $0 + Double($1)
          }
          if rate != Float(spikes / (Double(neurons) * counted / 1000)) {
            report("the rate of \(name) is not that of its histogram")
          }
        }
        if DatasetSplit(rawValue: rows.split[row]) == nil { report("its split is \(rows.split[row])") }
        for name in reference?.differences(of: rows, at: row) ?? [] {
          report("its \(name) does not follow from the study")
        }
      }
      indices += rows.sampleIndex
    }
    if Set(indices).count != indices.count {
      summary.problems.append("\(path): a sample occurs twice")
    }
    try reader.close()
    summary.samples += indices.count
    return (path, indices)
  }

  /// Simulates samples again and compares all that is stored of them.
  private static func resimulate(
    _ count: Int, of files: [Checked], _ reference: StudyReference, _ workers: Int, _ isQuiet: Bool,
    _ summary: inout Summary
  ) throws {
    let all = files.flatMap { file in
      file.indices.enumerated().compactMap { row, index in
        reference.sample(index).map { (file.file, row, $0) }
      }
    }
    let chosen = (0..<min(count, all.count)).map { all[$0 * all.count / min(count, all.count)] }
    let progress = Progress("verify", total: chosen.count, unit: "samples", isQuiet: isQuiet)
    let differing = Differences()
    try WorkerPool.forEach(chosen, workers: workers) { file, row, sample in
      let again = try reference.simulator.row(of: sample)
      let reader = try DatasetReader(path: file, knowing: reference.configuration, isTrusted: true)
      let stored = try reader.rows(row..<(row + 1), histograms: true)
      try reader.close()
      if !stored.isIdentical(to: again) { differing.add(sample.index) }
      progress.advance()
    }
    progress.finish()
    try Interruption.check("stopped before all samples were simulated again")
    summary.resimulated = chosen.count - differing.indices.count
    summary.problems += differing.indices.sorted().map { "sample \($0): differs when simulated again" }
  }
}

/// Samples found different, collected from several threads.
private final class Differences: Sendable {
  private let found = Mutex<[Int]>([])
  func add(_ index: Int) { found.withLock { $0.append(index) } }
  var indices: [Int] { found.withLock { $0 } }
}
