import FieldPotential
import ParameterEstimation
import Synchronization

/// From a sample's histograms and parameters to its LFP and spectra.
///
/// Kernels depend on the synaptic delay; those of each delay are computed once.
final class SampleSpectra: Sendable {
  private let study: Study
  private let kernelCache: Mutex<[Double: FieldKernels]>

  /// `kernels` are those of the configured delay.
  init(_ study: Study, kernels: FieldKernels) {
    self.study = study
    kernelCache = Mutex([study.configuration.network.delay: kernels])
  }

  /// Spectra in mV²/Hz of all samples of `rows`, [sample][channel][frequency].
  func spectra(of rows: DatasetRows) throws -> [Float] {
    let bins = study.configuration.simulation.duration
    return try (0..<rows.count).flatMap { row in
      func value(_ key: String, _ configured: Double) -> Double {
        let column = study.box.dimensions.firstIndex { $0.key == key }
        return column.map { rows.parameters[row * study.box.count + $0] } ?? configured
      }
      let network = study.configuration.network
      let lfp = try kernels(delay: value("delay_ms", network.delay)).fieldPotential(
        excitatory: Array(rows.excitatoryHistogram[row * bins..<(row + 1) * bins]),
        inhibitory: Array(rows.inhibitoryHistogram[row * bins..<(row + 1) * bins]),
        efficacy: value("J_mV", network.J), relativeInhibition: value("g", network.g),
        after: study.configuration.simulation.transient)
      return try study.welchSpectra(of: lfp).map(Float.init)
    }
  }

  private func kernels(delay: Double) throws -> FieldKernels {
    try kernelCache.withLock { cache in
      if let kernels = cache[delay] { return kernels }
      let kernels = try study.kernels(delay: delay)
      cache[delay] = kernels
      return kernels
    }
  }
}

extension Study {
  /// Welch spectra of an LFP after the transient, [channel][frequency] in mV²/Hz.
  func spectra(of lfp: ChannelSeries) throws -> [Double] {
    try welchSpectra(of: lfp.dropFirst(configuration.simulation.transient))
  }

  /// Welch spectra of an LFP, all of it.
  fileprivate func welchSpectra(of lfp: ChannelSeries) throws -> [Double] {
    try (0..<lfp.channelCount).flatMap { try welch.powerSpectralDensity(of: Array(lfp[channel: $0])) }
  }
}
