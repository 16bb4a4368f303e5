import ArgumentParser
import Foundation
import Studies

struct EstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate", abstract: "Estimate parameters from potentials or spectra in a file.",
    discussion: """
      Takes recordings as NWB, HDF5, MATLAB, NumPy, text and raw files: docs/recordings.md.

      Example:
        brunel-lfp estimate --model model.h5 --input run.h5
        brunel-lfp estimate --model model.h5 --input lfp.csv --unit uV
      """)

  @Option(help: "Trained model (HDF5).") var model: String
  @Option(
    help: """
      Recording in one of these formats, or HDF5 with spectra: /psd [channel, frequency] in mV²/Hz, /frequency in Hz and \
      /channel_depth in µm.
      """)
  var input: String
  @Option(parsing: .unconditional, help: "Threads.") var threads = 1
  @OptionGroup(title: "What the file does not say") var recording: RecordingArguments
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireAtLeast(1, threads, "--threads")
    let estimate = try Estimate(
      model: model, input: input, options: try recording.options(), threads: threads)
    progress.note(estimate.notes)
    try result.report(estimate.rows, estimate.rows.map(\.text).joined(separator: "\n"))
  }
}
