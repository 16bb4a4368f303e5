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
  @Option(
    parsing: .unconditional,
    help: """
      Also simulate this many networks with parameters drawn from each estimate, and tell whether the recording's spectrum \
      lies within theirs.
      """)
  var check: Int?
  @Option(
    parsing: .unconditional,
    help: "Also write this many random points of each distribution (to an --output .h5).")
  var draws: Int?
  @Option(
    help: "Also draw the estimates over time or, without --window, the distribution of the estimate (SVG).")
  var figure: String?
  @Option(help: "Also draw the spectrum among those of the networks of --check (SVG).") var checkFigure:
    String?
  @Option(parsing: .unconditional, help: "Threads.") var threads = 1
  @OptionGroup(title: "What the file does not say") var recording: RecordingArguments
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(threads, "--threads")
    try requireDistinct([("--output", output), ("--figure", figure), ("--check-figure", checkFigure)])
    try requireSVG(figure, "--figure")
    try requireSVG(checkFigure, "--check-figure")
    let windows = try windows()
    let format: Estimate.TableFormat? = try fileFormat(of: output, "--output")
    try requireChecks(format)
    for path in [output, figure, checkFigure].compactMap({ $0 }) { try AtomicFile.requireCreatable(path) }
    let estimate = try Estimate(
      model: model, input: input, options: try recording.options(), windows: windows, simulations: check,
      threads: threads, isQuiet: progress.quiet)
    if draws != nil { try estimate.requireDistributions(model: model) }
    progress.note(estimate.notes)
    let figures = try figures(estimate)
    if let output, let format { try estimate.write(to: output, as: format, draws: draws) }
    for (path, svg) in figures { try AtomicFile.write(svg, to: path) }
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
    guard step == nil || window != nil else {
      throw CommandLineProblem(description: "--step: has a meaning only with --window")
    }
    return Estimate.Windows(length: window, step: step, allowsShort: allowShort)
  }

  /// Checks what goes with simulations and draws.
  private func requireChecks(_ format: Estimate.TableFormat?) throws {
    let most = 100_000
    for (name, value, least) in [("--check", check, Estimate.leastSimulations), ("--draws", draws, 1)] {
      guard let value, !(least...most).contains(value) else { continue }
      throw CommandLineProblem(description: "\(name): got \(value), expected \(least) to \(most)")
    }
    guard draws == nil || format == .h5 else {
      throw CommandLineProblem(description: "--draws: needs an --output that ends with .h5")
    }
    for (name, path, isPossible, need) in [
      ("--check-figure", checkFigure, check != nil, "needs --check"),
      ("--check-figure", checkFigure, window == nil, "has a meaning only without --window"),
    ] where path != nil && !isPossible {
      throw CommandLineProblem(description: "\(name): \(need)")
    }
  }

  /// The figures asked for, as SVG.
  private func figures(_ estimate: Estimate) throws -> [(path: String, svg: String)] {
    let title = URL(fileURLWithPath: input).lastPathComponent
    if let figure, window != nil { return [(figure, estimate.figure(title: title).svg)] }
    guard figure != nil || checkFigure != nil else { return [] }
    guard estimate.rows.count == 1 else {
      throw CommandLineProblem(
        description:
          "\(figure == nil ? "--check-figure" : "--figure"): \(input) holds \(estimate.rows.count) spectra,"
          + " expected one, or a recording")
    }
    if figure != nil { try estimate.requireDistributions(model: model) }
    return [
      figure.map { ($0, estimate.cornerFigure(title: title).svg) },
      checkFigure.flatMap { path in estimate.checkFigure(title: title).map { (path, $0.svg) } },
    ].compactMap { $0 }
  }
}
