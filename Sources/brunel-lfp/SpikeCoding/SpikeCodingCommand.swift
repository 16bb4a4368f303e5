import ArgumentParser
import Foundation
import Studies

struct SpikeCodingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spike-coding",
    abstract: "Networks that learn to represent signals by single spikes; run again to continue.",
    discussion: """
      The file says which experiment and with what values; configs/spike-coding has one for each figure of Brendel et \
      al. 2020, doi:10.1371/journal.pcbi.1007692. The folder gets the weights over the course of learning (HDF5), \
      results.json and figures.

      Example:
        brunel-lfp spike-coding configs/spike-coding/fig2.yaml --output data/fig2
      """)

  @Argument(help: "The experiment (YAML).") var experiment: String
  @Option(help: "Folder for weights, results and figures.") var output: String
  @Option(parsing: .unconditional, help: "Root of all random streams, in place of the file's.")
  var seed: UInt64?
  @Flag(help: "Test again and replace results that are there; what was learnt is kept.") var force = false
  @OptionGroup var settings: SettingOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    let changes = try settings.checked() + (seed.map { ["seed=\($0)"] } ?? [])
    let experiment = try CodingExperiments.read(URL(fileURLWithPath: experiment), settings: changes)
    progress.note(experiment.notices)
    let results = try CodingExperiments.run(
      experiment, in: output, replacing: force, isQuiet: progress.quiet)
    try result.report(results.numbers, results.summary)
  }
}
