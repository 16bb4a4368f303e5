import DurableFiles
import SimulationData

/// Joins the shards of a folder into one file, a shard at a time.
package struct Merge {
  /// What was joined.
  package struct Summary: Sendable, Codable {
    /// Rows written.
    package let samples: Int
    /// Samples of the study that are not there.
    package let missing: Int
  }

  /// Writes `output`; throws if samples are missing, unless `allowsMissing`, or shards are damaged.
  package static func run(folder path: String, output: String, allowsMissing: Bool, isQuiet: Bool) throws
    -> Summary
  {
    let folder = try DatasetFolder(at: path)
    try AtomicFile.requireCreatable(output)
    let shards = folder.shards.filter(folder.contains)
    let count = shards.reduce(0) { $0 + $1.samples.count }
    let missing = folder.samples - count
    guard missing == 0 || (allowsMissing && count > 0) else {
      throw DatasetFolderError.incomplete(path: path, missing: missing, total: folder.samples)
    }
    Interruption.letWorkFinish()
    let progress = Progress("merge", total: count, unit: "samples", isQuiet: isQuiet)
    TemporaryName.removeAbandoned(in: FilePath.folder(output))
    try ChecksummedFile.write(to: output) { temporary in
      var joined: (writer: DatasetWriter, description: DatasetDescription)?
      var damaged: [String] = []
      for shard in shards {
        try Interruption.check("stopped; \(output) was not written")
        guard case .sound(let reader) = try folder.open(shard, belongingTo: joined?.description) else {
          damaged.append(folder.name(of: shard))
          continue
        }
        // All that are damaged are told at once.
        if !damaged.isEmpty { continue }
        guard try reader.rows(spectra: false).sampleIndex == shard.samples.map(UInt64.init) else {
          throw DatasetError.inconsistent(
            file: reader.path, reason: "holds other samples than its number says")
        }
        if joined == nil {
          joined = (
            try DatasetWriter(path: temporary, description: reader.description, count: count),
            reader.description
          )
        }
        try joined?.writer.append(contentsOf: reader)
        progress.advance(by: reader.count)
      }
      guard damaged.isEmpty else { throw DatasetFolderError.damaged(path: path, shards: damaged) }
      try joined?.writer.close()
    }
    progress.finish()
    return Summary(samples: count, missing: missing)
  }
}
