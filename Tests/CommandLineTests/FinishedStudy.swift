import TestSupport
import Testing

/// Lends one finished study, made once, to all tests of a suite.
struct FinishedStudy: SuiteTrait, TestScoping {
  /// What the study's stages answered, in the order in which they ran.
  struct Stages {
    let generate, status, merge, verify, train, evaluate, simulate, kernel: Program.Outcome
    var all: [Program.Outcome] { [generate, status, merge, verify, train, evaluate, simulate, kernel] }
  }

  @TaskLocal static var folder: TemporaryFolder?
  @TaskLocal static var stages: Stages?

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let folder = try TinyStudy.folder()
    func run(_ arguments: String) async throws -> Program.Outcome {
      try await Program.run(arguments, in: folder)
    }
    let stages = Stages(
      generate: try await run("generate study.yaml --output shards --workers 2 --json"),
      status: try await run("status shards --json"),
      merge: try await run("merge shards --output dataset.h5 --json"),
      verify: try await run("verify shards --resimulate 5 --json"),
      train: try await run("train --dataset dataset.h5 --output model.h5 --json"),
      evaluate: try await run("evaluate --model model.h5 --dataset dataset.h5 --output evaluation --json"),
      simulate: try await run(
        "simulate --config study.yaml --eta 2 --g 5 --J 0.3 --seed 7 --output run.h5 --spikes spikes.h5"
          + " --figure run.svg --json"),
      kernel: try await run("kernel --config study.yaml --output kernels.h5 --figure kernels.svg --json"))
    try await Self.$folder.withValue(folder) {
      try await Self.$stages.withValue(stages) { try await function() }
    }
  }
}

extension Trait where Self == FinishedStudy {
  /// One finished study for all tests of a suite; they must not change it.
  static var finishedStudy: Self { Self() }
}
