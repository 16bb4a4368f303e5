import ArgumentParser
import DurableFiles
import Foundation
import Studies

struct EstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate", abstract: "Estimate parameters from potentials or spectra in a file.",
    discussion: """
      Takes recordings as NWB, HDF5, MATLAB, NumPy, text and raw files: docs/recordings.md. A recording longer than the \
      simulations that the model was trained on is cut into pieces of their duration, and what these tell is combined; with \
      --window there is an estimate for each window.

      Example:
        brunel-lfp estimate --model model.h5 --input run.h5
        brunel-lfp estimate --model model.h5 --input lfp.csv --unit uV
        brunel-lfp estimate --model model.h5 --input night.nwb --window 3 --step 1 \\
          --output night.csv --figure night.svg
      """)

  @Option(help: "Trained model (HDF5).") var model: String
  @Option(
    help: """
      Recording in one of these formats, or HDF5 with spectra: /psd [channel, frequency] in mV²/Hz, /frequency in Hz and \
      /channel_depth in µm.
      """)
  var input: String
  @Option(parsing: .unconditional, help: "Estimate over time: duration of a window in s.") var window: Double?
  @Option(
    parsing: .unconditional,
    help: "From the beginning of a window to that of the next in s. (default: --window)")
  var step: Double?
  @Flag(help: "Estimate from recordings shorter than the model's training, too, and mark them.")
  var allowShort = false
  @Flag(help: "Fail with status 65, once all is written, if an estimate is not to be trusted.")
  var strict = false
  @Option(help: "Also write a table: .csv, .json, or .h5 as xarray reads it.") var output: String?
  @Option(help: "Also draw the estimates over time (SVG).") var figure: String?
  @Option(parsing: .unconditional, help: "Threads.") var threads = 1
  @OptionGroup(title: "What the file does not say") var recording: RecordingArguments
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(threads, "--threads")
    try requireDistinct([("--output", output), ("--figure", figure)])
    try requireSVG(figure, "--figure")
    let windows = try windows()
    let format: Estimate.TableFormat? = try fileFormat(of: output, "--output")
    for path in [output, figure].compactMap({ $0 }) { try AtomicFile.requireCreatable(path) }
    let estimate = try Estimate(
      model: model, input: input, options: try recording.options(), windows: windows, threads: threads,
      isQuiet: progress.quiet)
    progress.note(estimate.notes)
    if let output, let format { try estimate.write(to: output, as: format) }
    if let figure {
      let title = URL(fileURLWithPath: input).lastPathComponent
      try AtomicFile.write(estimate.figure(title: title).svg, to: figure)
    }
    let lines = estimate.rows.map { row in
      (window == nil ? nil : row.window).map { "\($0.text): \(row.text)" } ?? row.text
    }
    try result.report(estimate.rows, lines.joined(separator: "\n"))
    if strict { try estimate.requireTrusted() }
  }

  private func windows() throws -> Estimate.Windows {
    for (name, value) in [("--window", window), ("--step", step)] {
      guard let value, !(value >= 0.001 && value <= 1e7) else { continue }
      throw CommandLineProblem(
        description: "\(name): got \(value), expected a positive number of seconds, 0.001 at least")
    }
    for (name, isGiven) in [("--step", step != nil), ("--figure", figure != nil)]
    where isGiven && window == nil {
      throw CommandLineProblem(description: "\(name): has a meaning only with --window")
    }
    return Estimate.Windows(length: window, step: step, allowsShort: allowShort)
  }
}
