import Configuration
import DurableFiles
import FieldPotential
import Figures
import Foundation
import HDF5Storage
import RandomStreams
import SimulationData
import SpikingNetwork

extension StreamPurpose {
  static let singleSimulation = StreamPurpose("single simulation")
}

/// Simulates one network and what follows from it: rates, LFP, spectra.
package struct Simulate {
  /// The figures of a simulation.
  package struct Summary: Sendable, Codable {
    /// External rate relative to threshold.
    package let eta: Double
    /// Relative strength of inhibition.
    package let g: Double
    /// Excitatory efficacy in mV.
    package let J: Double
    /// Seed of the random streams.
    package let seed: UInt64
    /// Biological time, transient included, in ms.
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
    /// Seconds to draw the wiring.
    package let buildSeconds: Double
    /// Seconds to simulate.
    package let simulateSeconds: Double

    enum CodingKeys: String, CodingKey {
      case eta, g, J, seed
      case durationMilliseconds = "duration_ms"
      case excitatoryRate = "rate_E_Hz"
      case inhibitoryRate = "rate_I_Hz"
      case coefficientOfVariation = "cv_isi"
      case coefficientOfVariationNeurons = "cv_isi_neurons"
      case spikes
      case buildSeconds = "build_s"
      case simulateSeconds = "simulate_s"
    }
  }

  /// Where to write what; nil where it is not wanted.
  package struct Outputs: Sendable {
    /// Histograms, LFP and spectra (HDF5).
    package var run: String?
    /// All spikes (SONATA).
    package var spikes: String?
    /// Raster, rates, LFP and spectra (SVG).
    package var figure: String?

    /// The paths given.
    package init(run: String?, spikes: String?, figure: String?) {
      self.run = run
      self.spikes = spikes
      self.figure = figure
    }
  }

  /// Runs the configured network with the configured seed; throws before simulating if an output exists.
  ///
  /// - Parameter replay: The number of a placement of cells, through which the LFP of single spikes is computed, too; nil for none.
  package static func run(
    _ study: Study, outputs: Outputs, replay: UInt64? = nil, threads: Int, isQuiet: Bool
  ) throws -> Summary {
    let paths = [outputs.run, outputs.spikes, outputs.figure].compactMap { $0 }
    for path in paths { try AtomicFile.requireCreatable(path) }
    let simulation = try Simulation(study.configuration.network, timing: study.configuration.simulation)
    let kernels = outputs.run == nil && outputs.figure == nil ? nil : try study.completeKernels()
    Interruption.letWorkFinish()
    let progress = Progress("simulate", total: simulation.timing.duration, unit: "ms", isQuiet: isQuiet)
    var reported = 0
    let key = study.key.derived(.singleSimulation)
    let result = try simulation.run(
      key: key, keepsSpikes: outputs.spikes != nil || outputs.figure != nil || replay != nil,
      threads: threads
    ) { done in
      try Interruption.check("stopped after \(done) ms of biological time; nothing was written")
      progress.advance(by: done - reported)
      reported = done
    }
    progress.advance(by: simulation.timing.duration - reported)
    progress.finish()
    if let kernels {
      let sources = try replay.map {
        try sourceKernels(study, kernels, $0, threads: threads, isQuiet: isQuiet)
      }
      let run = try SimulatedRun(study, simulation.network, result, kernels, key: key, sources: sources)
      if let path = outputs.run { try AtomicFile.write(to: path) { try run.write(to: $0) } }
      if let path = outputs.figure { try AtomicFile.write(run.figure.svg, to: path) }
    }
    if let path = outputs.spikes, let spikes = result.spikes {
      try AtomicFile.write(to: path) {
        try SONATASpikes.write(
          spikes, timeStep: simulation.timing.timeStep,
          excitatoryNeurons: simulation.network.excitatoryNeurons, to: $0)
      }
    }
    return summary(study, result)
  }

  /// The kernels of single neurons for a placement of the cells.
  private static func sourceKernels(
    _ study: Study, _ kernels: FieldKernels, _ placement: UInt64, threads: Int, isQuiet: Bool
  ) throws -> SourceKernels {
    let progress = Progress("cells", total: SourceKernels.parts, unit: "parts", isQuiet: isQuiet)
    let sources = try study.sourceKernels(kernels, placement: placement, threads: threads) {
      progress.advance()
      return !Interruption.isRequested
    }
    progress.finish()
    try Interruption.check("stopped while cells were placed; nothing was written")
    return sources
  }

  private static func summary(_ study: Study, _ result: SimulationResult) -> Summary {
    let network = study.configuration.network
    let cv = result.activity.coefficientOfVariation
    return Summary(
      eta: network.eta, g: network.g, J: network.efficacy, seed: study.configuration.seed,
      durationMilliseconds: Double(study.configuration.simulation.duration),
      excitatoryRate: result.activity.excitatoryRate, inhibitoryRate: result.activity.inhibitoryRate,
      coefficientOfVariation: cv.isNaN ? nil : cv,
      coefficientOfVariationNeurons: result.activity.coefficientOfVariationNeurons,
      spikes: result.activity.spikes, buildSeconds: result.buildSeconds,
      simulateSeconds: result.simulateSeconds)
  }
}
