import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Estimates are checked by simulation and drawn from", .finishedStudy)
struct EstimateCheckTests {
  /// A folder with a study's files and a model that predicts mixtures of distributions.
  private func folder() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    let outcome = try await Program.run(
      "train --dataset dataset.h5 --output normal.h5 --set training.predict=gaussian"
        + " --set training.components=2 --quiet", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return folder
  }

  private func run(_ options: String, in folder: TemporaryFolder) async throws -> Program.Outcome {
    try await Program.run("estimate --model normal.h5 \(options)", in: folder)
  }

  private func row(_ outcome: Program.Outcome) throws -> [String: Any] {
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try outcome.json() as? [[String: Any]])[0]
  }

  @Test("a check tells a probability for each channel and band, whatever the number of threads")
  func check() async throws {
    let folder = try await folder()
    let outcome = try await run(
      "--input run.h5 --check 12 --threads 2 --json --quiet --check-figure check.svg --output table.csv",
      in: folder)
    let row = try row(outcome)
    let check = try #require(row["check"] as? [String: Any])
    let levels = try #require(check["levels"] as? [[Double]])
    let bands = try #require(check["bands_Hz"] as? [[Double]])
    #expect(levels.count == TinyStudy.channels && levels.allSatisfy { $0.count == bands.count })
    #expect(levels.joined().allSatisfy { $0 > 0 && $0 <= 1 })
    #expect((check["next_channel"] as? [[Double]])?.count == TinyStudy.channels - 1)
    #expect((check["next_band"] as? [[Double]])?[0].count == bands.count - 1)
    let probability = try #require(check["p"] as? Double)
    #expect(probability > 0 && probability <= 1 && check["simulations"] as? Int == 12)
    #expect(try folder.text("check.svg").contains("channel 6"))
    let lines = try folder.text("table.csv").split(separator: "\n")
    let column = try #require(lines[0].split(separator: ",").firstIndex(of: "check_p"))
    let cells = lines[1].split(separator: ",", omittingEmptySubsequences: false)
    let written = try #require(Double(cells[column]))
    #expect(abs(written - probability) < 1e-12 * probability)
    let again = try await run("--input run.h5 --check 12 --json --quiet", in: folder)
    #expect(again.output == outcome.output)
    let text = try await run("--input run.h5 --check 12 --quiet", in: folder)
    #expect(text.output.contains("12 simulations: p = "))
  }

  @Test("a dead channel is unlike the simulations, and named")
  func deadChannel() async throws {
    let folder = try await folder()
    let file = try HDF5File.open(folder.path("run.h5"))
    let spectra: [Double] = try file.root.dataset("psd").read()
    let depths: [Double] = try file.root.dataset("channel_depth").read()
    let frequencies: [Double] = try file.root.dataset("frequency").read()
    let dead = spectra.enumerated().map {
      $0.offset / frequencies.count == 2 ? $0.element * 1e-9 : $0.element
    }
    let changed = try HDF5File.create(folder.path("dead.h5"))
    try changed.root.createDataset("psd", dead, shape: [depths.count, frequencies.count])
    try changed.root.createDataset("channel_depth", depths)
    try changed.root.createDataset("frequency", frequencies)
    try changed.close()
    let row = try row(try await run("--input dead.h5 --check 20 --threads 2 --json --quiet", in: folder))
    let reasons = try #require(row["reasons"] as? [String])
    let reason = try #require(reasons.first { $0.contains("unlike 20 simulations") })
    #expect(reason.contains("channel 3") || reason.contains("channel 2 against 3"))
    #expect(row["trusted"] as? Bool == false)
    #expect((row["flags"] as? [String])?.contains("unlike_simulations") == true)
    let strict = try await run("--input dead.h5 --check 20 --threads 2 --strict --quiet", in: folder)
    #expect(strict.status == 65)
  }

  @Test("windows have checks and draws of their own")
  func windows() async throws {
    let folder = try await folder()
    let outcome = try await run(
      "--input run.h5 --window 0.125 --allow-short --check 10 --draws 7 --output table.h5 --json --quiet",
      in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = try #require(try outcome.json() as? [[String: Any]])
    #expect(rows.count == 2 && rows.allSatisfy { $0["check"] != nil })
    let file = try HDF5File.open(folder.path("table.h5"))
    #expect(try file.root.dataset("check_p").shape == [2])
    let draws = try file.root.group("posterior").dataset("J")
    #expect(try draws.shape == [1, 7, 2] && draws.dimensionNames == ["chain", "draw", "time"])
    #expect(try draws.attributes.read("units", as: String.self) == "mV")
  }

  @Test(
    "what cannot be is said before anything is written",
    arguments: [
      ("--check 9", 64, "--check: got 9, expected 10 to"),
      ("--draws 5", 64, "--draws: needs an --output that ends with .h5"),
      ("--draws 5 --output t.csv", 64, "--draws: needs an --output that ends with .h5"),
      ("--draws 0 --output t.h5", 64, "--draws: got 0, expected 1 to"),
      ("--check-figure c.svg", 64, "--check-figure: needs --check"),
      ("--check 10 --check-figure c.svg --figure c.svg", 64, "expected another file than --figure"),
      ("--check 10 --check-figure c.svg --window 0.125", 64, "only without --window"),
      ("--check 10 --model model.h5", 65, "model.h5: predicts values only"),
      ("--draws 5 --output t.h5 --model model.h5", 65, "model.h5: predicts values only"),
      ("--figure f.svg --model model.h5", 65, "model.h5: predicts values only"),
      ("--figure f.svg --input dataset.h5", 64, "holds 24 spectra, expected one"),
    ])
  func impossible(options: String, status: Int32, problem: String) async throws {
    let folder = try await folder()
    var options = options
    if !options.contains("--model") { options += " --model normal.h5" }
    if !options.contains("--input") { options += " --input run.h5" }
    let outcome = try await Program.run("estimate \(options) --quiet", in: folder)
    #expect(outcome.status == status && outcome.errors.contains(problem), "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1)
    for name in ["t.h5", "t.csv", "c.svg", "f.svg"] { #expect(!folder.contains(name)) }
  }
}
