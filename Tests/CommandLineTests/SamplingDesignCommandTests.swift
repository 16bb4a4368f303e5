import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Sampling designs from the command line")
struct SamplingDesignCommandTests {
  private func folder(design: String, samples: Int, more: String = "") throws -> TemporaryFolder {
    let configuration = TinyStudy.configuration(samples: samples)
      .replacingOccurrences(of: "  shard_size: 4\n", with: "  shard_size: 4\n  design: \(design)\n\(more)")
    return try TinyStudy.folder(configuration)
  }

  private func parameters(in folder: TemporaryFolder) throws -> [Double] {
    let file = try HDF5File.open(folder.path("data.h5"))
    let values: [Double] = try file.root.dataset("parameters").read()
    try file.close()
    return values
  }

  @Test(
    "every design goes through generate, merge and verify",
    arguments: [
      ("grid", 8, "  grid_points: [2, 1, 4]\n"), ("latin-hypercube", 8, ""), ("sobol", 8, ""),
    ])
  func designs(design: String, samples: Int, more: String) async throws {
    let folder = try folder(design: design, samples: samples, more: more)
    #expect(try await Program.run("generate study.yaml --output shards -q", in: folder).status == 0)
    #expect(try await Program.run("merge shards --output data.h5 -q", in: folder).status == 0)
    let verified = try await Program.run("verify data.h5 --resimulate 3 -q --json", in: folder)
    #expect(verified.status == 0)
    #expect(try verified.members()["resimulated"] as? Int == 3)
    let values = try parameters(in: folder)
    #expect(Set(stride(from: 0, to: 24, by: 3).map { values[$0] }).count == (design == "grid" ? 2 : 8))
  }

  @Test(
    "a survey of what is no grid of η and g is refused before anything is made",
    arguments: [
      ("random", ""), ("grid", "  grid_points: [2, 3, 4]\n  nuisance: {tau_syn_ms: [0, 5]}\n"),
    ])
  func survey(design: String, more: String) async throws {
    let folder = try folder(design: design, samples: 24, more: more)
    let before = try folder.snapshot()
    let outcome = try await Program.run("survey study.yaml --output maps", in: folder)
    #expect(outcome.status == 78 && outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("sampling: is no grid over eta and g"), "\(outcome.errors)")
    #expect(try folder.snapshot() == before)
  }

  @Test("samples are those of a list, and a folder belongs to the list's contents")
  func list() async throws {
    let folder = try folder(design: "points.csv", samples: 4)
    try folder.write("J_mV,eta,g\n0.2,2,5\n0.3,1.5,6\n0.4,3,4.5\n0.25,2.5,5.5\n", to: "points.csv")
    #expect(try await Program.run("generate study.yaml --output shards -q", in: folder).status == 0)
    #expect(try await Program.run("merge shards --output data.h5 -q", in: folder).status == 0)
    #expect(try parameters(in: folder) == [2, 5, 0.2, 1.5, 6, 0.3, 3, 4.5, 0.4, 2.5, 5.5, 0.25])
    try folder.write("J_mV,eta,g\n0.2,2,5\n0.3,1.5,6\n0.4,3,4.5\n0.25,2.5,5.6\n", to: "points.csv")
    let changed = try await Program.run("generate study.yaml --output shards -q", in: folder)
    #expect(changed.status == 65)
    #expect(changed.errorLines.count == 1)
    #expect(changed.errors.contains("other contents of points.csv"))
    // The folder has a copy, with which it can be checked wherever it is.
    try FileManager.default.removeItem(atPath: folder.path("points.csv"))
    #expect(try await Program.run("verify shards --resimulate 2 -q", in: folder).status == 0)
  }

  @Test("a list of another length, and one that is missing, are refused before anything is made")
  func badLists() async throws {
    let folder = try folder(design: "points.csv", samples: 4)
    let missing = try await Program.run("generate study.yaml --output shards", in: folder)
    #expect(missing.status == 78)
    #expect(missing.errors.contains("sampling.design: does not exist"))
    try folder.write("eta,g,J_mV\n2,5,0.2\n", to: "points.csv")
    let short = try await Program.run("generate study.yaml --output shards", in: folder)
    #expect(short.status == 65)
    #expect(short.errors.contains("has 1 samples, expected as many as sampling.samples = 4"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("shards")))
  }
}

@Suite("Forecast and status from the command line")
struct ForecastCommandTests {
  @Test("a dry run says what a data set takes and makes nothing")
  func dryRun() async throws {
    let folder = try TinyStudy.folder()
    let outcome = try await Program.run("generate study.yaml --output shards --dry-run --json", in: folder)
    #expect(outcome.status == 0)
    let members = try outcome.members()
    #expect(members["samples"] as? Int == TinyStudy.samples)
    let seconds = try #require(members["seconds"] as? Double)
    #expect(seconds > 0 && seconds < 600)
    #expect(try #require(members["disk_bytes"] as? Double) > 1000)
    #expect(!FileManager.default.fileExists(atPath: folder.path("shards")))
  }

  @Test("a dry run counts what is missing only, and status what is there")
  func partial() async throws {
    let folder = try TinyStudy.folder()
    #expect(
      try await Program.run("generate study.yaml --output shards --samples 0..<8 -q", in: folder).status == 0)
    let dry = try await Program.run("generate study.yaml --output shards --dry-run --json", in: folder)
    #expect(try dry.members()["samples"] as? Int == TinyStudy.samples - 8)
    let status = try await Program.run("status shards --json", in: folder).members()
    #expect(status["done"] as? Int == 8)
    #expect(status["running"] as? Int == 0)
    #expect(status["missing"] as? Int == TinyStudy.samples - 8)
    #expect(status["silent"] as? Int == 0)
    #expect(status["seconds_left"] == nil)
  }

  @Test("a process at work is in the status, and leaves no trace")
  func running() async throws {
    let folder = try TinyStudy.folder(TinyStudy.configuration(samples: 20_000))
    let run = try Program.start("generate study.yaml --output shards --workers 1 -q", in: folder)
    let isThere = {
      (try? FileManager.default.contentsOfDirectory(atPath: folder.path("shards")))?
        .contains { $0.hasPrefix("shard-") && $0.hasSuffix(".h5") } ?? false
    }
    while !isThere() { usleep(1000) }
    let status = try await Program.run("status shards --json", in: folder).members()
    run.send(SIGINT) { true }
    #expect(try await run.outcome().status == 130)
    #expect(status["processes"] as? Int == 1)
    #expect(try #require(status["running"] as? Int) > 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path("shards"))
    #expect(!left.contains { $0.hasPrefix("running-") })
  }
}
