import ArgumentParser
import Foundation
import Studies

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Simulate one network: rates, irregularity, LFP and spectra.")

  @Option(help: "External rate relative to threshold, η.") var eta: Double?
  @Option(help: "Relative strength of inhibition, g.") var g: Double?
  @Option(name: .customLong("J"), help: "Excitatory efficacy in mV.") var efficacy: Double?
  @Option(help: "Configuration (YAML).") var config: String?
  @Option(name: .customLong("duration-ms"), help: "Biological time in ms, transient included.")
  var duration: WholeMilliseconds?
  @Option(help: "Write histograms, LFP and spectra (HDF5).") var output: String?
  @Option(help: "Write all spikes (SONATA).") var spikes: String?
  @Option(help: "Draw raster, rates, LFP and spectra (SVG).") var figure: String?
  @Option(help: "Threads that draw the wiring.") var threads = 1
  @OptionGroup var common: CommonOptions

  func run() throws {
    try requirePositive(threads, "--threads")
    try requireDistinct([("--output", output), ("--spikes", spikes), ("--figure", figure)])
    let study = try readStudy(config, seed: common.seed) {
      if let eta { $0.network.eta = eta }
      if let g { $0.network.g = g }
      if let efficacy { $0.network.J = efficacy }
      if let duration { $0.simulation.duration = duration.value }
    }
    let summary = try Simulate.run(
      study, outputs: .init(run: output, spikes: spikes, figure: figure), threads: threads)
    try common.report(
      summary,
      String(
        format: """
          rate E  %.3f Hz
          rate I  %.3f Hz
          CV      %@ (over %d neurons)
          spikes  %d
          time    %.2f s wiring, %.2f s simulation
          """, summary.excitatoryRate, summary.inhibitoryRate,
        summary.irregularity.map { String(format: "%.3f", $0) } ?? "none", summary.irregularityNeurons,
        summary.spikes, summary.buildSeconds, summary.simulateSeconds))
  }
}

struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Compute the LFP kernels from morphologies.")

  @Option(help: "Configuration (YAML).") var config: String?
  @Option(help: "File for the kernels (HDF5).") var output: String
  @Option(help: "Draw the kernels (SVG).") var figure: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    try requireDistinct([("--output", output), ("--figure", figure)])
    let study = try readStudy(config, seed: common.seed)
    let summary = try ComputeKernels.run(study, output: output, figure: figure)
    for notice in summary.notices where !common.quiet {
      StandardError.write("brunel-lfp: note: \(notice)\n")
    }
    func line(_ peaks: [Double]) -> String { peaks.map { String(format: "%.0f", $0) }.joined(separator: " ") }
    try common.report(
      summary,
      "peaks in nV per spike at 1 mV, by channel\nE  \(line(summary.peakExcitatory))\nI  \(line(summary.peakInhibitory))"
    )
  }
}
