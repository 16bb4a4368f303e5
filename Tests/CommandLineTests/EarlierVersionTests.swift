import Foundation
import HDF5Storage
import TestSupport
import Testing

/// Shards, a data set, a model and estimates that version 0.1.0 made lie in `Reference/version-0.1.0`.
@Suite("Files of earlier versions are read and continued")
struct EarlierVersionTests {
  private let folder: TemporaryFolder
  private static let samples = 12
  private static let shard = "shards/shard-000001.h5"

  init() throws {
    folder = try TemporaryFolder()
    let reference = try #require(
      Bundle.module.url(forResource: "version-0.1.0", withExtension: nil, subdirectory: "Reference"))
    for name in try FileManager.default.contentsOfDirectory(atPath: reference.path) {
      try FileManager.default.copyItem(
        atPath: reference.appendingPathComponent(name).path, toPath: folder.path(name))
    }
  }

  @discardableResult
  private func run(_ command: String) async throws -> Program.Outcome {
    let outcome = try await Program.run("\(command) --json", in: folder)
    #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    return outcome
  }

  /// Whether numbers agree up to a share of the largest.
  private func agree(_ a: [Double], _ b: [Double], within tolerance: Double) -> Bool {
    let largest = b.map(\.magnitude).max() ?? 0
    return a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * largest }
  }

  /// Compares all that an earlier file holds of samples with a new one: what is counted exactly, what is computed in
  /// floating point up to what other instructions do to the last digits.
  private func expectSameSamples(_ new: String, as old: String, ofSameText: Bool = true) throws {
    let (new, old) = (try HDF5File.open(folder.path(new)).root, try HDF5File.open(folder.path(old)).root)
    for name in [
      "parameters", "histogram/E", "histogram/I", "activity/rate_E", "activity/rate_I", "activity/cv_isi",
      "sample_index", "seed_key", "split", "frequency", "time", "lag", "channel_depth",
    ] {
      let bytes = try [new, old].map { root in
        try root.dataset(name).read(as: Double.self).map(\.bitPattern)
      }
      #expect(bytes[0] == bytes[1], "\(name)")
    }
    for name in ["sample_index", "seed_key"] {
      #expect(try new.dataset(name).read(as: UInt64.self) == old.dataset(name).read(as: UInt64.self))
    }
    #expect(agree(try new.dataset("psd").read(), try old.dataset("psd").read(), within: 1e-6))
    for name in ["kernels/E", "kernels/I"] {
      #expect(agree(try new.dataset(name).read(), try old.dataset(name).read(), within: 1e-9))
    }
    let texts = ofSameText ? ["configuration"] : []
    for name in texts + ["simulation_identity", "spectra_identity"] {
      #expect(try new.attributes.read(name, as: String.self) == old.attributes.read(name, as: String.self))
    }
  }

  private func estimates(_ json: Any) throws -> [[String: [String: Double]]] {
    try #require(json as? [[String: Any]]).map { row in
      row.compactMapValues { $0 as? [String: Double] }
    }
  }

  private func expectSameEstimates(_ new: Any, within tolerance: Double) throws {
    let old = try estimates(JSONSerialization.jsonObject(with: folder.bytes("estimates.json")))
    let new = try estimates(new)
    #expect(new.count == Self.samples && old.count == Self.samples)
    for (new, old) in zip(new, old) {
      #expect(Set(old.keys) == ["estimates", "standard_deviations", "correlations"])
      for (kind, values) in old {
        for (name, value) in values {
          let other = try #require(new[kind]?[name])
          #expect(abs(other - value) <= tolerance * max(1, abs(value)), "\(kind) \(name)")
        }
      }
    }
  }

  @Test("a folder of shards is continued, checked and joined")
  func shards() async throws {
    try FileManager.default.moveItem(atPath: folder.path(Self.shard), toPath: folder.path("old-shard.h5"))
    try folder.remove(Self.shard + ".sha256")
    let generated = try await run("generate consistent.yaml --output shards").members()
    #expect(generated["finished_shards"] as? Int == 2 && generated["simulated"] as? Int == 4)
    try expectSameSamples(Self.shard, as: "old-shard.h5")

    let status = try await run("status shards").members()
    #expect(status["done"] as? Int == Self.samples && status["missing"] as? Int == 0)
    try await run("merge shards --output merged.h5")
    try expectSameSamples("merged.h5", as: "dataset.h5")
    for data in ["shards", "dataset.h5", "merged.h5"] {
      let verified = try await run("verify \(data)").members()
      #expect(verified["samples"] as? Int == Self.samples)
      #expect((verified["unchecked"] as? [String])?.isEmpty == true)
    }
  }

  @Test("a data set gives the same spectra")
  func spectra() async throws {
    try await run("spectra dataset.h5 --config consistent.yaml --output new.h5")
    try expectSameSamples("new.h5", as: "dataset.h5", ofSameText: false)
  }

  @Test("a model gives the same estimates, and is evaluated")
  func model() async throws {
    try expectSameEstimates(
      try await run("estimate --model model.h5 --input dataset.h5").json(), within: 1e-5)
    for command in [
      "estimate --model model.h5 --input run.h5",
      "evaluate --model model.h5 --dataset dataset.h5 --output own",
      "evaluate --model model.h5 --dataset dataset.h5 --split all --output all",
    ] { try await run(command) }
  }

  @Test("training on a data set gives the same model")
  func training() async throws {
    try await run("train --dataset dataset.h5 --output new.h5")
    try expectSameEstimates(
      try await run("estimate --model new.h5 --input dataset.h5").json(), within: 1e-3)
    let (new, old) = (
      try HDF5File.open(folder.path("new.h5")).root, try HDF5File.open(folder.path("model.h5")).root
    )
    for member in ["member_1", "member_2"] {
      for name in ["history/training_loss", "history/validation_loss"] {
        #expect(
          agree(
            try new.dataset("\(member)/\(name)").read(), try old.dataset("\(member)/\(name)").read(),
            within: 1e-5))
      }
    }
    #expect(
      try new.attributes.read("spectra_identity", as: String.self)
        == old.attributes.read("spectra_identity", as: String.self))
  }
}
