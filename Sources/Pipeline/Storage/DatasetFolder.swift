import Foundation
import ParameterEstimation

/// A folder with a data set in immutable shards of consecutive samples.
///
/// `study.yaml` holds the resolved configuration. Each `shard-NNNNNN.h5` has a `shard-NNNNNN.h5.sha256` beside it in
/// the format of `sha256sum`; together these are the folder's manifest (`sha256sum -c *.sha256` checks it). The
/// checksum appears before the shard does, and both appear complete, so that any number of processes may work in
/// the folder and be killed at any time.
package struct DatasetFolder {
  /// One shard: its number and the samples in it.
  package struct Shard: Sendable, Equatable {
    package let number: Int
    package let samples: Range<Int>
  }

  /// What a shard's files are found to be.
  package enum Status: Equatable {
    case finished
    case missing
    /// The contents differ from the checksum, or there is none.
    case damaged
  }

  let path: String
  package let shards: [Shard]

  /// The shards of a study with samples in blocks of `shardSize`.
  package init(path: String, samples: Int, shardSize: Int) {
    self.path = path
    shards = stride(from: 0, to: samples, by: shardSize).enumerated().map { number, first in
      Shard(number: number, samples: first..<min(first + shardSize, samples))
    }
  }

  package func file(of shard: Shard) -> String { path + "/" + name(of: shard) }

  package func name(of shard: Shard) -> String { String(format: "shard-%06d.h5", shard.number) }

  private func checksumFile(of shard: Shard) -> String { file(of: shard) + ".sha256" }

  /// Compares a shard with its checksum, reading all of it.
  package func status(of shard: Shard) throws -> Status {
    guard FileManager.default.fileExists(atPath: file(of: shard)) else { return .missing }
    guard let line = try? String(contentsOfFile: checksumFile(of: shard), encoding: .utf8),
      line == Self.checksumLine(try SHA256.hash(fileAt: file(of: shard)), name(of: shard))
    else { return .damaged }
    return .finished
  }

  /// Stores a shard's rows. A shard that another process stored meanwhile has the same bytes.
  package func store(_ rows: DatasetRows, as shard: Shard, description: DatasetDescription) throws {
    try AtomicFile.write(to: file(of: shard), replacing: true) { temporary in
      let writer = try DatasetWriter(path: temporary, description: description, count: rows.count)
      try writer.append(rows)
      try writer.close()
      let hash = try SHA256.hash(fileAt: temporary)
      try AtomicFile.write(
        Self.checksumLine(hash, name(of: shard)), to: checksumFile(of: shard), replacing: true)
    }
  }

  private static func checksumLine(_ hash: String, _ name: String) -> String { "\(hash)  \(name)\n" }
}

/// What is wrong with a data-set folder.
enum DatasetFolderError: Error, Equatable, CustomStringConvertible {
  /// The folder belongs to another study.
  case otherStudy(path: String, difference: String)
  /// The folder is no data-set folder.
  case noStudy(path: String)
  /// Samples are missing.
  case incomplete(path: String, missing: Int, total: Int)
  /// Shards differ from their checksums.
  case damaged(path: String, shards: [String])

  var description: String {
    switch self {
    case .otherStudy(let path, let difference):
      "\(path): holds the data of another configuration (\(difference)); choose another folder"
    case .noStudy(let path): "\(path): not a data-set folder (no study.yaml)"
    case .incomplete(let path, let missing, let total):
      "\(path): \(missing) of \(total) samples are missing; run generate again, or merge with --partial"
    case .damaged(let path, let shards):
      "\(path): damaged, run generate again: \(shards.joined(separator: ", "))"
    }
  }
}
