import Foundation
import TestSupport
import Testing

@Suite("Networks that learn spike by spike") struct SpikeCodingTests {
  private let folder: TemporaryFolder

  private static let test = "test: {fitting_steps: 4000, trials: 2, steps: 2000, steps_per_direction: 200}\n"
  private static let population = """
    experiment: population
    learning: {steps: 300000, recurrent_only_steps: 20000}

    """ + test
  private static let balanced = """
    experiment: excitatory-inhibitory
    network: {excitatory: 24, inhibitory: 6, signals: 2}
    steps: 20000
    test: {fitting_steps: 4000, trials: 2, steps: 2000, steps_per_direction: 200, constant_trials: 3}

    """

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.population, to: "population.yaml")
    try folder.write(Self.balanced, to: "balanced.yaml")
  }

  private func run(_ experiment: String, _ output: String, _ options: String = "") async throws
    -> Program.Outcome
  {
    try await Program.run("spike-coding \(experiment).yaml --output \(output) \(options)", in: folder)
  }

  @Test("results, figure and weights are written, and are not overwritten unless asked")
  func results() async throws {
    let outcome = try await run("balanced", "out", "--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let course = try #require(try outcome.members()["course"] as? [[String: Any]])
    #expect(course.map { $0["step"] as? Int } == [0, 17_000, 20_000])
    let names = ["experiment.yaml", "figure.svg", "network.h5", "results.json"]
    #expect(try folder.names(in: "out") == names)
    let bytes = try names.map { try folder.bytes("out/\($0)") }

    let again = try await run("balanced", "out")
    #expect(again.status == 73)
    #expect(again.errorLines == ["brunel-lfp: out/results.json: exists already, and is not overwritten"])
    let other = try await run("balanced", "out", "--seed 2 --force")
    #expect(other.status == 73 && other.errorLines.count == 1)
    #expect(try await run("balanced", "out", "--force").status == 0)
    #expect(try names.map { try folder.bytes("out/\($0)") } == bytes)
  }

  @Test("stopped and run again, learning ends with the same bytes")
  func resumption() async throws {
    #expect(try await run("population", "whole").status == 0)
    let stopped = try Program.start("spike-coding population.yaml --output part", in: folder)
    // The first file is complete when the second learning goes on.
    stopped.send(SIGINT) { folder.contains("part/recurrent-only.h5") }
    let outcome = try await stopped.outcome()
    #expect(outcome.status == 130)
    #expect(!folder.contains("part/results.json"))
    #expect(try await run("population", "part").status == 0)
    for name in ["both.h5", "recurrent-only.h5", "results.json", "figure.svg"] {
      #expect(try folder.bytes("part/\(name)") == folder.bytes("whole/\(name)"), "\(name)")
    }
  }

  @Test(
    "bad input gets one line, and nothing is written",
    arguments: [
      ("population", "network: {threshold: 0}", "2: network.threshold: is out of range"),
      ("population", "network: {dt_ms: -1}", "2: network.dt_ms: is out of range"),
      ("population", "network: {neurons: 0}", "2: network.neurons: is out of range"),
      ("population", "network: {leak_rate_Hz: 1000}", "2: network.leak_rate_Hz: decays within one time step"),
      (
        "population", "network: {plasticity: {recurrent_rate: 2}}",
        "2: network.plasticity.recurrent_rate: is out of range"
      ),
      ("population", "network: {neuron: 5}", "2: network.neuron: is not a known key, did you mean neurons?"),
      ("population", "learning: {start: lopside}", "2: learning.start: is not one of its choices"),
      ("population", "input: {correlation: 2}", "2: input.correlation: is out of range"),
      ("robustness", "network: {signals: 3}", "2: network.signals: is out of range"),
      ("robustness", "rate_Hz: 950", "2: rate_Hz: is not possible"),
      ("robustness", "rate_gain_Hz: 10", "2: rate_gain_Hz: makes the amplitude jump"),
      ("robustness", "noises: [0.1, 0]", "2: noises: is out of range"),
      ("robustness", "learning_rate_factors: []", "2: learning_rate_factors: is out of range"),
      ("robustness", "delays_ms: [1000]", "2: delays_ms: is out of range"),
      ("robustness", "connection_probabilities: [0]", "2: connection_probabilities: is out of range"),
      ("robustness", "small_size: 50", "2: small_size: is the same size once more"),
      ("robustness", "network: {excitatory: 99}", "2: network.excitatory: is not twice"),
    ])
  func badInput(experiment: String, line: String, message: String) async throws {
    try folder.write("experiment: \(experiment)\n\(line)\n", to: "bad.yaml")
    let outcome = try await run("bad", "out")
    #expect(outcome.status == 78)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("brunel-lfp: bad.yaml:\(message)"), "\(outcome.errors)")
    #expect(!folder.contains("out"))
  }

  @Test("an experiment must be named, and a sound's file read")
  func experiments() async throws {
    try folder.write("network: {neurons: 5}\n", to: "unnamed.yaml")
    let unnamed = try await run("unnamed", "out")
    #expect(unnamed.status == 78 && unnamed.errorLines.count == 1)
    #expect(unnamed.errors.contains("experiment: is missing"))
    try folder.write("experiment: speech\n", to: "unknown.yaml")
    let unknown = try await run("unknown", "out")
    #expect(unknown.status == 78 && unknown.errors.contains("experiment: is not one of its choices"))
    try folder.write("1, 2, 3\n4, x, 6\n", to: "sound.csv")
    try folder.write(
      "experiment: sound\nnetwork: {neurons: 5, signals: 5}\nsound: {file: sound.csv}\n", to: "sound.yaml")
    let sound = try await run("sound", "out")
    #expect(sound.status == 65)
    #expect(sound.errorLines == ["brunel-lfp: sound.csv:1: has not 5 numbers, one for each signal"])
    #expect(!folder.contains("out"))
  }

  @Test("networks of a robustness study keep their rate, and unstable ones are told and do not stop it")
  func robustness() async throws {
    try folder.write(
      """
      experiment: robustness
      network: {excitatory: 20, inhibitory: 10, signals: 2, plasticity: {recurrent_rate: 0.001, feedforward_rate: 0.0002}}
      steps: 1000000
      sizes: [10]
      connection_probabilities: [1]
      small_size: 4
      noises: [0.002]
      delays_ms: [0, 0.15]
      test: {fitting_steps: 20000, trials: 2, steps: 20000}

      """, to: "robustness.yaml")
    let outcome = try await run("robustness", "out", "--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let networks = try #require(try outcome.members()["networks"] as? [[String: Any]])
    #expect(networks.map { $0["panel"] as? String } == ["A", "B", "B", "C", "C"])
    let errors = networks.map { $0["errors"] as? [String: Double] }
    for (network, errors) in zip(networks, errors) where network["unstable"] == nil {
      let rate = try #require(errors?["rate_E_Hz"])
      // Short learning holds it in the full network of ten inhibitory neurons without delay only.
      #expect(rate > 0 && (network["panel"] as? String != "A" || abs(rate - 5) < 2), "\(network)")
      #expect(network["rate_is_held"] as? Bool == (abs(rate - 5) < 1))
      #expect((network["amplitude"] as? Double ?? 0) > 0)
    }
    #expect(errors[0] != nil && errors[0] == errors[1], "panel B's full network is that of panel A")
    #expect(try folder.text("out/figure.svg").contains("Poisson"))

    let wild =
      "--set network.voltage_noise=50 --set network.t_ref_ms=0 --set sizes=[2] --set delays_ms=[0.15]"
    let told = try await run("robustness", "unstable", wild)
    #expect(
      told.status == 0 && told.output.contains("unstable: a spike in every time step"), "\(told.output)")
    #expect(!told.output.contains("nan"), "\(told.output)")
    let faster = try await run("robustness", "none", "--set learning_rate_factors=[3000]")
    #expect(
      faster.status == 78 && faster.errors.contains("learning_rate_factors: leads to"), "\(faster.errors)")
  }

  @Test("learning that is unstable is stopped, with the last good weights kept")
  func instability() async throws {
    try folder.write(
      "experiment: population\nlearning: {start: lopsided, recurrent_only_steps: 400000}\n"
        + "network: {voltage_noise: 50, plasticity: {recurrent_rate: 1.99, beta: 40}}\n", to: "wild.yaml")
    let outcome = try await run("wild", "out")
    #expect(outcome.status == 65)
    #expect(outcome.errorLines.last?.contains("learning is unstable") == true, "\(outcome.errors)")
    #expect(outcome.errors.contains("note: recurrent_rate is 1.99"))
    #expect(folder.contains("out/recurrent-only.h5") && !folder.contains("out/results.json"))
  }

  @Test(
    "the configurations of the figures can be read",
    arguments: ["fig2", "fig3", "fig4", "fig5", "fig7", "fig8"])
  func shipped(name: String) async throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("configs/spike-coding/\(name).yaml")
    // A folder that is in the way comes after the configuration.
    try folder.write("", to: "out")
    let outcome = try await Program.run(["spike-coding", file.path, "--output", "out"], in: folder)
    #expect(outcome.status == 73, "\(outcome.errors)")
  }
}
