import ArgumentParser
import Studies

struct SpectraCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectra", abstract: "Compute LFPs and spectra again from stored histograms.",
    discussion: """
      The configuration may differ from the data set's in kernel, measurement, spectra, split and simulation.transient_ms. The \
      result is the data set that generate would make with it; cv_isi is missing if the transient changes.

      Example:
        brunel-lfp spectra dataset.h5 --config study.yaml --output longer.h5 \\
          --set spectra.segment_ms=500
      """)

  @Argument(help: "Merged data set (HDF5).") var dataset: String
  @Option(help: "Configuration (YAML).") var config: String
  @Option(help: "File to write (HDF5).") var output: String
  @Option(parsing: .unconditional, help: "Blocks of samples computed at the same time.")
  var workers = availableCores
  @OptionGroup var options: StudyOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(workers, "--workers")
    let summary = try RecomputeSpectra.run(
      try options.study(config), dataset: dataset, output: output, workers: workers, isQuiet: progress.quiet)
    try result.report(summary, "\(output): spectra of \(summary.samples) samples")
  }
}
