import ArgumentParser
import Foundation
import Studies

struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Compute the LFP kernels from morphologies.",
    discussion: "Example:\n  brunel-lfp kernel --output kernels.h5 --figure kernels.svg")

  @Option(help: "Configuration (YAML).") var config: String?
  @Option(help: "File to write (HDF5).") var output: String
  @Option(help: "File to write (SVG): the kernels.") var figure: String?
  @OptionGroup var options: SettingOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireDistinct([("--output", output), ("--figure", figure)])
    try requireSVG(figure, "--figure")
    let summary = try ComputeKernels.run(try options.study(config), output: output, figure: figure)
    progress.note(summary.notices)
    func line(_ peaks: [Double]) -> String { peaks.map { String(format: "%.0f", $0) }.joined(separator: " ") }
    try result.report(
      summary,
      summary.cells.map { $0.text + "\n" }.joined() + """
        peaks in nV per spike at 1 mV, by channel
        E  \(line(summary.peakExcitatory))
        I  \(line(summary.peakInhibitory))
        """)
  }
}
