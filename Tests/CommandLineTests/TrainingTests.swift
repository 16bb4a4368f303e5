import Foundation
import TestSupport
import Testing

@Suite("A model does not depend on how its training went", .finishedStudy)
struct TrainingTests {
  private let folder: TemporaryFolder
  /// Enough epochs that the training can be stopped on the way.
  private static let epochs = 1000
  private let command = "train --dataset dataset.h5 --config long.yaml --json --output"

  init() throws {
    folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    try folder.write(TinyStudy.configuration(epochs: Self.epochs), to: "long.yaml")
  }

  /// Starts a training and stops it by a signal when it has written its first checkpoint.
  private func stop(_ signal: Int32) async throws -> Program.Outcome {
    let before = timeWritten("stopped.h5.checkpoint")
    let run = try Program.start("\(command) stopped.h5 --threads 2", in: folder)
    run.send(signal) { timeWritten("stopped.h5.checkpoint") != before }
    return try await run.outcome()
  }

  /// When a file was last written, in s and ns; empty if there is none.
  private func timeWritten(_ name: String) -> [Int] {
    var status = stat()
    guard stat(folder.path(name), &status) == 0 else { return [] }
    return [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
  }

  @Test("threads, Ctrl-C and a kill lead to the same model")
  func sameModel() async throws {
    #expect(try await Program.run("\(command) one.h5 --threads 1", in: folder).status == 0)
    let expected = try contents("one.h5", in: folder)
    #expect(try await Program.run("\(command) three.h5 --threads 3", in: folder).status == 0)
    #expect(try contents("three.h5", in: folder) == expected)

    let interrupted = try await stop(SIGINT)
    #expect(interrupted.status == 130)
    #expect(interrupted.output.isEmpty)
    #expect(interrupted.errors.contains("the same command continues"))
    #expect(folder.contains("stopped.h5.checkpoint"))
    #expect(!folder.contains("stopped.h5"))
    #expect(try await stop(SIGKILL).status == -SIGKILL)
    #expect(!folder.contains("stopped.h5"))
    let finished = try await Program.run("\(command) stopped.h5", in: folder)
    #expect(finished.status == 0)
    #expect(try finished.members()["epochs"] as? Int == Self.epochs)
    #expect(try contents("stopped.h5", in: folder) == expected)
    #expect(!folder.contains("stopped.h5.checkpoint"))
    // Nor does a kill leave the scratch file for inputs.
    #expect(try folder.names().allSatisfy { !$0.contains("inputs") })
  }

  @Test("a training does not begin where another one was stopped, and leaves its checkpoint alone")
  func otherTraining() async throws {
    #expect(try await stop(SIGKILL).status == -SIGKILL)
    let checkpoint = try Data(contentsOf: URL(fileURLWithPath: folder.path("stopped.h5.checkpoint")))
    let refused = try await Program.run("\(command) stopped.h5 --set training.epochs=1001", in: folder)
    #expect(refused.status == 73)
    #expect(refused.errors.contains("stopped.h5.checkpoint: is of an unfinished training with another"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("stopped.h5.checkpoint"))) == checkpoint)
    #expect(!folder.contains("stopped.h5"))
  }

  /// When the checkpoints of an ensemble of two were last written.
  private func checkpointTimes() -> [[Int]] {
    (1...2).map { timeWritten("killed.h5.member_\($0).checkpoint") }
  }

  @Test("twenty kills on the way lead to the same ensemble as none")
  func manyKills() async throws {
    let text = TinyStudy.configuration(epochs: 500).replacingOccurrences(
      of: "  batch_size: 4\n",
      with: """
          batch_size: 1
          input: log_ratio
          predict: gaussian
          members: 2
          schedule: cosine
          weight_decay: 0.1
          averaging: 0.9
          input_noise: 0.1

        """)
    try folder.write(text, to: "ensemble.yaml")
    let command = "train --dataset dataset.h5 --config ensemble.yaml --threads 1 --output"
    #expect(try await Program.run("\(command) whole.h5", in: folder).status == 0)
    var kills = 0
    for _ in 0..<100 where kills < 20 {
      let run = try Program.start("\(command) killed.h5", in: folder)
      // At the first or second checkpoint that this run writes.
      var (stamps, written) = (Set([checkpointTimes()]), 0)
      run.send(SIGKILL) {
        written += stamps.insert(checkpointTimes()).inserted ? 1 : 0
        return written > kills % 2
      }
      let outcome = try await run.outcome()
      if outcome.status != 0 {
        #expect(outcome.status == -SIGKILL)
        kills += 1
      }
      // A kill at the last checkpoint may come after the model is written.
      if folder.contains("killed.h5") { try folder.remove("killed.h5") }
    }
    #expect(kills == 20)
    #expect(try await Program.run("\(command) killed.h5", in: folder).status == 0)
    #expect(try contents("killed.h5", in: folder) == contents("whole.h5", in: folder))
    #expect(
      !folder.contains("killed.h5.member_1.checkpoint") && !folder.contains("killed.h5.member_2.checkpoint"))
  }

  @Test(
    "the best epoch of each network is told, of the epochs it was trained for",
    arguments: [(1, "best epoch [1-5] of 5"), (3, "best epochs [1-5], [1-5], [1-5] of 5")])
  func bestEpochs(members: Int, text: String) async throws {
    let options =
      "--dataset dataset.h5 --output new.h5 --set training.epochs=5 --set training.members=\(members)"
    let outcome = try await Program.run("train \(options)", in: folder)
    let pattern = try Regex("^new.h5: \(text), validation loss ")
    #expect(outcome.output.firstMatch(of: pattern) != nil, "\(outcome.output)")
  }

  @Test("networks that stop early are told with their own number of epochs")
  func earlyStop() async throws {
    let options = "--dataset dataset.h5 --output new.h5 --set training.epochs=500 --set training.members=2"
    let outcome = try await Program.run("train \(options) --set training.patience=3", in: folder)
    let epochs = try #require(
      outcome.output.firstMatch(
        of: #/^new.h5: best epochs (\d+) of (\d+), (\d+) of (\d+), validation loss /#),
      "\(outcome.output)")
    #expect(Int(epochs.1)! + 3 == Int(epochs.2)! && Int(epochs.3)! + 3 == Int(epochs.4)!)
  }

  @Test("the number of epochs, the seed and the batch size change the model")
  func otherModels() async throws {
    let model = try contents("model.h5", in: folder)
    for (index, (option, edit)) in [
      ("", ("epochs: 3", "epochs: 2")), ("", ("batch_size: 4", "batch_size: 3")), (" --seed 9", ("", "")),
    ].enumerated() {
      let text = TinyStudy.configuration().replacingOccurrences(of: edit.0, with: edit.1)
      try folder.write(text, to: "other.yaml")
      let command = "train --dataset dataset.h5 --config other.yaml --output other\(index).h5\(option)"
      #expect(try await Program.run(command, in: folder).status == 0)
      #expect(try contents("other\(index).h5", in: folder) != model)
    }
  }

  @Test("a model takes channels and spectra from its data set, whatever the configuration given for training")
  func provenance() async throws {
    let other = TinyStudy.configuration(kernel: "  contacts_um: [0, -100]")
      .replacingOccurrences(of: "segment_ms: 125", with: "segment_ms: 100")
    try folder.write(other, to: "other.yaml")
    let command = "train --dataset dataset.h5 --config other.yaml --output other.h5"
    #expect(try await Program.run(command, in: folder).status == 0)
    #expect(try contents("other.h5", in: folder) == contents("model.h5", in: folder))
  }
}
