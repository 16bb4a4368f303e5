import Configuration
import FieldPotential
import ParameterSampling
import SimulationData
import SpectralAnalysis
import Synchronization

/// From samples' histograms and parameters to the spectra of their LFPs,
/// LFP[c] = J·H_E[c] ∗ n_E + g·J·H_I[c] ∗ n_I.
///
/// Kernels H depend on the synaptic delay, and on a sample's cells; each kind is computed once, and several at a time.
final class SampleSpectra: Sendable {
  /// What kernels are computed for.
  private struct Kind: Hashable {
    let delay: Double
    let variant: KernelVariant
  }

  /// The kernels of one kind: whoever comes first computes them, and others wait.
  private final class Once: Sendable { let kernels = Mutex<BinnedKernels?>(nil) }

  private let study: Study
  private let kinds: Mutex<[Kind: Once]>

  /// `kernels` are those of the configured delay and cells.
  init(_ study: Study, kernels: FieldKernels) {
    self.study = study
    let configured = Once()
    configured.kernels.withLock { $0 = study.binned(kernels) }
    kinds = Mutex([Kind(delay: study.configuration.network.delay, variant: KernelVariant()): configured])
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
      let sample = SampleIdentity(
        seed: study.configuration.seed, index: Int(clamping: rows.sampleIndex[row]))
      let (variant, scale, inhibitoryScale) = study.kernelVariant(of: sample)
      let range = row * bins..<(row + 1) * bins
      let kind = Kind(delay: value("delay_ms", configured: network.delay), variant: variant)
      let potential = try kernels(kind).fieldPotential(
        excitatory: Array(rows.excitatoryHistogram[range]),
        inhibitory: Array(rows.inhibitoryHistogram[range]),
        efficacy: scale * value("J_mV", configured: network.efficacy),
        relativeInhibition: inhibitoryScale * value("g", configured: network.g),
        after: study.configuration.simulation.transient)
      spectra += try study.spectra(of: potential, key: sample.key).map(Float.init)
    }
    return spectra
  }

  private func kernels(_ kind: Kind) throws -> BinnedKernels {
    let once = kinds.withLock { kinds in
      let once = kinds[kind] ?? Once()
      kinds[kind] = once
      return once
    }
    return try once.kernels.withLock { kernels in
      let known = try kernels ?? study.binned(study.kernels(delay: kind.delay, variant: kind.variant))
      kernels = known
      return known
    }
  }
}
