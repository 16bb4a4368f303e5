import Foundation
import TestSupport
import Testing

@Suite("Experiments with networks other than in training", .finishedStudy)
struct MismatchTests {
  private let folder: TemporaryFolder
  private static let settings = [
    "network.excitatory_neurons=400", "network.inhibitory_neurons=100", "simulation.duration_ms=350",
    "simulation.transient_ms=50", "kernel.soma_depths=3", "kernel.rotations=5", "spectra.segment_ms=125",
    "spectra.overlap_ms=60",
  ]
  private static let study = """
    title: Other networks
    seed: 7
    samples: 6
    settings: [simulation.duration_ms=350]
    evaluation: {bootstrap_resamples: 20}
    boxes:
      part of it:
        parameters: {eta: [2, 3], g: [4.5, 6], J_mV: [0.2, 0.5]}
        models:
          own: {file: model.h5}
          noisy: {file: model.h5, settings: [measurement.noise_uV=3]}
    spread:
      tau_m_ms: {within: [10, 30], deviations: [0.1, 10]}
    shift:
      tau_m_ms: [15, 25]
      delay_ms: [2]
      tau_syn_ms: [2]

    """

  init() throws {
    folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    try folder.write(Self.study, to: "other.yaml")
  }

  private func run(_ options: String = "") async throws -> Program.Outcome {
    try await Program.run("experiment other.yaml --output out \(options)", in: folder)
  }

  /// The table for programs, each line by the names of its columns.
  private func rows() throws -> [[String: String]] {
    let lines = try folder.text("out/errors.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  @Test("networks are simulated once, every model is tested on all of them")
  func results() async throws {
    let outcome = try await run("--threads 2")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try folder.names(in: "out") == [
        "errors.csv", "experiment.yaml", "networks", "results.json", "results.md", "results.tex", "shift.svg",
        "spread.svg",
      ])
    #expect(
      try folder.names(in: "out/networks/part of it") == [
        "as-trained", "shift-delay_ms-2", "shift-tau_m_ms-15", "shift-tau_m_ms-25", "shift-tau_syn_ms-2",
        "spread-tau_m_ms-0.1", "spread-tau_m_ms-10",
      ])
    let table = try rows()
    #expect(table.count == 2 * 7 * 3)
    #expect(Set(table.map { $0["samples"] }) == ["6"])
    #expect(table[3]["kind"] == "spread" && table[3]["changed"] == "tau_m_ms" && table[3]["value"] == "0.1")
    #expect(outcome.output == (try folder.text("out/results.md")) + "\n")

    // What is there is not simulated again, what is missing is; results are the same.
    let expected = try folder.snapshot()
    try folder.remove("out/networks/part of it/shift-delay_ms-2/shard-000000.h5")
    let again = try await run("--threads 1")
    #expect(again.status == 0, "\(again.errors)")
    #expect(try folder.snapshot() == expected)
  }

  @Test("errors are those of evaluate on data sets with the same networks")
  func sameAsCommands() async throws {
    let outcome = try await run()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let common =
      Self.settings + [
        "seed=7", "sampling.samples=6", "sampling.parameters.eta=[2, 3]", "sampling.parameters.g=[4.5, 6]",
        "sampling.parameters.J_mV=[0.2, 0.5]", "split.test_fraction=1", "split.validation_fraction=0",
      ]
    let cases = [
      ("as trained", [], "own"), ("shift delay_ms 2", ["network.delay_ms=2"], "own"),
      ("spread tau_m_ms 10", ["network.spread.tau_m_ms=[10, 10, 30]"], "own"),
      ("shift tau_syn_ms 2", ["network.tau_syn_ms=2"], "own"),
      ("shift tau_m_ms 15", ["network.tau_m_ms=15", "measurement.noise_uV=3"], "noisy"),
    ]
    for (index, (name, settings, model)) in cases.enumerated() {
      let set = (common + settings).flatMap { ["--set", $0] }
      try folder.write("{}", to: "base\(index).yaml")
      for arguments in [
        ["generate", "base\(index).yaml", "--output", "d\(index)"] + set,
        ["merge", "d\(index)", "--output", "d\(index).h5"],
        ["evaluate", "--model", "model.h5", "--dataset", "d\(index).h5", "--output", "e\(index)"],
      ] {
        let command = try await Program.run(arguments, in: folder)
        #expect(command.status == 0, "\(command.errors)")
      }
      let lines = try folder.text("e\(index)/errors.csv").split(separator: "\n").map {
        $0.split(separator: ",")
      }
      let column = try #require(lines[0].firstIndex(of: "mae"))
      let found = try rows().filter { $0["condition"] == name && $0["model"] == model }.map { $0["mae"] }
      #expect(found == lines.dropFirst().map { String($0[column]) }, "\(name)")
    }
  }

  @Test(
    "what cannot be tested is refused before anything is simulated",
    arguments: [
      ("seed: 7", "seed: 1", "model.h5: was trained on networks of seed 1"),
      (
        "own: {file: model.h5}", "own: {file: none.h5}",
        "boxes.part of it.models.own.file: does not exist (got none.h5"
      ),
      (
        "delay_ms: [2]", "delay_ms: [2.05]",
        "other.yaml:16: shift.delay_ms: makes network.delay_ms one that is not a whole"
      ),
      ("delay_ms: [2]", "delai_ms: [2]", "other.yaml:16: shift.delai_ms: is not a parameter of the network"),
      (
        "  tau_m_ms: {within", "  tau_ms: {within",
        "other.yaml:13: spread.tau_ms: cannot differ within a network"
      ),
      ("samples: 6", "samples: none", "other.yaml:3: samples: is not a whole number"),
      (
        "simulation.duration_ms=350", "simulation.duration_ms=90",
        "is too short for one segment of the spectrum"
      ),
      (
        "simulation.duration_ms=350", "simulation.duration_ms=x",
        "other.yaml:4: settings: has simulation.duration_ms, which"
      ),
      (
        "simulation.duration_ms=350", "network.theta_mV=18",
        "settings: has what cannot be set here (got network.theta_mV=18"
      ),
      (
        "measurement.noise_uV=3", "simulation.duration_ms=300",
        "boxes.part of it.models.noisy.settings: has what cannot be set here"
      ),
      (
        "measurement.noise_uV=3", "measurement.noise=3",
        "boxes.part of it.models.noisy.settings: has measurement.noise, which"
      ),
      (
        "delay_ms: [2]", "eta: [2]",
        "boxes.part of it: samples a parameter that differs from training (got eta"
      ),
      ("deviations: [0.1, 10]", "deviations: [0.1, 0]", "spread.tau_m_ms.deviations: is out of range"),
      ("[15, 25]", "[15, 15.0]", "shift.tau_m_ms: is out of range"),
      ("{within: [10, 30], deviations", "{deviations", "spread.tau_m_ms.within: is missing or empty"),
      (", J_mV: [0.2, 0.5]}", "}", "boxes.part of it.parameters: lacks J_mV, which "),
    ])
  func refused(old: String, new: String, problem: String) async throws {
    try folder.write(Self.study.replacingOccurrences(of: old, with: new), to: "other.yaml")
    let before = try folder.snapshot()
    let outcome = try await run()
    #expect(outcome.status == (problem.hasPrefix("model.h5") ? 65 : 78))
    #expect(outcome.errorLines.count == 1 && outcome.errors.contains(problem), "\(outcome.errors)")
    #expect(try folder.snapshot() == before)
  }
}
