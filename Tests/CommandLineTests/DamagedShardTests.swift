import Foundation
import TestSupport
import Testing

@Suite("Shards that are damaged or gone", .finishedStudy)
struct DamagedShardTests {
  private let folder: TemporaryFolder
  private let command = "generate study.yaml --output shards --json"
  private let shard = "shards/shard-000002.h5"

  init() throws {
    folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    try folder.remove("dataset.h5")
    try folder.remove("dataset.h5.sha256")
  }

  @Test("finished shards are not made again")
  func finished() async throws {
    let before = try folder.snapshot()
    let outcome = try await Program.run(command, in: folder)
    #expect(outcome.status == 0)
    #expect(try outcome.members()["simulated"] as? Int == 0)
    #expect(try outcome.members()["finished_shards"] as? Int == TinyStudy.shards)
    #expect(try folder.snapshot() == before)
  }

  /// Ways to spoil a shard.
  enum Damage: CaseIterable {
    case flippedBit, truncation, emptiness, deletion, foreignContents, missingChecksum

    func apply(to shard: String, in folder: TemporaryFolder) throws {
      var bytes = try folder.bytes(shard)
      switch self {
      case .flippedBit:
        bytes[bytes.count / 2] ^= 1
        try folder.write(bytes, to: shard)
      case .truncation: try folder.write(bytes.prefix(bytes.count / 2), to: shard)
      case .emptiness: try folder.write(Data(), to: shard)
      case .deletion: try folder.remove(shard)
      case .foreignContents: try folder.write(try folder.bytes("shards/shard-000001.h5"), to: shard)
      case .missingChecksum: try folder.remove(shard + ".sha256")
      }
    }
  }

  @Test("a damaged shard is found, not merged, and made again", arguments: Damage.allCases)
  func damage(_ damage: Damage) async throws {
    let whole = try folder.snapshot()
    try damage.apply(to: shard, in: folder)

    let verified = try await Program.run("verify shards", in: folder)
    #expect(verified.status == 65)
    let isGone = damage == .deletion
    #expect(verified.errors.contains(isGone ? "4 samples are missing" : "shard-000002.h5"))
    #expect(verified.errorLines.count == 1)

    for option in ["", " --partial"] {
      let merged = try await Program.run("merge shards --output dataset.h5 --quiet\(option)", in: folder)
      if isGone && option == " --partial" {
        #expect(merged.status == 0)
        #expect(try contents("dataset.h5", in: folder).isEmpty == false)
        try folder.remove("dataset.h5")
        try folder.remove("dataset.h5.sha256")
      } else {
        #expect(merged.status == 65)
        #expect(merged.errorLines.count == 1)
        #expect(merged.errors.contains(isGone ? "4 of 24 samples are missing" : "shard-000002.h5"))
        #expect(!folder.contains("dataset.h5"))
      }
    }

    let repaired = try await Program.run(command, in: folder)
    #expect(repaired.status == 0)
    #expect(try repaired.members()["new_shards"] as? Int == 1)
    #expect(try folder.snapshot() == whole)
  }

  @Test("a partial merge has rows of finished samples only")
  func partial() async throws {
    try folder.remove(shard)
    let outcome = try await Program.run("merge shards --output dataset.h5 --partial --json", in: folder)
    #expect(outcome.status == 0)
    #expect(try outcome.members()["samples"] as? Int == 20)
    #expect(try outcome.members()["missing"] as? Int == 4)
    let verified = try await Program.run("verify dataset.h5 --resimulate 2 --json", in: folder)
    #expect(verified.status == 0)
    #expect(try verified.members()["missing"] as? Int == 4)
  }
}
