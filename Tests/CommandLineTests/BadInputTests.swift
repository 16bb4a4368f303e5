import Foundation
import TestSupport
import Testing

@Suite("Bad input is refused, and changes nothing", .finishedStudy)
struct BadInputTests {
  /// Runs a command in a copy of the finished study and checks what it says and leaves.
  private func check(_ input: BadInput) async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    for (name, text) in input.files { try folder.write(text, to: name) }
    try input.prepare(folder)
    let before = try folder.snapshot()
    let outcome = try await Program.run(input.arguments, in: folder)
    #expect(outcome.status == input.status, "\(outcome.errors)")
    let lines = input.showsUsage ? Array(outcome.errorLines.prefix(1)) : outcome.errorLines
    #expect(lines.count == input.problems.count, "\(outcome.errors)")
    for (line, problem) in zip(lines, input.problems) { #expect(line.contains(problem)) }
    #expect(try folder.snapshot() == before)
  }

  @Test("configurations", arguments: BadInput.configurations)
  func configurations(_ input: BadInput) async throws { try await check(input) }

  @Test("morphologies", arguments: BadInput.morphologies)
  func morphologies(_ input: BadInput) async throws { try await check(input) }

  @Test("files of data and models", arguments: BadInput.files)
  func files(_ input: BadInput) async throws { try await check(input) }

  @Test("outputs that exist or cannot be made", arguments: BadInput.outputs)
  func outputs(_ input: BadInput) async throws { try await check(input) }

  @Test("command lines", arguments: BadInput.commandLines)
  func commandLines(_ input: BadInput) async throws { try await check(input) }

  @Test(
    "empty words are refused, as a variable of a shell that is not set leaves them",
    arguments: [
      (["generate", "", "--output", "new"], "argument 2"), (["simulate", "--output", ""], "--output"),
      (["estimate", "--model", "", "--input", "run.h5"], "--model"), ([""], "argument 1"),
    ])
  func empty(arguments: [String], place: String) async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Program.run(arguments, in: folder)
    #expect(outcome.status == 64)
    #expect(outcome.errors == "brunel-lfp: \(place): is empty, expected a value\n")
    #expect(try folder.names().isEmpty)
  }

  @Test(
    "a model is not applied to other channels or frequencies than it was trained on",
    arguments: [
      ("  contacts_um: [0, -100]", "segment_ms: 125", "channels at depths [0.0, -100.0] µm, the model was"),
      ("", "segment_ms: 100", "frequencies 51 from 0.0 to 500.0 Hz, the model was trained on 63 from"),
    ])
  func otherSpectra(kernel: String, segment: String, problem: String) async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    let text = TinyStudy.configuration(samples: 4, kernel: kernel)
      .replacingOccurrences(of: "segment_ms: 125", with: segment)
    try folder.write(text, to: "other.yaml")
    for command in [
      "generate other.yaml --output others", "merge others --output other.h5",
      "simulate --config other.yaml --output other-run.h5",
    ] {
      #expect(try await Program.run(command, in: folder).status == 0)
    }
    let before = try folder.snapshot()
    // Of potentials at the same contacts, the model's own segments are taken.
    let ofRun = kernel.isEmpty ? [] : ["estimate --model model.h5 --input other-run.h5"]
    for command in [
      "evaluate --model model.h5 --dataset other.h5 --output new",
      "estimate --model model.h5 --input other.h5",
    ] + ofRun {
      let outcome = try await Program.run(command, in: folder)
      #expect(outcome.status == 65)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errors.contains(problem), "\(outcome.errors)")
    }
    #expect(try folder.snapshot() == before)
  }

  @Test("a result that cannot be printed is a failure")
  func lostOutput() async throws {
    let folder = try #require(FinishedStudy.folder)
    let run = try Program.start("status shards", in: folder, printingTo: "/dev/full")
    let outcome = try await run.outcome()
    #expect(outcome.status == 74)
    #expect(outcome.errors == "brunel-lfp: standard output: cannot write (No space left on device)\n")
  }

  @Test("an evaluation is overwritten on demand only")
  func force() async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    let table = try folder.bytes("evaluation/errors.csv")
    try folder.write("mine", to: "evaluation/errors.csv")
    let command = "evaluate --model model.h5 --dataset dataset.h5 --output evaluation"
    #expect(try await Program.run(command, in: folder).status == 73)
    #expect(try folder.text("evaluation/errors.csv") == "mine")
    #expect(try await Program.run(command + " --force", in: folder).status == 0)
    #expect(try folder.bytes("evaluation/errors.csv") == table)
  }
}
