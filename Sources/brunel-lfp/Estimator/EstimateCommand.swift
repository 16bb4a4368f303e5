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
    try result.report(rows, rows.map(\.text).joined(separator: "\n"))
  }
}
