import ArgumentParser
import Foundation
import Studies

struct ExperimentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment", abstract: "Train and compare several estimators; run again to continue.",
    discussion: """
      The file names data sets, ways of training and seeds; configs/experiments holds those of Skaar et al. 2020. All \
      estimators are tested on the same samples. Models that are there already are not trained again. \
      robustness.yaml there simulates networks that differ from those of a training, and tests models on them.

      Example:
        brunel-lfp experiment configs/experiments/presets.yaml --output data/presets
      """)

  @Argument(help: "What to compare (YAML).") var experiment: String
  @Option(help: "Folder for models, tables and the figure.") var output: String
  @Option(parsing: .unconditional, help: "Threads; results do not depend on their number.")
  var threads = availableCores
  @Option(parsing: .unconditional, help: "Train, or simulate test networks, with this seed only.") var seed:
    UInt64?
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(threads, "--threads")
    let file = URL(fileURLWithPath: experiment)
    if MismatchConfiguration.describes(file) { return try test(file) }
    var configuration = try ExperimentConfiguration(contentsOf: file)
    if let seed { configuration.seeds = [seed] }
    let results = try Experiment(configuration, output: output, threads: threads, isQuiet: progress.quiet)
      .run()
    try result.report(results, results.markdown)
  }

  /// Tests models on networks other than those of their training.
  private func test(_ file: URL) throws {
    var configuration = try MismatchConfiguration(contentsOf: file)
    if let seed { configuration.seed = seed }
    let results = try MismatchStudy(configuration, output: output, threads: threads, isQuiet: progress.quiet)
      .run()
    try result.report(results, results.markdown)
  }
}
