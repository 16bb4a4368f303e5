import ArgumentParser
import Studies

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Compare estimates with known parameters: tables and figures.",
    discussion: "Example:\n  brunel-lfp evaluate --model model.h5 --dataset dataset.h5 --output evaluation")

  @Option(help: "Trained model (HDF5).") var model: String
  @Option(help: "Merged data set (HDF5).") var dataset: String
  @Option(help: "Folder for tables and figures.") var output: String
  @Option(
    help: """
      Samples to take. (default: test in the data set that the model was trained on, all in any other)
      """)
  var split: Evaluation.Part?
  @Option(parsing: .unconditional, help: "Threads.") var threads = availableCores
  @Option(parsing: .unconditional, help: "Seed of the bootstrap; by default the model's.") var seed: UInt64?
  @Flag(help: "Overwrite an earlier evaluation in the folder.") var force = false
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireAtLeast(1, threads, "--threads")
    let evaluation = try Evaluation(
      model: model, dataset: dataset, part: split, seed: seed, threads: threads)
    try evaluation.write(to: output, replacing: force)
    try result.report(evaluation.table, evaluation.table.formatted.markdown)
  }
}

extension Evaluation.Part: ExpressibleByArgument {}
