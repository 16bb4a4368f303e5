import Foundation
import TestSupport
import Testing

@Suite("Estimates of other programs are evaluated", .finishedStudy)
struct EstimateListTests {
  private func folder() throws -> TemporaryFolder {
    try TemporaryFolder(copying: try #require(FinishedStudy.folder))
  }

  private func run(_ options: String, in folder: TemporaryFolder) async throws -> Program.Outcome {
    try await Program.run("evaluate --dataset dataset.h5 --output others \(options)", in: folder)
  }

  /// Lines of a table of estimates: those of the evaluation, or changed.
  private func lines(in folder: TemporaryFolder) throws -> [String] {
    try folder.text("evaluation/estimates.csv").split(separator: "\n").map(String.init)
  }

  @Test("as those of a model are, in any order of lines")
  func same() async throws {
    let folder = try folder()
    let lines = try lines(in: folder)
    try folder.write(([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n"), to: "mine.csv")
    for options in ["--estimates mine.csv --split test", "--estimates evaluation/estimates.csv --force"] {
      let outcome = try await run(options, in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try folder.text("others/errors.csv") == folder.text("evaluation/errors.csv"))
      #expect(try folder.text("others/estimates.svg") == folder.text("evaluation/estimates.svg"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("others/calibration.md")))
  }

  @Test("some parameters, with distributions that are too narrow or too wide")
  func distributions() async throws {
    let folder = try folder()
    for width in [1e-9, 1e4] {
      let lines = try lines(in: folder).dropFirst().map { line in
        let cells = line.split(separator: ",")
        return "\(cells[0]),\(cells[5]),\(cells[6]),\(width),\(width)"
      }
      try folder.write((["sample_index,g,J,std_g,std_J"] + lines).joined(separator: "\n"), to: "mine.csv")
      let outcome = try await run("--estimates mine.csv --force --json", in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let figures = try #require(try outcome.json() as? [String: Any])
      let rows = try #require(figures["rows"] as? [[String: Any]])
      #expect(rows.compactMap { $0["parameter"] as? String } == ["g", "J"])
      // Where the truth lies in each distribution: at an end of one that is too narrow, in the middle of one that is too wide.
      for line in try folder.text("others/calibration.csv").split(separator: "\n").dropFirst() {
        for cell in line.split(separator: ",").prefix(2) {
          let place = try #require(Double(cell))
          #expect(width < 1 ? [0, 1].contains(place) : abs(place - 0.5) < 0.01)
        }
      }
    }
  }

  @Test(
    "what is no such table is refused",
    arguments: [
      ("eta\n1\n", "header: has columns [\"eta\"], expected sample_index"),
      ("sample_index,x\n1,2\n", "expected some of [\"eta\", \"g\", \"J\"]"),
      ("sample_index,g\n0.5,2\n", "row 0, counted from 0, is 0.5, expected a whole number"),
      ("sample_index,g\n1,2\n1,3\n", "has sample 1 twice"),
      ("sample_index,g\n1,2\n999,3\n", "has 1 samples that dataset.h5 does not have, such as 999"),
      ("sample_index,g\n1,nan\n", "has estimates [nan] for sample 1, expected finite numbers"),
      ("sample_index,g,J,std_g\n1,5,0.1,1\n", "has std_… of some parameters"),
      ("sample_index,g,std_g\n1,5,0\n", "has no normal distribution for sample 1"),
      ("sample_index,g,true_g\n1,5,9\n", "true_…: is [9.0] for sample 1, which has"),
      ("sample_index,g\n1,x\n", "line 2: column 2 is \"x\""),
    ])
  func wrong(text: String, problem: String) async throws {
    let folder = try folder()
    try folder.write(text, to: "mine.csv")
    let outcome = try await run("--estimates mine.csv", in: folder)
    #expect(outcome.status == 65 && outcome.errors.contains(problem), "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1 && !FileManager.default.fileExists(atPath: folder.path("others")))
  }

  @Test("a part needs all of its samples, and a model or estimates are needed")
  func incomplete() async throws {
    let folder = try folder()
    try folder.write("sample_index,g\n1,5\n", to: "mine.csv")
    let part = try await run("--estimates mine.csv --split all", in: folder)
    #expect(part.status == 65 && part.errors.contains("has no estimate of sample 0"))
    for options in ["", "--estimates mine.csv --model model.h5", "--estimates mine.csv --config study.yaml"] {
      #expect(try await run(options, in: folder).status == 64)
    }
  }
}
