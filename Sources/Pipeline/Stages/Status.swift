import Foundation

/// Says how far a data-set folder is, without reading the shards' contents.
public struct Status: Sendable, Codable {
  /// Samples of the study.
  public let samples: Int
  /// Samples in shards that are there.
  public let done: Int
  /// Shards that are there.
  public let finishedShards: Int
  /// Shards that are not.
  public let missingShards: Int

  enum CodingKeys: String, CodingKey {
    case samples, done
    case finishedShards = "finished_shards"
    case missingShards = "missing_shards"
  }

  /// Looks into a folder.
  public init(folder path: String) throws {
    let (folder, configuration) = try DatasetFolder.open(path)
    let present = folder.shards.filter { FileManager.default.fileExists(atPath: folder.file(of: $0)) }
    samples = configuration.sampling.samples
    done = present.reduce(0) { $0 + $1.samples.count }
    finishedShards = present.count
    missingShards = folder.shards.count - present.count
  }
}
