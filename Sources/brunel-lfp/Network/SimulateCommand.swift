import ArgumentParser
import Foundation
import Studies

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Simulate one network: rates, CV of intervals, LFP and spectra.",
    discussion: "Example:\n  brunel-lfp simulate --eta 2 --g 5 --J 0.1 --output run.h5 --figure run.svg")

  @Option(
    parsing: .unconditional,
    help: "External rate of each neuron relative to the one that drives the mean potential to threshold, η.")
  var eta: Double?
  @Option(parsing: .unconditional, help: "Inhibitory relative to excitatory efficacy, g.") var g: Double?
  @Option(
    name: .customLong("J"), parsing: .unconditional,
    help: "Excitatory efficacy, J: jump of the potential at an input, in mV.")
  var efficacy: Double?
  @Option(
    name: .customLong("duration-ms"), parsing: .unconditional,
    help: "Simulated time including the transient, in whole ms.")
  var duration: WholeMilliseconds?
  @Option(help: "Configuration (YAML).") var config: String?
  @Option(help: "File to write (HDF5): histograms, LFP and spectra.") var output: String?
  @Option(help: "File to write (SONATA): all spikes.") var spikes: String?
  @Option(help: "File to write (SVG): raster, rates, LFP and spectra.") var figure: String?
  @Option(
    help: ArgumentHelp(
      "Also compute the LFP of every single spike through cells placed one by one, instead of their mean; the number of the placement, such as 1.",
      valueName: "placement"))
  var replay: UInt64?
  @Option(parsing: .unconditional, help: "Threads that draw the wiring.") var threads = 1
  @OptionGroup var options: StudyOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(threads, "--threads")
    try requireDistinct([("--output", output), ("--spikes", spikes), ("--figure", figure)])
    try requireSVG(figure, "--figure")
    if replay != nil && output == nil && figure == nil {
      throw ValidationError("--replay: needs --output or --figure")
    }
    let values: [(key: String, value: String?)] = [
      ("network.eta", eta.map { "\($0)" }), ("network.g", g.map { "\($0)" }),
      ("network.J_mV", efficacy.map { "\($0)" }), ("simulation.duration_ms", duration.map { "\($0.value)" }),
    ]
    let study = try options.study(
      config, options: values.compactMap { key, value in value.map { "\(key)=\($0)" } })
    let summary = try Simulate.run(
      study, outputs: .init(run: output, spikes: spikes, figure: figure), replay: replay, threads: threads,
      isQuiet: progress.quiet)
    try result.report(
      summary,
      String(
        format: """
          rate E  %.3f Hz
          rate I  %.3f Hz
          CV      %@ (over %d neurons)
          spikes  %d
          time    %.2f s wiring, %.2f s simulation
          """, summary.excitatoryRate, summary.inhibitoryRate,
        summary.coefficientOfVariation.map { String(format: "%.3f", $0) } ?? "none",
        summary.coefficientOfVariationNeurons,
        summary.spikes, summary.buildSeconds, summary.simulateSeconds))
  }
}
