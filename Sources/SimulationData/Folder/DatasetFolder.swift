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

  /// What is found under a shard's name.
  package enum Found {
    /// The shard, as it was stored, open.
    case sound(DatasetReader)
    case missing
    /// The contents differ from the checksum, or there is none.
    case damaged

    package var isSound: Bool { if case .sound = self { true } else { false } }
  }

  package let path: String
  package let shards: [Shard]
  /// The configuration that every shard carries.
  package let configuration: StoredConfiguration

  /// The shards of the study that `configuration` describes.
  package init(path: String, _ configuration: StoredConfiguration) {
    self.path = path
    self.configuration = configuration
    let (samples, size) = (
      configuration.values.sampling.samples, configuration.values.sampling.shardSize
    )
    shards = stride(from: 0, to: samples, by: size).enumerated().map { number, first in
      Shard(number: number, samples: first..<min(first + size, samples))
    }
  }

  /// Samples of the study.
  package var samples: Int { configuration.values.sampling.samples }

  package func file(of shard: Shard) -> String { path + "/" + name(of: shard) }

  package func name(of shard: Shard) -> String { String(format: "shard-%06d.h5", shard.number) }

  /// Whether there is something under a shard's name.
  package func contains(_ shard: Shard) -> Bool { FileManager.default.fileExists(atPath: file(of: shard)) }

  /// Compares a shard with its checksum, reading all of it, and what it says about itself with the folder's
  /// configuration and with `expected`, and leaves it open.
  ///
  /// - Throws: ``ForeignShard`` for a sound shard of something else, which is neither to be used nor to be replaced.
  package func open(_ shard: Shard, belongingTo expected: DatasetDescription? = nil) throws -> Found {
    switch try ChecksummedFile.state(of: file(of: shard)) {
    case .missing: return .missing
    case .altered, .unknown: return .damaged
    case .intact:
      let reader = try DatasetReader(path: file(of: shard), knowing: configuration, isTrusted: true)
      var wanted = expected ?? reader.description
      wanted.configuration = configuration
      if let difference = reader.description.difference(from: wanted) {
        throw ForeignShard(path: reader.path, difference: difference)
      }
      return .sound(reader)
    }
  }

  /// Stores a shard's rows. A shard that another process stored meanwhile has the same bytes.
  package func store(_ rows: DatasetRows, as shard: Shard, description: DatasetDescription) throws {
    var description = description
    description.configuration = configuration
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
