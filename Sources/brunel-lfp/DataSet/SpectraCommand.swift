import ArgumentParser
import Configuration
import Studies

struct SpectraCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectra", abstract: "Compute LFPs and spectra again from stored histograms.",
    discussion: """
      The configuration may differ from the data set's in kernel, spectra, split and simulation.transient_ms. The \
      result is the data set that generate would make with it; cv_isi is missing if the transient changes.
      """)

  @Argument(help: "Merged data set.") var dataset: String
  @Option(help: "Configuration (YAML).") var config: String
  @Option(help: "File to write.") var output: String
  @Option(help: "Blocks of samples computed at the same time.") var workers = availableCores
  @OptionGroup var common: CommonOptions

  func run() throws {
    try requirePositive(workers, "--workers")
    let summary = try RecomputeSpectra.run(
      try readStudy(config, seed: common.seed), dataset: dataset, output: output, workers: workers,
      isQuiet: common.quiet)
    try common.report(summary, "\(output): spectra of \(summary.samples) samples")
  }
}
