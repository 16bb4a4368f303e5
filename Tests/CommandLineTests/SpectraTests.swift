import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Spectra from stored histograms")
struct SpectraTests {
  /// A study whose delay, which kernels depend on, is sampled.
  private static let study = TinyStudy.configuration()
    .replacing("J_mV: [0.2, 0.5]", "J_mV: [0.2, 0.5]\n    delay_ms: [1.0, 2.0]")
    .replacing(
      "batch_size: 4",
      "batch_size: 4\n  target_box: {eta: [0.8, 4], g: [3.5, 8], J_mV: [0.05, 0.5], delay_ms: [1, 2]}")

  /// A folder with `dataset.h5` of a study and, on request, the configuration of another as `other.yaml`.
  private func folder(_ study: String = study, other: String? = nil) async throws -> TemporaryFolder {
    let folder = try TinyStudy.folder(study)
    try await generate("study", "dataset", in: folder)
    if let other { try folder.write(other, to: "other.yaml") }
    return folder
  }

  private func generate(_ configuration: String, _ dataset: String, in folder: TemporaryFolder) async throws {
    for command in [
      "generate \(configuration).yaml --output \(dataset)-shards --workers 2",
      "merge \(dataset)-shards --output \(dataset).h5",
    ] {
      let outcome = try await Program.run(command, in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
  }

  @Test("the same configuration gives the same data", arguments: [1, 3])
  func same(workers: Int) async throws {
    let folder = try await folder()
    let outcome = try await Program.run(
      "spectra dataset.h5 --config study.yaml --output again.h5 --json --workers \(workers)", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try outcome.members()["samples"] as? Int == TinyStudy.samples)
    #expect(try contents("again.h5", in: folder) == contents("dataset.h5", in: folder))
    #expect(try folder.names().allSatisfy { !$0.contains("tmp") })
  }

  @Test(
    "another kernel, segment, split or training gives the data that generate makes",
    arguments: [
      ("rotations: 5", "rotations: 4\n  contacts_um: [0, -150]\n  lags_ms: 60"),
      ("segment_ms: 125\n  overlap_ms: 60", "segment_ms: 101\n  overlap_ms: 0"),
      ("test_fraction: 0.25", "test_fraction: 0.5"),
      ("epochs: 3", "epochs: 4"),
    ])
  func changed(old: String, new: String) async throws {
    let folder = try await folder(other: Self.study.replacing(old, new))
    let outcome = try await Program.run("spectra dataset.h5 --config other.yaml --output new.h5", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    try await generate("other", "expected", in: folder)
    #expect(try contents("new.h5", in: folder) == contents("expected.h5", in: folder))
    #expect(try contents("new.h5", in: folder) != contents("dataset.h5", in: folder))
  }

  @Test("another transient gives the data that generate makes, but no irregularity")
  func transient() async throws {
    let folder = try await folder(other: Self.study.replacing("transient_ms: 50", "transient_ms: 120"))
    let outcome = try await Program.run("spectra dataset.h5 --config other.yaml --output new.h5", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    try await generate("other", "expected", in: folder)
    let new = try HDF5File.open(folder.path("new.h5"))
    let coefficientOfVariation: [Float] = try new.root.dataset("activity/cv_isi").read()
    #expect(coefficientOfVariation.count == TinyStudy.samples && coefficientOfVariation.allSatisfy(\.isNaN))
    try new.close()
    let expected = try HDF5File.open(folder.path("expected.h5"), .readWrite)
    try expected.root.dataset("activity/cv_isi").write(coefficientOfVariation)
    try expected.close()
    #expect(try contents("new.h5", in: folder) == contents("expected.h5", in: folder))
  }

  @Test("some samples of a study suffice")
  func partial() async throws {
    let folder = try TinyStudy.folder(Self.study)
    for command in [
      "generate study.yaml --output shards --samples 4..<13", "merge shards --output dataset.h5 --partial",
      "spectra dataset.h5 --config study.yaml --output again.h5",
    ] {
      #expect(try await Program.run(command, in: folder).status == 0)
    }
    #expect(try contents("again.h5", in: folder) == contents("dataset.h5", in: folder))
  }

  @Test(
    "other simulations are refused in one line that names the difference",
    arguments: [
      (
        "inhibitory_neurons: 100", "inhibitory_neurons: 90",
        "network.inhibitory_neurons is 100 there, 90 here"
      ),
      ("duration_ms: 300", "duration_ms: 310", "simulation.duration_ms is 300 there, 310 here"),
      ("samples: 24", "samples: 28", "sampling.samples is 24 there, 28 here"),
      ("g: [4.5, 6.0]", "g: [4.5, 6.5]", "sampling.parameters.g is [4.5, 6.0] there, [4.5, 6.5] here"),
      ("network:", "seed: 2\nnetwork:", "seed is 1 there, 2 here"),
    ])
  func otherSimulations(old: String, new: String, difference: String) async throws {
    let folder = try await folder(other: Self.study.replacing(old, new))
    let outcome = try await Program.run("spectra dataset.h5 --config other.yaml --output new.h5", in: folder)
    #expect(outcome.status == 65)
    #expect(outcome.errorLines.count == 1)
    #expect(
      outcome.errors.contains("dataset.h5: holds other simulations (\(difference)"), "\(outcome.errors)")
    #expect(!folder.contains("new.h5"))
  }

  @Test("an existing output is not touched, and a signal leaves none behind")
  func outputs() async throws {
    let folder = try await folder()
    let before = try folder.bytes("dataset.h5")
    let refused = try await Program.run(
      "spectra dataset.h5 --config study.yaml --output dataset.h5", in: folder)
    #expect(refused.status == 73)
    #expect(try folder.bytes("dataset.h5") == before)
    let run = try Program.start("spectra dataset.h5 --config study.yaml --output new.h5", in: folder)
    run.send(SIGINT) { (try? folder.names().contains { $0.contains("tmp") }) ?? true }
    let outcome = try await run.outcome()
    #expect(outcome.status == 130 || (outcome.status == 0 && folder.contains("new.h5")))
    #expect(try folder.names().allSatisfy { !$0.contains("tmp") })
  }
}

extension String {
  /// The text with one part, which must occur, replaced.
  fileprivate func replacing(_ old: String, _ new: String) -> String {
    precondition(contains(old), "the text has no \(old)")
    return replacingOccurrences(of: old, with: new)
  }
}
