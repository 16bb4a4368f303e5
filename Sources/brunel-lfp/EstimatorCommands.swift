import ArgumentParser
import Configuration
import Foundation
import Studies

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train an estimator on a data set; run again to continue.")

  @Option(help: "Merged data set (HDF5).") var dataset: String
  @Option(help: "Configuration (YAML) with the training; by default the data set's.") var config: String?
  @Option(help: "Threads; results do not depend on their number.") var threads = availableCores
  @Option(help: "File for the model (HDF5).") var output: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    try requirePositive(threads, "--threads")
    let study = try config.map { try StudyConfiguration(contentsOf: URL(fileURLWithPath: $0)) }
    let summary = try Train(
      dataset: dataset, configuration: study, seed: common.seed, output: output, threads: threads,
      isQuiet: common.quiet
    ).run()
    try common.report(
      summary,
      String(
        format: "%@: best epoch %d of %d, validation loss %.4g, training loss %.4g, %.0f samples/s", output,
        summary.bestEpoch, summary.epochs, summary.validationLoss, summary.trainingLoss,
        summary.samplesPerSecond))
  }
}

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Compare estimates with known parameters: tables and figures.")

  @Option(help: "Trained model.") var model: String
  @Option(help: "Merged data set.") var dataset: String
  @Option(help: "Folder for tables and figures.") var output: String
  @Option(help: "Samples to take: training, validation, test or all.") var split: Evaluation.Part?
  @Option(help: "Threads.") var threads = availableCores
  @Flag(help: "Overwrite an earlier evaluation in the folder.") var force = false
  @OptionGroup var common: CommonOptions

  func run() throws {
    try requirePositive(threads, "--threads")
    let evaluation = try Evaluation(
      model: model, dataset: dataset, part: split, seed: common.seed, threads: threads)
    try evaluation.write(to: output, replacing: force)
    try common.report(evaluation.table, evaluation.table.formatted.markdown)
  }
}

extension Evaluation.Part: ExpressibleByArgument {}

struct EstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate", abstract: "Estimate parameters from spectra or potentials in a file.")

  @Option(help: "Trained model.") var model: String
  @Option(help: "HDF5 file with /psd, or with /lfp and /time, and /channel_depth.") var input: String
  @Option(help: "Threads.") var threads = 1
  @OptionGroup var common: CommonOptions

  func run() throws {
    try requirePositive(threads, "--threads")
    let rows = try Estimate.run(model: model, input: input, threads: threads)
    let lines = rows.map { row in
      row.estimates.sorted { $0.key < $1.key }.map { name, value in
        String(format: "%@ = %.4f", name, value)
          + (row.standardDeviations?[name].map { String(format: " ± %.4f", $0) } ?? "")
      }
      .joined(separator: "  ")
        + (row.outside.isEmpty ? "" : "  outside the training range: \(row.outside.joined(separator: ", "))")
    }
    try common.report(rows, lines.joined(separator: "\n"))
  }
}

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Put errors, figures, data and configuration of a study on one page.")

  @Argument(help: "Folder with dataset.h5 and model.h5.") var folder: String
  @Option(help: "File for the page (HTML).") var output: String
  @Option(help: "Threads.") var threads = availableCores
  @Flag(help: "Overwrite an earlier report.") var force = false
  @OptionGroup var common: CommonOptions

  func run() throws {
    try requirePositive(threads, "--threads")
    try Report.run(folder: folder, output: output, threads: threads, replacing: force)
    if !common.quiet { print(output) }
  }
}
