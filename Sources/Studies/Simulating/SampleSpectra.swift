import Configuration
import FieldPotential
import ParameterSampling
import SimulationData
import SpectralAnalysis
import Synchronization

/// From samples' histograms and parameters to the spectra of their LFPs,
/// LFP[c] = J·H_E[c] ∗ n_E + g·J·H_I[c] ∗ n_I.
///
/// Kernels H depend on the synaptic delay; those of each delay are computed once, and those of several at a time.
final class SampleSpectra: Sendable {
  /// The kernels of one delay: whoever comes first computes them, and others wait.
  private final class Once: Sendable { let kernels = Mutex<BinnedKernels?>(nil) }

  private let study: Study
  private let delays: Mutex<[Double: Once]>

  /// `kernels` are those of the configured delay.
  init(_ study: Study, kernels: FieldKernels) {
    self.study = study
    let configured = Once()
    configured.kernels.withLock { $0 = study.binned(kernels) }
    delays = Mutex([study.configuration.network.delay: configured])
  }

  /// Spectra in mV²/Hz of all samples of `rows`, [sample][channel][frequency].
  func spectra(of rows: DatasetRows) throws -> [Float] {
    let network = study.configuration.network
    let bins = study.configuration.simulation.binCount
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
      let sample = SampleIdentity(
        seed: study.configuration.seed, index: Int(clamping: rows.sampleIndex[row]))
      spectra += try study.spectra(of: potential, key: sample.key).map(Float.init)
    }
    return spectra
  }

  private func kernels(delay: Double) throws -> BinnedKernels {
    let once = delays.withLock { delays in
      let once = delays[delay] ?? Once()
      delays[delay] = once
      return once
    }
    return try once.kernels.withLock { kernels in
      let known = try kernels ?? study.binned(study.kernels(delay: delay))
      kernels = known
      return known
    }
  }
}
