import ArgumentParser
import Foundation
import Studies

struct TheoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theory", abstract: "Rates, irregularity and growing oscillations of a network, in theory.",
    discussion: """
      All stationary rates in the diffusion approximation, the CV of intervals, and the linear stability of each state \
      (Brunel 2000, doi:10.1023/A:1008925309027). What theory can tell, and what not: docs/single-neurons.md.

      Example:
        brunel-lfp theory --eta 4 --g 6 --J 0.1
        brunel-lfp theory --J 0.1 --figure plane.svg --dataset dataset.h5
      """)

  @Option(
    parsing: .unconditional,
    help: "External rate of each neuron relative to the one that drives the mean potential to threshold, η.")
  var eta: Double?
  @Option(parsing: .unconditional, help: "Inhibitory relative to excitatory efficacy, g.") var g: Double?
  @Option(
    name: .customLong("J"), parsing: .unconditional,
    help: "Excitatory efficacy, J: jump of the potential at an input, in mV.")
  var efficacy: Double?
  @Option(help: "Configuration (YAML).") var config: String?
  @Option(
    name: .customLong("highest-Hz"), parsing: .unconditional,
    help: "Up to where oscillations are looked for; there may be more at multiples of 1/t_d.")
  var highestFrequency = 1000.0
  @Option(help: "File to write (SVG): the plane of eta and g in the ranges of the configuration's sampling.")
  var figure: String?
  @Option(help: "Merged data set (HDF5), whose networks near J are shown in the figure.") var dataset: String?
  @OptionGroup var settings: SettingOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireSVG(figure, "--figure")
    if dataset != nil, figure == nil {
      throw CommandLineProblem(description: "--dataset: has a meaning only with --figure")
    }
    guard highestFrequency >= 1, highestFrequency <= 100_000 else {
      throw CommandLineProblem(
        description: "--highest-Hz: got \(highestFrequency), expected a number from 1 to 100000")
    }
    let values: [(key: String, value: String?)] = [
      ("network.eta", eta.map { "\($0)" }), ("network.g", g.map { "\($0)" }),
      ("network.J_mV", efficacy.map { "\($0)" }),
    ]
    let study = try settings.study(
      config, options: values.compactMap { key, value in value.map { "\(key)=\($0)" } })
    let theory = NetworkTheory(
      study.configuration.network, timeStep: study.configuration.simulation.timeStep,
      highestFrequency: highestFrequency)
    if let figure {
      let plane = try TheoryPlane(study, dataset: dataset, marksNetwork: eta != nil || g != nil)
      try plane.write(to: figure, isQuiet: progress.quiet)
      progress.note(plane.notices)
      if dataset != nil { progress.note(["the figure shows \(plane.count) networks of the data set"]) }
    }
    progress.note(theory.notices)
    try result.report(theory, theory.text)
  }
}
