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
    try (0..<rows.count).flatMap { row in
      try study.spectra(of: potential(of: row, in: rows), key: identity(of: row, in: rows).key)
        .map(Float.init)
    }
  }

  /// The field potential of one sample after the transient, in mV.
  func potential(of row: Int, in rows: DatasetRows) throws -> ChannelSeries {
    let (network, timing) = (study.configuration.network, study.configuration.simulation)
    func value(_ key: String, configured: Double) -> Double {
      let column = study.box.dimensions.firstIndex { $0.key == key }
      return column.map { rows.parameters[row * study.box.count + $0] } ?? configured
    }
    let (variant, scale, inhibitoryScale) = study.kernelVariant(of: identity(of: row, in: rows))
    let range = row * timing.binCount..<(row + 1) * timing.binCount
    let kind = Kind(delay: value("delay_ms", configured: network.delay), variant: variant)
    return try kernels(kind).fieldPotential(
      excitatory: Array(rows.excitatoryHistogram[range]),
      inhibitory: Array(rows.inhibitoryHistogram[range]),
      efficacy: scale * value("J_mV", configured: network.efficacy),
      relativeInhibition: inhibitoryScale * value("g", configured: network.g), after: timing.transient)
  }

  private func identity(of row: Int, in rows: DatasetRows) -> SampleIdentity {
    SampleIdentity(seed: study.configuration.seed, index: Int(clamping: rows.sampleIndex[row]))
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
