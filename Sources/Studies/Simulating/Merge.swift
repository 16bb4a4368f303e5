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
    let (folder, configuration) = try DatasetFolder.open(path)
    try AtomicFile.requireCreatable(output)
    let statuses = try folder.shards.map { ($0, try folder.status(of: $0)) }
    let damaged = statuses.filter { $0.1 == .damaged }.map { folder.name(of: $0.0) }
    guard damaged.isEmpty else { throw DatasetFolderError.damaged(path: path, shards: damaged) }
    let finished = statuses.filter { $0.1 == .finished }.map(\.0)
    let count = finished.reduce(0) { $0 + $1.samples.count }
    let total = configuration.sampling.samples
    guard count == total || (allowsMissing && count > 0) else {
      throw DatasetFolderError.incomplete(path: path, missing: total - count, total: total)
    }
    let progress = Progress("merge", total: count, unit: "samples", isQuiet: isQuiet)
    TemporaryName.removeAbandoned(in: FilePath.folder(output))
    try ChecksummedFile.write(to: output) { temporary in
      var writer: DatasetWriter?
      var common: DatasetDescription?
      for shard in finished {
        try Interruption.check("stopped; \(output) was not written")
        let file = folder.file(of: shard)
        // The first look at it may be minutes ago.
        let reader = try DatasetReader(checked: file)
        let rows = try reader.rows(histograms: true)
        try reader.close()
        if let common, let difference = reader.description.difference(from: common) {
          throw ForeignShard(path: file, difference: difference)
        }
        guard rows.sampleIndex == shard.samples.map(UInt64.init) else {
          throw DatasetError.inconsistent(file: file, reason: "holds other samples than its number says")
        }
        if writer == nil {
          common = reader.description
          writer = try DatasetWriter(path: temporary, description: reader.description, count: count)
        }
        try writer?.append(rows)
        progress.advance(by: rows.count)
      }
      try writer?.close()
    }
    progress.finish()
    return Summary(samples: count, missing: total - count)
  }
}
