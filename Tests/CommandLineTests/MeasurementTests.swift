import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Signals that an electrode can measure")
struct MeasurementTests {
  /// Networks with nuisance parameters, finely counted; `lines` are further sections.
  private static func study(_ lines: String = "", bin: String = "0.1") -> String {
    TinyStudy.configuration(
      kernel: "  nuisance: {soma_shift_um: [-20, 20], gain_dB: [-3, 3], gain_I_dB: [0, 3]}"
    )
    .replacingOccurrences(of: "transient_ms: 50", with: "transient_ms: 50\n  bin_ms: \(bin)")
    .replacingOccurrences(
      of: "J_mV: [0.2, 0.5]",
      with: "J_mV: [0.2, 0.5]\n  nuisance: {delay_ms: [1.0, 2.0], tau_m_ms: [18, 22]}"
    )
    .replacingOccurrences(
      of: "epochs: 3\n  batch_size: 4",
      with: "preset: recording\n  members: 2\n  epochs: 3\n  batch_size: 4\n  frequencies_Hz: [2, 400]")
      + lines
  }

  private static let measurement = """
    measurement:
      noise_uV: [0.5, 2]
      background_uV: 1
      mains_uV: 3
      gain_dB: 2
      channel_gain_dB: 0.5
      high_pass_Hz: 1
      low_pass_Hz: 300
      converter_step_uV: 0.195
      reference: bipolar

    """

  private func folder(_ studies: [String: String]) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, study) in studies {
      try folder.write(study, to: "\(name).yaml")
      try await succeed("generate \(name).yaml --output \(name)-shards --workers 2", in: folder)
      try await succeed("merge \(name)-shards --output \(name).h5", in: folder)
    }
    return folder
  }

  @discardableResult
  private func succeed(_ command: String, in folder: TemporaryFolder) async throws -> Program.Outcome {
    let outcome = try await Program.run(command, in: folder)
    #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    return outcome
  }

  @Test("spectra measures stored histograms as generate would, and verify finds all that a sample has")
  func spectra() async throws {
    let folder = try await folder(["clean": Self.study(), "noisy": Self.study(Self.measurement)])
    try await succeed("spectra clean.h5 --config noisy.yaml --output again.h5 --workers 3", in: folder)
    #expect(try contents("again.h5", in: folder) == contents("noisy.h5", in: folder))
    try await succeed(
      "spectra clean.h5 --config noisy.yaml --output other.h5 --set measurement.realisation=1", in: folder)
    #expect(try contents("other.h5", in: folder) != contents("noisy.h5", in: folder))
    try await succeed("verify noisy-shards --resimulate 3", in: folder)
    let file = try HDF5File.open(folder.path("noisy.h5"))
    #expect(try file.root.dataset("psd").shape == [TinyStudy.samples, 5, TinyStudy.frequencies])
    #expect(try file.root.dataset("parameters").shape == [TinyStudy.samples, 5])
    #expect(try file.root.dataset("channel_depth").read() == [-50.0, -150, -250, -350, -450])
    #expect(try file.root.attributes.read("reference", as: String.self) == "bipolar")
    try file.close()
  }

  @Test("wider bins are those of simulations with wider bins")
  func bins() async throws {
    let folder = try await folder(["fine": Self.study(), "coarse": Self.study(bin: "1.0")])
    try await succeed("spectra fine.h5 --config coarse.yaml --output joined.h5", in: folder)
    #expect(try contents("joined.h5", in: folder) == contents("coarse.h5", in: folder))
    let outcome = try await Program.run("spectra coarse.h5 --config fine.yaml --output finer.h5", in: folder)
    #expect(outcome.status == 65 && outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("simulation.bin_ms"))
  }

  @Test("a model for recordings is tested under conditions and takes potentials of contacts")
  func conditions() async throws {
    let folder = try await folder(["study": Self.study("measurement: {reference: bipolar}\n")])
    try await succeed("train --dataset study.h5 --output model.h5", in: folder)
    let conditions = """
      robustness:
        samples: 4
        conditions:
          as trained: []
          1 µV: [measurement.noise_uV=1]
          2 µV: [measurement.noise_uV=2]
          other networks: [dataset=other.h5, measurement.noise_uV=1]
          other cells: ["kernel.soma_depth_um=[-420, -380]", "kernel.nuisance.gain_dB=[0, 0]"]
      """
    try folder.write(conditions, to: "conditions.yaml")
    try await succeed("generate study.yaml --seed 2 --output other-shards", in: folder)
    try await succeed("merge other-shards --output other.h5", in: folder)
    let outcome = try await succeed(
      "evaluate --model model.h5 --dataset study.h5 --config conditions.yaml --output out --json", in: folder)
    let table = try #require(try outcome.members()["robustness"] as? [String: Any])
    let rows = try #require(table["rows"] as? [[String: Any]])
    #expect(
      rows.compactMap { $0["condition"] as? String } == [
        "as trained", "1 µV", "2 µV", "other networks", "other cells",
      ])
    #expect(
      rows.allSatisfy { ($0["errors"] as? [Any])?.count == 3 && ($0["coverage"] as? [Any])?.count == 3 })
    let csv = try folder.text("out/robustness.csv").split(separator: "\n")
    #expect(csv.count == 1 + 5 * 3)
    #expect(folder.contains("out/robustness.svg") && folder.contains("out/robustness.md"))

    // Without samples left out, the data set as it is gives the errors of the evaluation.
    try folder.write(conditions.replacingOccurrences(of: "samples: 4", with: "samples: all"), to: "all.yaml")
    try await succeed(
      "evaluate --model model.h5 --dataset study.h5 --config all.yaml --output all", in: folder)
    let errors = try folder.text("all/errors.json"), robustness = try folder.text("all/robustness.json")
    let evaluated = try #require(JSONSerialization.jsonObject(with: Data(errors.utf8)) as? [String: Any])
    let tested = try #require(JSONSerialization.jsonObject(with: Data(robustness.utf8)) as? [String: Any])
    let asTrained = try #require((tested["rows"] as? [[String: Any]])?.first?["errors"] as? [NSDictionary])
    #expect(try #require(evaluated["rows"] as? [NSDictionary]) == asTrained)

    // What contacts a file lacks is told in the file's own depths, not in those of differences.
    try folder.write(
      Self.study().replacingOccurrences(of: "kernel:\n", with: "kernel:\n  contacts_um: [0, -100]\n"),
      to: "two.yaml")
    try await succeed("simulate --config two.yaml --output two.h5", in: folder)
    let refused = try await Program.run("estimate --model model.h5 --input two.h5", in: folder)
    #expect(refused.status == 65)
    #expect(
      refused.errors.contains(
        "channels at depths [0.0, -100.0] µm, the model was trained on depths [0.0, -100.0, -200"),
      "\(refused.errors)")

    // The model references potentials of contacts itself.
    try await succeed("simulate --config study.yaml --output run.h5 --set measurement.noise_uV=1", in: folder)
    let estimate = try await succeed("estimate --model model.h5 --input run.h5 --json", in: folder)
    let estimates =
      try #require(try estimate.json() as? [[String: Any]]).first?["estimates"] as? [String: Any]
    #expect(estimates?.keys.sorted() == ["J", "eta", "g"])
  }

  @Test("measured data sets are tested on samples that no training saw")
  func testSamples() async throws {
    let folder = try await folder(["study": Self.study()])
    try await succeed("train --dataset study.h5 --output model.h5", in: folder)
    try await succeed(
      "spectra study.h5 --config study.yaml --output noisy.h5 --set measurement.noise_uV=1", in: folder)
    let clean = try await succeed(
      "evaluate --model model.h5 --dataset study.h5 --output a --json", in: folder)
    let noisy = try await succeed(
      "evaluate --model model.h5 --dataset noisy.h5 --output b --json", in: folder)
    #expect(try clean.members()["split"] as? String == "test")
    #expect(try noisy.members()["split"] as? String == "all" && noisy.errors.contains("samples are left out"))
    #expect(try samples("a/estimates.csv", in: folder) == samples("b/estimates.csv", in: folder))
  }

  private func samples(_ file: String, in folder: TemporaryFolder) throws -> [String] {
    try folder.text(file).split(separator: "\n").map { String($0.prefix { $0 != "," }) }
  }

  @Test(
    "what cannot be tested or measured is refused in one line",
    arguments: [
      ("robustness: {conditions: {a: [network.eta=3]}}", "robustness.conditions.a: changes what"),
      (
        "robustness: {conditions: {a: [measurement.noise=3]}}",
        "robustness.conditions.a: has measurement.noise"
      ),
      ("robustness: {conditions: {a: 1 µV}}", "robustness.conditions.a: is not a list"),
      ("measurement: {noise_uV: -1}", "measurement.noise_uV: is out of range"),
      ("measurement: {noise_uV: [0, 1]}", "measurement.noise_uV: is out of range"),
      ("measurement: {low_pass_Hz: 500}", "measurement.low_pass_Hz: is out of range"),
      (
        "measurement: {reference: bipolar}\nkernel: {contacts_um: [0]}",
        "measurement.reference: needs several"
      ),
      ("training: {floor_uV: 1}", "training.floor_uV: needs logarithms"),
      ("training: {preset: recording, input: power}", "training.measurement: needs logarithms"),
      ("training: {preset: recording, measurement: {reference: average}}", "is of the data set"),
      ("training: {frequencies_Hz: [5, 2]}", "training.frequencies_Hz: is out of range"),
      ("simulation: {bin_ms: 0.3}", "simulation.bin_ms: is out of range"),
      ("simulation: {bin_ms: 0.1, dt_ms: 0.25}", "simulation.dt_ms: does not divide the bins of 0.1 ms"),
      ("sampling: {nuisance: {eta: [1, 2]}}", "sampling.nuisance.eta: is sampled already"),
      ("sampling: {nuisance: {delay_ms: [0, 2]}}", "sampling.nuisance.delay_ms: reaches networks"),
      (
        "kernel: {nuisance: {morphologies: [[stick_pyramid]]}}",
        "kernel.nuisance.morphologies: is out of range"
      ),
      (
        "kernel: {nuisance: {morphologies: [[a.swc, b.swc]]}}", "kernel.nuisance.morphologies: does not exist"
      ),
    ])
  func mistakes(text: String, problem: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write(text + "\n", to: "study.yaml")
    let outcome = try await Program.run("config validate study.yaml", in: folder)
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains(problem), "\(outcome.errors)")
  }
}
