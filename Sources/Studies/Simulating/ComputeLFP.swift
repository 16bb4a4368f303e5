import Configuration
import DurableFiles
import Figures
import Recordings
import SimulationData
import SpikingNetwork

/// Computes LFP and spectra of spikes that another program simulated, as `Simulate` does of its own.
package struct ComputeLFP {
  /// The figures of the spikes.
  package struct Summary: Sendable, Codable {
    /// External rate relative to threshold; nil if it is not known.
    package let eta: Double?
    /// Relative strength of inhibition.
    package let g: Double
    /// Excitatory efficacy in mV.
    package let J: Double
    /// Seed of the measurement's random streams.
    package let seed: UInt64
    /// Time that is looked at, transient included, in ms.
    package let durationMilliseconds: Double
    /// Mean rate of excitatory neurons after the transient in Hz.
    package let excitatoryRate: Double
    /// Mean rate of inhibitory neurons after the transient in Hz.
    package let inhibitoryRate: Double
    /// Mean coefficient of variation of inter-spike intervals; nil if no neuron fired three times.
    package let coefficientOfVariation: Double?
    /// Neurons that took part in it.
    package let coefficientOfVariationNeurons: Int
    /// Spikes after the transient.
    package let spikes: Int
    /// Excitatory spikes, those of the transient included.
    package let excitatorySpikes: Int
    /// Inhibitory spikes, those of the transient included.
    package let inhibitorySpikes: Int
    /// Excitatory neurons that have spikes.
    package let excitatoryFiring: Int
    /// Inhibitory neurons that have spikes.
    package let inhibitoryFiring: Int
    /// Spikes after the duration, which are left out.
    package let late: Int
    /// What a user should know of how the files were read.
    package let notes: [String]

    enum CodingKeys: String, CodingKey {
      case eta, g, J, seed
      case durationMilliseconds = "duration_ms"
      case excitatoryRate = "rate_E_Hz"
      case inhibitoryRate = "rate_I_Hz"
      case coefficientOfVariation = "cv_isi"
      case coefficientOfVariationNeurons = "cv_isi_neurons"
      case spikes
      case excitatorySpikes = "spikes_E"
      case inhibitorySpikes = "spikes_I"
      case excitatoryFiring = "firing_E"
      case inhibitoryFiring = "firing_I"
      case late = "spikes_left_out"
      case notes
    }
  }

  /// Where to write what; nil where it is not wanted.
  package struct Outputs: Sendable {
    /// Histograms, LFP and spectra (HDF5).
    package var run: String
    /// Raster, rates, LFP and spectra (SVG).
    package var figure: String?

    /// The paths given.
    package init(run: String, figure: String?) { (self.run, self.figure) = (run, figure) }
  }

  /// Reads spikes and writes what follows from them.
  ///
  /// - Parameters:
  ///   - study: Sizes of the populations, g, J, timing, kernels and measurement.
  ///   - files: Files of spikes, each with a part of the network's.
  ///   - options: What the files do not say.
  ///   - knowsEta: Whether η of the study is that of the network.
  /// - Throws: Before reading if an output exists; `RecordingError` for files that cannot be read rightly.
  package static func run(
    _ study: Study, files: [String], options: SpikeOptions, knowsEta: Bool, outputs: Outputs
  ) throws -> Summary {
    for path in [outputs.run, outputs.figure].compactMap({ $0 }) { try AtomicFile.requireCreatable(path) }
    let simulation = try Simulation(study.configuration.network, timing: study.configuration.simulation)
    let found = try NetworkSpikes(
      files: files, options, network: simulation.network, timing: simulation.timing)
    let result = simulation.result(of: found.spikes)
    guard result.activity.spikes > 0 || options.allowsSilence else {
      throw RecordingError(
        file: files.joined(separator: ", "), "",
        "has no spike after the transient of \(study.configuration.simulation.transient) ms; --time-unit may be another one,"
          + " --allow-silence if that is so")
    }
    let run = try SimulatedRun(
      study, simulation.network, result, try study.completeKernels(),
      key: study.key.derived(.singleSimulation),
      spikesFrom: .init(files: files.map(FilePath.name), knowsEta: knowsEta))
    try AtomicFile.write(to: outputs.run) { try run.write(to: $0) }
    if let path = outputs.figure { try AtomicFile.write(run.figure.svg, to: path) }
    return summary(run, found)
  }

  private static func summary(_ run: SimulatedRun, _ found: NetworkSpikes) -> Summary {
    let (network, activity) = (run.network, run.result.activity)
    let cv = activity.coefficientOfVariation
    return Summary(
      eta: run.eta, g: network.g, J: network.efficacy, seed: run.study.configuration.seed,
      durationMilliseconds: Double(run.study.configuration.simulation.duration),
      excitatoryRate: activity.excitatoryRate, inhibitoryRate: activity.inhibitoryRate,
      coefficientOfVariation: cv.isNaN ? nil : cv,
      coefficientOfVariationNeurons: activity.coefficientOfVariationNeurons, spikes: activity.spikes,
      excitatorySpikes: found.excitatory.spikes, inhibitorySpikes: found.inhibitory.spikes,
      excitatoryFiring: found.excitatory.firing, inhibitoryFiring: found.inhibitory.firing, late: found.late,
      notes: found.notes)
  }
}
