import Configuration
import FieldPotential
import SimulationData
import SpectralAnalysis
import Synchronization

/// From samples' histograms and parameters to the spectra of their LFPs,
/// LFP[c] = J·H_E[c] ∗ n_E + g·J·H_I[c] ∗ n_I.
///
/// Kernels H depend on the synaptic delay; those of each delay are computed once.
final class SampleSpectra: Sendable {
  private let study: Study
  private let kernels: Mutex<[Double: FieldKernels]>

  /// `kernels` are those of the configured delay.
  init(_ study: Study, kernels: FieldKernels) {
    self.study = study
    self.kernels = Mutex([study.configuration.network.delay: kernels])
  }

  /// Spectra in mV²/Hz of all samples of `rows`, [sample][channel][frequency].
  func spectra(of rows: DatasetRows) throws -> [Float] {
    let network = study.configuration.network
    let bins = study.configuration.simulation.duration
    var spectra: [Float] = []
    for row in 0..<rows.count {
      func value(_ key: String, configured: Double) -> Double {
        let column = study.box.dimensions.firstIndex { $0.key == key }
        return column.map { rows.parameters[row * study.box.count + $0] } ?? configured
      }
      let range = row * bins..<(row + 1) * bins
      let potential = try kernels(delay: value("delay_ms", configured: network.delay)).fieldPotential(
        excitatory: Array(rows.excitatoryHistogram[range]),
        inhibitory: Array(rows.inhibitoryHistogram[range]),
        efficacy: value("J_mV", configured: network.efficacy),
        relativeInhibition: value("g", configured: network.g),
        after: study.configuration.simulation.transient)
      spectra += try study.spectra(of: potential).map(Float.init)
    }
    return spectra
  }

  private func kernels(delay: Double) throws -> FieldKernels {
    try kernels.withLock { kernels in
      if let found = kernels[delay] { return found }
      let new = try study.kernels(delay: delay)
      kernels[delay] = new
      return new
    }
  }
}
