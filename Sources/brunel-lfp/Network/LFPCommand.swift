import ArgumentParser
import Foundation
import SpikingNetwork
import Studies

struct LFPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lfp", abstract: "Compute LFP and spectra of spikes that another program simulated.",
    discussion: """
      Takes spikes of the whole network as SONATA, as NEST's text files, as text with named columns and as NumPy matrices: \
      docs/recordings.md.

      Example:
        brunel-lfp lfp --spikes spikes.h5 --g 5 --J 0.1 --output run.h5
        brunel-lfp lfp --spikes ex.dat --spikes in.dat --g 5 --J 0.1 --output run.h5
      """)

  @Option(help: "Spikes; can be given several times, for files that hold a part each.") var spikes: [String]
  @Option(
    parsing: .unconditional,
    help: "External rate of the network, η, to be stored; nothing is computed from it.")
  var eta: Double?
  @Option(parsing: .unconditional, help: "Inhibitory relative to excitatory efficacy, g.") var g: Double?
  @Option(
    name: .customLong("J"), parsing: .unconditional,
    help: "Excitatory efficacy, J: jump of the potential at an input, in mV.")
  var efficacy: Double?
  @Option(
    name: .customLong("duration-ms"), parsing: .unconditional,
    help: "Time to take including the transient, in whole ms.")
  var duration: WholeMilliseconds?
  @Option(
    help:
      "Configuration (YAML): sizes of the populations, duration, transient, kernels, measurement, spectra.")
  var config: String?
  @Option(help: "File to write (HDF5): histograms, LFP and spectra.") var output: String
  @Option(help: "File to write (SVG): raster, rates, LFP and spectra.") var figure: String?
  @OptionGroup(title: "What the files do not say") var arguments: SpikeArguments
  @OptionGroup var options: StudyOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireDistinct([("--output", output), ("--figure", figure)])
    try requireDistinct(spikes.map { ("--spikes", $0) })
    try requireSVG(figure, "--figure")
    let values: [(key: String, value: String?)] = [
      ("network.eta", eta.map { "\($0)" }), ("network.g", g.map { "\($0)" }),
      ("network.J_mV", efficacy.map { "\($0)" }), ("simulation.duration_ms", duration.map { "\($0.value)" }),
    ]
    let study = try options.study(
      config, options: values.compactMap { key, value in value.map { "\(key)=\($0)" } })
    for (option, key) in [("--g", "network.g"), ("--J", "network.J_mV")]
    where !study.configuration.gives(key) {
      throw CommandLineProblem(
        description:
          "\(option): is not given, nor is \(key): the LFP is proportional to what spikes do to neurons")
    }
    let summary = try ComputeLFP.run(
      study, files: spikes, options: try arguments.options(for: study.configuration.network),
      knowsEta: study.configuration.gives("network.eta"), outputs: .init(run: output, figure: figure))
    progress.note(summary.notes)
    try result.report(summary, text(summary, study.configuration.network))
  }

  private func text(_ summary: ComputeLFP.Summary, _ network: NetworkParameters) -> String {
    String(
      format: """
        rate E  %.3f Hz (%d spikes, %d of %d neurons fire)
        rate I  %.3f Hz (%d spikes, %d of %d neurons fire)
        CV      %@ (over %d neurons)
        spikes  %d after the transient, of %d ms in all
        """, summary.excitatoryRate, summary.excitatorySpikes, summary.excitatoryFiring,
      network.excitatoryNeurons, summary.inhibitoryRate, summary.inhibitorySpikes, summary.inhibitoryFiring,
      network.inhibitoryNeurons,
      summary.coefficientOfVariation.map { String(format: "%.3f", $0) } ?? "none",
      summary.coefficientOfVariationNeurons, summary.spikes, Int(summary.durationMilliseconds))
  }
}
