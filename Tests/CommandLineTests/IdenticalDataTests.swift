import Foundation
import TestSupport
import Testing

@Suite("A data set does not depend on how it was made", .serialized)
struct IdenticalDataTests {
  private let shards = 36
  /// Enough samples that generation can be stopped halfway.
  private var configuration: String { TinyStudy.configuration(samples: 4 * shards) }

  /// Merges the shards of a folder.
  private func merged(_ folder: TemporaryFolder) async throws -> Data {
    let outcome = try await Program.run("merge shards --output dataset.h5", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try contents("dataset.h5", in: folder)
  }

  /// The data set of a folder in which these commands ran.
  private func data(after commands: String...) async throws -> Data {
    let folder = try TinyStudy.folder(configuration)
    for command in commands {
      let outcome = try await Program.run("generate study.yaml --output shards \(command)", in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    return try await merged(folder)
  }

  /// The data set after a generation was stopped by a signal once some shards were there, and continued.
  private func data(afterStopping signal: Int32, expecting status: Int32) async throws -> Data {
    let folder = try TinyStudy.folder(configuration)
    let command = "generate study.yaml --output shards --json --workers"
    let run = try Program.start("\(command) 1", in: folder)
    run.send(signal) { folder.contains("shards/shard-000001.h5") }
    let stopped = try await run.outcome()
    #expect(stopped.status == status)
    #expect(stopped.output.isEmpty)

    let state = try await Program.run("status shards --json", in: folder).members()
    let finished = try #require(state["finished_shards"] as? Int)
    #expect(finished > 0 && finished < shards)
    let refused = try await Program.run("merge shards --output dataset.h5", in: folder)
    #expect(refused.status == 65)
    #expect(refused.errors.contains("samples are missing"))

    let rest = try await Program.run("\(command) 2", in: folder).members()
    #expect(rest["finished_shards"] as? Int == finished)
    #expect(rest["new_shards"] as? Int == shards - finished)
    return try await merged(folder)
  }

  @Test("workers, tasks, ranges, Ctrl-C and a kill all lead to the same data")
  func sameData() async throws {
    let expected = try await data(after: "--workers 1")
    #expect(try await data(after: "--workers 3") == expected)
    #expect(try await data(after: "--task 2/3", "--task 0/3", "--task 1/3") == expected)
    // Shards of four samples: the second command finds the shard with 40 … 43 finished.
    #expect(try await data(after: "--samples 0..<41", "--samples 42..<144 --workers 2") == expected)
    #expect(try await data(afterStopping: SIGINT, expecting: 130) == expected)
    #expect(try await data(afterStopping: SIGTERM, expecting: 143) == expected)
    #expect(try await data(afterStopping: SIGKILL, expecting: -SIGKILL) == expected)
  }

  @Test("two processes may work in one folder at the same time")
  func concurrentProcesses() async throws {
    let folder = try TinyStudy.folder()
    async let first = Program.run("generate study.yaml --output shards --workers 1", in: folder)
    async let second = Program.run("generate study.yaml --output shards --workers 1", in: folder)
    #expect(try await [first.status, second.status] == [0, 0])
    let alone = try TinyStudy.folder()
    #expect(try await Program.run("generate study.yaml --output shards", in: alone).status == 0)
    #expect(try await merged(folder) == merged(alone))
    #expect(try folder.names(in: "shards") == alone.names(in: "shards"))
  }

  @Test("another seed gives other data")
  func otherSeed() async throws {
    let folder = try TinyStudy.folder()
    #expect(try await Program.run("generate study.yaml --output shards", in: folder).status == 0)
    #expect(try await Program.run("generate study.yaml --output others --seed 2", in: folder).status == 0)
    #expect(try folder.bytes("shards/shard-000000.h5") != folder.bytes("others/shard-000000.h5"))
  }
}
