import ArgumentParser
import Configuration
import Foundation
import Studies

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train an estimator on a data set; run again to continue.",
    discussion: """
      Of the configuration only seed, training, evaluation and robustness count; all else is as in the data set.

      Example:
        brunel-lfp train --dataset dataset.h5 --output model.h5 \\
          --set training.preset=recording
      """)

  @Option(help: "Merged data set (HDF5).") var dataset: String
  @Option(help: "Configuration (YAML) with the training; by default the data set's.") var config: String?
  @Option(help: "File to write (HDF5).") var output: String
  @Option(parsing: .unconditional, help: "Threads; results do not depend on their number.")
  var threads = availableCores
  @OptionGroup var options: StudyOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(threads, "--threads")
    let summary = try Train(
      dataset: dataset, configuration: config.map { URL(fileURLWithPath: $0) }, settings: settings(),
      seed: options.seed, output: output, threads: threads, isQuiet: progress.quiet
    ).run()
    try result.report(
      summary,
      String(
        format: "%@: %@, validation loss %.4g, training loss %.4g, %.0f samples/s", output,
        summary.bestEpochs, summary.validationLoss, summary.trainingLoss, summary.samplesPerSecond))
  }

  /// The settings, none of which is of what the data set says.
  private func settings() throws -> [String] {
    let sections = Set(StudyConfiguration.Section.allCases).subtracting([
      .seed, .training, .evaluation, .robustness,
    ])
    return try options.settings.checked().map { setting in
      let key = setting.prefix { $0 != "=" }
      if sections.contains(where: { key == $0.rawValue || key.hasPrefix($0.rawValue + ".") }) {
        throw CommandLineProblem(
          description: "--set: got \(setting), expected a key of training, evaluation or robustness, or seed")
      }
      return setting
    }
  }
}
