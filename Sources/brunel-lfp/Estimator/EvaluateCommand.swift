import ArgumentParser
import EstimatorDiagnostics
import Foundation
import Studies

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Compare estimates with known parameters: tables and figures.",
    discussion: """
      The section robustness of the configuration lists conditions that the model is tested under besides: other noise, \
      other cells, other networks. They become a table of their own.

      Example:
        brunel-lfp evaluate --model model.h5 --dataset dataset.h5 --output evaluation
        brunel-lfp evaluate --estimates mine.csv --dataset dataset.h5 --output mine
      """)

  @Option(help: "Trained model (HDF5).") var model: String?
  @Option(
    help: """
      In place of a model, the estimates of another program (CSV): sample_index, eta, g, J …, and std_eta … if there are \
      distributions.
      """)
  var estimates: String?
  @Option(help: "Merged data set (HDF5).") var dataset: String
  @Option(help: "Folder for tables and figures.") var output: String
  @Option(help: "Configuration (YAML) with conditions to test under; by default the model's.") var config:
    String?
  @Option(
    help: """
      Samples to take. (default: test in the data set that the model was trained on, all that it has not seen in any other; those in --estimates)
      """)
  var split: Evaluation.Part?
  @Option(parsing: .unconditional, help: "Threads.") var threads = availableCores
  @Option(parsing: .unconditional, help: "Seed of the bootstrap; by default the model's.") var seed: UInt64?
  @Flag(help: "Overwrite an earlier evaluation in the folder.") var force = false
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(threads, "--threads")
    switch (model, estimates) {
    case (let model?, nil): try evaluate(model: model)
    case (nil, let estimates?): try evaluate(estimates: estimates)
    default: throw CommandLineProblem(description: "--model: expected either it or --estimates")
    }
  }

  private func evaluate(model: String) throws {
    let evaluation = try Evaluation(
      model: model, dataset: dataset, part: split, seed: seed, threads: threads)
    progress.note(evaluation.notices)
    let robustness = try evaluation.robustness(
      config.map { URL(fileURLWithPath: $0) }, part: split, seed: seed, threads: threads,
      isQuiet: progress.quiet)
    try evaluation.write(to: output, replacing: force)
    try robustness?.write(to: output, replacing: force)
    try report(evaluation.assessment, robustness)
  }

  private func evaluate(estimates: String) throws {
    if config != nil { throw CommandLineProblem(description: "--config: has a meaning only with --model") }
    try report(
      EstimateList.evaluate(
        estimates, dataset: dataset, part: split, seed: seed, to: output, replacing: force, threads: threads),
      nil)
  }

  private func report(_ assessment: Assessment, _ robustness: Robustness?) throws {
    let tables = [assessment.table.formatted, robustness?.table.formatted].compactMap { $0?.markdown }
    try result.report(
      EvaluationFigures(errors: assessment.table, robustness: robustness?.table),
      tables.joined(separator: "\n"))
  }
}

extension Evaluation.Part: ExpressibleByArgument {}

/// What the command prints: the figures of the errors, and those under conditions beside them.
private struct EvaluationFigures: Encodable {
  let errors: ErrorTable
  let robustness: RobustnessTable?

  func encode(to encoder: any Encoder) throws {
    try errors.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(robustness, forKey: .robustness)
  }

  private enum CodingKeys: String, CodingKey { case robustness }
}
