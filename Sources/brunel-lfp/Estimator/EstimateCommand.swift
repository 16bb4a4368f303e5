import ArgumentParser
import Foundation
import Studies

struct EstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate", abstract: "Estimate parameters from spectra or potentials in a file.",
    discussion: "Example:\n  brunel-lfp estimate --model model.h5 --input run.h5")

  @Option(help: "Trained model (HDF5).") var model: String
  @Option(
    help: """
      Recording (HDF5): /psd [channel, frequency] in mV²/Hz and /frequency in Hz, or /lfp [channel, time] in mV and \
      /time in ms, and /channel_depth in µm.
      """)
  var input: String
  @Option(parsing: .unconditional, help: "Threads.") var threads = 1
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireAtLeast(1, threads, "--threads")
    let rows = try Estimate.run(model: model, input: input, threads: threads)
    let lines = rows.map { row in
      row.estimates.sorted { $0.key < $1.key }.map { name, value in
        String(format: "%@ = %.4f", name, value)
          + (row.standardDeviations?[name].map { String(format: " ± %.4f", $0) } ?? "")
      }
      .joined(separator: "  ")
        + (row.outside.isEmpty ? "" : "  outside the training range: \(row.outside.joined(separator: ", "))")
    }
    try result.report(rows, lines.joined(separator: "\n"))
  }
}
