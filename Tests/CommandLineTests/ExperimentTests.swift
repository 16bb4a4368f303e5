import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Experiments", .finishedStudy)
struct ExperimentTests {
  private let folder: TemporaryFolder
  private static let study = """
    dataset: dataset.h5
    seeds: [1, 2]
    training: {epochs: 3, batch_size: 4}
    evaluation: {bootstrap_resamples: 20}
    variants:
      all of them:
      only g:
        training: {parameters: [g]}
      half of them:
        training: {samples: 6}
      the same again: {test: {part: validation}}

    """

  init() throws {
    folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    try folder.write(Self.study, to: "study-of-studies.yaml")
  }

  private func run(_ options: String = "", output: String = "out") async throws -> Program.Outcome {
    try await Program.run("experiment study-of-studies.yaml --output \(output) \(options)", in: folder)
  }

  @Test(
    "every variant is trained with every seed and tested; results do not depend on threads or interruptions")
  func results() async throws {
    let outcome = try await run("--json --threads 2")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let names = [
      "errors.csv", "experiment.yaml", "losses.csv", "models", "results.json", "results.md", "results.svg",
      "results.tex",
    ]
    #expect(try folder.names(in: "out") == names)
    // The last variant shares the models of the first.
    let models = ["all-of-them", "half-of-them", "only-g"].flatMap { name in
      (1...2).map { "\(name)-seed-\($0).h5" }
    }
    #expect(try folder.names(in: "out/models") == models)

    let results = try outcome.members()
    let variants = try #require(results["variants"] as? [[String: Any]])
    #expect(
      variants.map { $0["name"] as? String } == ["all of them", "only g", "half of them", "the same again"])
    #expect(
      variants.map { $0["parameters"] as? [String] } == [
        ["eta", "g", "J"], ["g"], ["eta", "g", "J"], ["eta", "g", "J"],
      ])
    #expect(variants[2]["training_samples"] as? Int == 6)
    #expect(variants.map { $0["optimistic"] as? Bool } == [false, false, false, true])
    let hasDifference = variants.map { $0["test_loss_difference"] is [String: Any] }
    #expect(hasDifference == [false, false, true, false])
    let rows = try #require(results["rows"] as? [[String: Any]])
    #expect(rows.count == 3 + 4 + 3)
    #expect(try folder.text("out/errors.csv").split(separator: "\n").count == 11)
    #expect(try folder.text("out/losses.csv").split(separator: "\n").count == 5)
    #expect(try folder.text("out/experiment.yaml") == Self.study)

    // Without one of the models, with other threads.
    let expected = try ["results.md", "results.json", "results.svg", "errors.csv"].map {
      try folder.bytes("out/\($0)")
    }
    let model = try contents("out/models/only-g-seed-2.h5", in: folder)
    try folder.remove("out/models/only-g-seed-2.h5")
    let again = try await run("--threads 1")
    #expect(again.status == 0)
    #expect(again.errors.contains("experiment: only g, seed 2") && !again.errors.contains("half of them"))
    #expect(try contents("out/models/only-g-seed-2.h5", in: folder) == model)
    #expect(again.output == (try folder.text("out/results.md")) + "\n")
    #expect(
      try ["results.md", "results.json", "results.svg", "errors.csv"].map { try folder.bytes("out/\($0)") }
        == expected)
  }

  @Test("a variant's errors and model are those of train and evaluate")
  func sameAsCommands() async throws {
    try folder.write("training: {epochs: 3, batch_size: 4, parameters: [g]}\nseed: 2\n", to: "g.yaml")
    let train = try await Program.run("train --dataset dataset.h5 --config g.yaml --output g.h5", in: folder)
    #expect(train.status == 0, "\(train.errors)")
    let evaluate = try await Program.run(
      "evaluate --model g.h5 --dataset dataset.h5 --output g-errors --json", in: folder)
    let table = try #require((try evaluate.members()["rows"] as? [[String: Any]])?.first)
    let experiment = try await run("--json")
    let rows = try #require(try experiment.members()["rows"] as? [[String: Any]])
    let row = try #require(rows.first { $0["variant"] as? String == "only g" }?["errors"] as? [String: Any])
    func value(_ figure: String) throws -> (table: Double, row: Double) {
      let one = try #require((table[figure] as? [String: Any])?["value"] as? Double)
      let values = try #require((row[figure] as? [String: Any])?["values"] as? [Double])
      return (one, values[1])
    }
    for figure in ["bias", "std", "rmse"] {
      let (one, other) = try value(figure)
      // Sums in another order.
      #expect(abs(one - other) < 1e-12)
    }
  }

  @Test("analysing simulations up to a time is the same as simulating until then")
  func duration() async throws {
    let shorter = TinyStudy.configuration().replacingOccurrences(
      of: "duration_ms: 300", with: "duration_ms: 240")
    try folder.write(shorter, to: "shorter.yaml")
    for command in [
      "generate shorter.yaml --output shorter", "merge shorter --output shorter.h5",
    ] {
      #expect(try await Program.run(command, in: folder).status == 0)
    }
    try folder.write(
      """
      training: {epochs: 3, batch_size: 4}
      evaluation: {bootstrap_resamples: 20}
      curve: duration
      dataset: dataset.h5
      variants:
        simulated: {dataset: shorter.h5, test: {dataset: shorter.h5}}

      """, to: "simulated.yaml")
    try folder.write(
      """
      training: {epochs: 3, batch_size: 4}
      evaluation: {bootstrap_resamples: 20}
      curve: duration
      dataset: dataset.h5
      variants:
        simulated: {duration_ms: 240}
        longer: {duration_ms: 300}
        same as longer:

      """, to: "shortened.yaml")
    for name in ["simulated", "shortened"] {
      let outcome = try await Program.run("experiment \(name).yaml --output \(name)", in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(
      try contents("shortened/models/simulated-seed-1.h5", in: folder)
        == contents("simulated/models/simulated-seed-1.h5", in: folder))
    #expect(try folder.names(in: "shortened/models") == ["longer-seed-1.h5", "simulated-seed-1.h5"])
    let line = try folder.text("simulated/losses.csv").split(separator: "\n")[1]
    #expect(try folder.text("shortened/losses.csv").contains(line.dropLast(3)))
    let report = try folder.text("shortened/results.md")
    #expect(report.contains("Fit: test loss =") && report.contains("With 1/T in place of 1/√T:"))
    // Courses of three variants beside the losses.
    #expect(try folder.text("shortened/results.svg").contains("validation loss"))
    #expect(try !folder.text("simulated/results.md").contains("Fit: test loss ="))
  }

  @Test(
    "what cannot be compared is refused before anything is trained",
    arguments: [
      ("training: {parameters: [delay_ms]}", "dataset.h5: parameters eta, g, J_mV, expected delay_ms"),
      ("training: {samples: 1000}", "usable training samples, training.samples asks for 1000"),
      ("test: {part: training}", "its training samples include some that variant all of them is trained on"),
      ("test: {part: all}", "its all samples include some that variant all of them is trained on"),
      ("duration_ms: 170", "duration_ms is 170, its simulations allow 175 to 300"),
      ("duration_ms: 400", "duration_ms is 400, its simulations allow 175 to 300"),
      ("curve: samples", "a curve needs equal test samples and parameters everywhere, those of only g"),
    ])
  func refused(line: String, problem: String) async throws {
    let text = Self.study.replacingOccurrences(of: "training: {epochs: 3, batch_size: 4}", with: line)
    try folder.write(text, to: "study-of-studies.yaml")
    let before = try folder.snapshot()
    let outcome = try await run()
    #expect(outcome.status == 65)
    #expect(outcome.errorLines.count == 1 && outcome.errors.contains(problem), "\(outcome.errors)")
    #expect(try folder.snapshot() == before)
  }

  @Test("files of other experiments are not overwritten")
  func otherFiles() async throws {
    try folder.write(
      "dataset: dataset.h5\ntraining: {epochs: 1, batch_size: 4}\nvariants: {x: }\n",
      to: "study-of-studies.yaml")
    #expect(try await run().status == 0)
    try folder.write(
      "dataset: dataset.h5\ntraining: {epochs: 2, batch_size: 4}\nvariants: {x: }\n",
      to: "study-of-studies.yaml")
    let before = try folder.snapshot()
    let outcome = try await run()
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains("x-seed-1.h5: is another model than variant x needs"), "\(outcome.errors)")
    #expect(try folder.snapshot() == before)

    try folder.write("mine", to: "evaluation/results.md")
    let exists = try await run(output: "evaluation")
    #expect(exists.status == 73)
    #expect(try folder.text("evaluation/results.md") == "mine")
  }

  @Test("a folder is joined by experiments of its kind, however their files are written, and by no other")
  func kinds() async throws {
    try folder.write(
      "{dataset: dataset.h5, training: {epochs: 1, batch_size: 4}, variants: {x: }}\n",
      to: "study-of-studies.yaml")
    for _ in 1...2 {
      let outcome = try await run()
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    try folder.write(
      """
      seed: 7
      samples: 2
      boxes:
        a: {parameters: {eta: [2, 3], g: [4.5, 6], J_mV: [0.2, 0.5]}, models: {own: {file: model.h5}}}

      """, to: "study-of-studies.yaml")
    let before = try folder.snapshot()
    let other = try await run()
    #expect(other.status == 73 && other.errors.contains("out/experiment.yaml"), "\(other.errors)")
    #expect(try folder.snapshot() == before)
  }

  @Test("predicted distributions are compared by likelihood, and evaluate tells their calibration")
  func distributions() async throws {
    try folder.write(
      """
      dataset: dataset.h5
      training: {epochs: 3, batch_size: 4}
      evaluation: {bootstrap_resamples: 20}
      variants:
        one: {training: {predict: gaussian}}
        two: {training: {predict: gaussian, members: 2}}
        values:

      """, to: "study-of-studies.yaml")
    let outcome = try await run("--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let variants = try #require(try outcome.members()["variants"] as? [[String: Any]])
    func likelihoods(_ key: String, _ member: String) -> [Double?] {
      variants.map { ($0["test_negative_log_likelihood" + key] as? [String: Any])?[member] as? Double }
    }
    let means = likelihoods("", "mean")
    let differences = likelihoods("_difference", "value")
    #expect(means.map { $0 == nil } == [false, false, true])
    #expect(differences.map { $0 == nil } == [true, false, true])

    let evaluation = try await Program.run(
      "evaluate --model out/models/two-seed-1.h5 --dataset dataset.h5 --output two", in: folder)
    #expect(evaluation.status == 0, "\(evaluation.errors)")
    let json = try JSONSerialization.jsonObject(with: folder.bytes("two/calibration.json")) as? [String: Any]
    let figure = json?["negative_log_likelihood"] as? [String: Any]
    #expect(figure?["value"] as? Double == means[1])
    #expect(
      (json?["rows"] as? [[String: Any]])?.map { $0["name"] as? String } == ["eta", "g", "J", "all", "tarp"])
    let lines = try folder.text("two/calibration.csv").split(separator: "\n")
    #expect(lines[0] == "u_eta,u_g,u_J,u_all,u_tarp,negative_log_likelihood")
    #expect(lines.count == (try folder.text("two/estimates.csv").split(separator: "\n").count))
    #expect(try folder.text("two/calibration.svg").hasPrefix("<svg"))
    #expect(try folder.text("two/calibration.md").hasPrefix("| parameter | 50 % |"))
    let point = try await Program.run(
      "evaluate --model out/models/values-seed-1.h5 --dataset dataset.h5 --output values", in: folder)
    #expect(point.status == 0 && !folder.contains("values/calibration.md"))
  }
}
