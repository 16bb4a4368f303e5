import DurableFiles
import Foundation

/// A folder with a data set in immutable shards of consecutive samples.
///
/// `study.yaml` holds the resolved configuration (``StudyFile``). Each `shard-NNNNNN.h5` has a `shard-NNNNNN.h5.sha256`
/// beside it (``ChecksummedFile``); together these are the folder's manifest (`sha256sum -c *.sha256` checks it). All
/// appear complete, so that any number of processes may work in the folder and be killed at any time.
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

  package let path: String
  package let shards: [Shard]
  /// The configuration that every shard carries, as YAML; nil for any.
  package let configuration: String?

  /// The shards of a study with samples in blocks of `shardSize`.
  package init(path: String, samples: Int, shardSize: Int, configuration: String? = nil) {
    self.path = path
    self.configuration = configuration
    shards = stride(from: 0, to: samples, by: shardSize).enumerated().map { number, first in
      Shard(number: number, samples: first..<min(first + shardSize, samples))
    }
  }

  package func file(of shard: Shard) -> String { path + "/" + name(of: shard) }

  package func name(of shard: Shard) -> String { String(format: "shard-%06d.h5", shard.number) }

  /// Compares a shard with its checksum, reading all of it, and what it says about itself with `expected`, or at least
  /// with the folder's configuration.
  ///
  /// - Throws: ``ForeignShard`` for a sound shard of something else, which is neither to be used nor to be replaced.
  package func status(of shard: Shard, belongingTo expected: DatasetDescription? = nil) throws -> Status {
    switch try ChecksummedFile.state(of: file(of: shard)) {
    case .missing: return .missing
    case .altered, .unknown: return .damaged
    case .intact:
      if expected != nil || configuration != nil { try requireOwn(shard, expected) }
      return .finished
    }
  }

  private func requireOwn(_ shard: Shard, _ expected: DatasetDescription?) throws {
    let reader = try DatasetReader(path: file(of: shard))
    var wanted = expected ?? reader.description
    if let configuration { wanted.configuration = configuration }
    try reader.close()
    if let difference = reader.description.difference(from: wanted) {
      throw ForeignShard(path: file(of: shard), difference: difference)
    }
  }

  /// Stores a shard's rows. A shard that another process stored meanwhile has the same bytes.
  package func store(_ rows: DatasetRows, as shard: Shard, description: DatasetDescription) throws {
    var description = description
    if let configuration { description.configuration = configuration }
    try ChecksummedFile.write(to: file(of: shard), replacing: true) { temporary in
      let writer = try DatasetWriter(path: temporary, description: description, count: rows.count)
      try writer.append(rows)
      try writer.close()
    }
  }
}

/// A shard is sound but belongs to other data than the folder it lies in.
package struct ForeignShard: Error, Equatable, CustomStringConvertible {
  package let path: String
  package let difference: String

  package init(path: String, difference: String) {
    self.path = path
    self.difference = difference
  }

  package var description: String { "\(path): belongs to other data (\(difference)); move it elsewhere" }
}

/// What is wrong with a data-set folder.
package enum DatasetFolderError: Error, Equatable, CustomStringConvertible {
  /// The folder belongs to another study.
  case otherStudy(path: String, difference: String)
  /// The folder is no data-set folder.
  case noStudy(path: String)
  /// Samples are missing.
  case incomplete(path: String, missing: Int, total: Int)
  /// Shards differ from their checksums.
  case damaged(path: String, shards: [String])

  package var description: String {
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
