import Foundation
import TestSupport
import Testing

@Suite("Settings beside a configuration", .finishedStudy)
struct SettingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder)) }

  /// The command with `--set` before each setting.
  private func run(_ command: String, _ settings: [String]) async throws -> Program.Outcome {
    try await Program.run(
      command.split(separator: " ").map(String.init) + settings.flatMap { ["--set", $0] }, in: folder)
  }

  @Test(
    "what is wrong with a setting is said with its key, and changes nothing",
    arguments: [
      (["network.etaa=3"], ["--set network.etaa: is not a known key, did you mean eta?"]),
      (
        ["trainign.epochs=3"], ["--set trainign.epochs: trainign: is not a known key, did you mean training?"]
      ),
      (["eta=3"], ["--set eta: is not a known key, did you mean network.eta?"]),
      (["network.eta=two"], ["--set network.eta: is not a number (got two"]),
      (["network.eta="], ["--set network.eta: is not a number (got nothing"]),
      (["network.eta=-1"], ["--set network.eta: is out of range (got -1.0"]),
      (["network.eta=[1"], ["--set network.eta: is not valid YAML: did not find expected ',' or ']'"]),
      (["network=3"], ["--set network: is not a mapping (got 3"]),
      (["kernel.contacts_um.x=3"], ["--set kernel.contacts_um.x: kernel.contacts_um: is not a list"]),
      (["sampling.parameters.eta=[4, 1]"], ["--set sampling.parameters.eta: is out of range"]),
      (["kernel.morphology_E=none.swc"], ["--set kernel.morphology_E: does not exist (got none.swc"]),
      // A rule that two keys break.
      (["spectra.overlap_ms=125"], ["--set spectra.overlap_ms: "]),
      (["simulation.duration_ms=100"], ["--set simulation.duration_ms: is too short for one segment"]),
      (
        ["spectra.segment_ms=260"], ["--set spectra.segment_ms: simulation.duration_ms: is too short for one"]
      ),
      // All at once.
      (
        ["network.eta=0", "split.test_fraction=2"],
        ["--set network.eta: is out of range", "--set split.test_fraction: is out of range"]
      ),
      // The last of several is the one that counts.
      (["training.epochs=3", "training.epochs=0"], ["--set training.epochs: is out of range (got 0"]),
    ])
  func wrong(settings: [String], problems: [String]) async throws {
    let before = try folder.snapshot()
    for command in ["config validate study.yaml", "generate study.yaml --output new"] {
      let outcome = try await run(command, settings)
      #expect(outcome.status == 78)
      #expect(outcome.errorLines.count == problems.count, "\(outcome.errors)")
      for (line, problem) in zip(outcome.errorLines, problems) {
        #expect(line.hasPrefix("brunel-lfp: " + problem), "\(line)")
      }
    }
    #expect(try folder.snapshot() == before)
  }

  @Test("problems of the file keep their lines")
  func fileAndSetting() async throws {
    try folder.write("network:\n  eta: two\n  g: 5\n", to: "bad.yaml")
    let both = try await run("config validate bad.yaml", ["network.g=-3"])
    #expect(both.status == 78)
    #expect(
      both.errorLines.map { $0.prefix { $0 != "(" } } == [
        "brunel-lfp: --set network.g: is out of range ",
        "brunel-lfp: bad.yaml:2: network.eta: is not a number ",
      ])
    // What a setting replaces is not read.
    #expect(try await run("config validate bad.yaml", ["network.eta=2"]).status == 0)
  }

  @Test(
    "a setting without a key or a value is not a setting",
    arguments: ["network.eta", "=3", ".eta=3", "network..eta=3"])
  func malformed(setting: String) async throws {
    let outcome = try await run("config validate study.yaml", [setting])
    #expect(outcome.status == 64)
    #expect(outcome.errors == "brunel-lfp: --set: got \(setting), expected key=value\n")
  }

  @Test(
    "a setting counts as if the file said so",
    arguments: [
      (["training.epochs=5"], [("epochs: 3", "epochs: 5")]),
      (
        ["training.epochs=5", "network.delay_ms=2"],
        [("epochs: 3", "epochs: 5"), ("network:", "network:\n  delay_ms: 2")]
      ),
      (["training.epochs=5", "training.epochs=7"], [("epochs: 3", "epochs: 7")]),
      // What a preset brings does not replace what the file says.
      (["training.preset=best"], [("training:", "training:\n  preset: best")]),
      (
        ["kernel.contacts_um=[0, [10, 0, -100]]"], [("kernel:", "kernel:\n  contacts_um: [0, [10, 0, -100]]")]
      ),
      (["sampling.parameters.eta=[1, 2]"], [("eta: [1.5, 3.0]", "eta: [1, 2]")]),
      (
        ["sampling={samples: 8, parameters: {g: [5, 6]}}", "sampling.shard_size=2"],
        [
          ("samples: 24", "samples: 8"), ("shard_size: 4", "shard_size: 2"), ("    eta: [1.5, 3.0]\n", ""),
          ("    J_mV: [0.2, 0.5]\n", ""), ("g: [4.5, 6.0]", "g: [5, 6]"),
        ]
      ),
      (
        ["network.spread.tau_m_ms=[2, 15, 25]"], [("network:", "network:\n  spread: {tau_m_ms: [2, 15, 25]}")]
      ),
      (["seed=18446744073709551615"], [("network:", "seed: 18446744073709551615\nnetwork:")]),
    ] as [([String], [(String, String)])])
  func asInFile(settings: [String], edits: [(String, String)]) async throws {
    let edited = edits.reduce(TinyStudy.configuration()) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    try folder.write(edited, to: "edited.yaml")
    let shown = try await run("config show study.yaml", settings)
    let expected = try await run("config show edited.yaml", [])
    #expect(shown.status == 0 && expected.status == 0, "\(shown.errors)\(expected.errors)")
    #expect(shown.output == expected.output)
    #expect(try await run("config show study.yaml", []).output != expected.output)
  }

  @Test(
    "a range that is set leaves those of the other parameters, which a file does not name, as they are by default"
  )
  func ranges() async throws {
    try folder.write("sampling:\n  samples: 100\n", to: "bare.yaml")
    try folder.write(
      "sampling:\n  samples: 100\n  parameters: {eta: [1, 2], g: [3.5, 8], J_mV: [0.05, 0.4], tau_syn_ms: [0, 5]}\n",
      to: "edited.yaml")
    let settings = ["sampling.parameters.eta=[1, 2]", "sampling.parameters.tau_syn_ms=[0, 5]"]
    let shown = try await run("config show bare.yaml", settings)
    #expect(try await shown.output == run("config show edited.yaml", []).output)
    #expect(shown.status == 0 && shown.output.contains("tau_syn_ms: [0.0, 5.0]"))
  }

  @Test(
    "a preset that is set for a data set, which tells every key, says what all others of the training are")
  func preset() async throws {
    let plain = TinyStudy.configuration(epochs: 2)
    let lines = plain.components(separatedBy: "\n")
    let start = try #require(lines.firstIndex(of: "training:"))
    let end = lines[(start + 1)...].firstIndex { !$0.hasPrefix(" ") } ?? lines.count
    let training = ["training: {preset: recording, epochs: 2, members: 2, frequencies_Hz: all}"]
    try folder.write(
      (lines[..<start] + training + lines[end...]).joined(separator: "\n"), to: "preset.yaml")
    let settings = ["epochs=2", "preset=recording", "members=2", "frequencies_Hz=all"].map {
      "training." + $0
    }
    let set = try await run("train --dataset dataset.h5 --output set.h5", settings)
    let file = try await run("train --dataset dataset.h5 --config preset.yaml --output file.h5", [])
    #expect(set.status == 0 && file.status == 0, "\(set.errors)\(file.errors)")
    #expect(try contents("set.h5", in: folder) == contents("file.h5", in: folder))
  }

  @Test("without a file, defaults are set; single options of simulate count more than settings")
  func simulate() async throws {
    let settings = [
      "network.excitatory_neurons=400", "network.inhibitory_neurons=100", "network.eta=3", "network.g=6",
      "simulation.duration_ms=500",
    ]
    let plain = try await run("simulate --json", settings).members()
    #expect(plain["eta"] as? Double == 3 && plain["g"] as? Double == 6 && plain["J"] as? Double == 0.1)
    #expect(plain["duration_ms"] as? Int == 500)
    let options = try await run("simulate --eta 2 --J 0.2 --duration-ms 600 --seed 3 --json", settings)
      .members()
    #expect(options["eta"] as? Double == 2 && options["g"] as? Double == 6 && options["J"] as? Double == 0.2)
    #expect(options["duration_ms"] as? Int == 600 && options["seed"] as? Int == 3)
  }

  @Test("train takes settings for the data set's configuration, and for a file")
  func train() async throws {
    let text = TinyStudy.configuration(epochs: 2)
    try folder.write(text, to: "edited.yaml")
    for (options, settings) in [
      ("--config edited.yaml --output file.h5", []),
      ("--output set.h5", ["training.epochs=2"]),
      ("--config study.yaml --output both.h5", ["training.epochs=2"]),
    ] {
      let outcome = try await run("train --dataset dataset.h5 \(options)", settings)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let model = try contents("file.h5", in: folder)
    #expect(try contents("set.h5", in: folder) == model)
    #expect(try contents("both.h5", in: folder) == model)
    #expect(try contents("model.h5", in: folder) != model)
  }

  @Test(
    "train refuses to set what the data set says",
    arguments: ["network.eta=3", "split={}", "sampling.samples=3"])
  func trainRefuses(setting: String) async throws {
    let outcome = try await run("train --dataset dataset.h5 --output new.h5", [setting])
    #expect(outcome.status == 64)
    #expect(
      outcome.errors
        == "brunel-lfp: --set: got \(setting), expected a key of training, evaluation or robustness, or seed\n"
    )
  }

  @Test("a data set depends on settings as on its file")
  func generate() async throws {
    let settings = ["sampling.samples=4", "network.delay_ms=2"]
    #expect(try await run("generate study.yaml --output set", settings).status == 0)
    let stored = try await run("config show set/study.yaml", [])
    #expect(stored.output.contains("samples: 4\n") && stored.output.contains("delay_ms: 2.0\n"))
    let other = try await run("generate study.yaml --output set", ["sampling.samples=4"])
    #expect(other.status == 65)
    #expect(other.errors.contains("network.delay_ms is 2.0 there, 1.5 here"), "\(other.errors)")
    let spectra = try await run(
      "spectra dataset.h5 --config study.yaml --output other.h5", ["spectra.segment_ms=100"])
    #expect(spectra.status == 0, "\(spectra.errors)")
    #expect(
      try await run("kernel --output small.h5", ["kernel.soma_depths=2", "kernel.rotations=2"]).status == 0)
  }
}
