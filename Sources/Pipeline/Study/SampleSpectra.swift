import FieldPotential
import ParameterEstimation
import SpectralAnalysis
import Synchronization

/// From samples' histograms and parameters to the spectra of their LFPs,
/// LFP[c] = J·H_E[c] ∗ n_E + g·J·H_I[c] ∗ n_I.
///
/// Kernels H depend on the synaptic delay; those of each delay are computed once.
final class SampleSpectra: Sendable {
  private let study: Study
  private let configuredKernels: FieldKernels
  private let filters = Mutex<[Double: FilteredSpectra]>([:])

  /// `kernels` are those of the configured delay.
  init(_ study: Study, kernels: FieldKernels) {
    self.study = study
    configuredKernels = kernels
  }

  /// Spectra in mV²/Hz of all samples of `rows`, [sample][channel][frequency]. A sample has the same spectra beside
  /// any others.
  func spectra(of rows: DatasetRows) throws -> [Float] {
    let network = study.configuration.network
    let delays = values("delay_ms", of: rows, configured: network.delay)
    let efficacies = values("J_mV", of: rows, configured: network.J)
    let relativeInhibitions = values("g", of: rows, configured: network.g)
    let bins = study.configuration.simulation.duration
    var spectra = [[Float]](repeating: [], count: rows.count)
    for (delay, samples) in Dictionary(grouping: 0..<rows.count, by: { delays[$0] }) {
      let filters = try filters(delay: delay)
      rows.excitatoryHistogram.withUnsafeBufferPointer { excitatory in
        rows.inhibitoryHistogram.withUnsafeBufferPointer { inhibitory in
          let sets = samples.map { sample in
            let range = sample * bins..<(sample + 1) * bins
            return [
              FilteredSpectra.ScaledCounts(
                UnsafeBufferPointer(rebasing: excitatory[range]), scale: efficacies[sample]),
              FilteredSpectra.ScaledCounts(
                UnsafeBufferPointer(rebasing: inhibitory[range]),
                scale: relativeInhibitions[sample] * efficacies[sample]),
            ]
          }
          for (sample, densities) in zip(samples, filters.densities(of: sets)) {
            spectra[sample] = densities.map(Float.init)
          }
        }
      }
    }
    return spectra.flatMap { $0 }
  }

  /// A parameter of each sample, sampled or configured.
  private func values(_ key: String, of rows: DatasetRows, configured: Double) -> [Double] {
    let column = study.box.dimensions.firstIndex { $0.key == key }
    return (0..<rows.count).map { row in
      column.map { rows.parameters[row * study.box.count + $0] } ?? configured
    }
  }

  private func filters(delay: Double) throws -> FilteredSpectra {
    try filters.withLock { filters in
      if let found = filters[delay] { return found }
      let isConfigured = delay == study.configuration.network.delay
      let new = try study.filteredSpectra(isConfigured ? configuredKernels : study.kernels(delay: delay))
      filters[delay] = new
      return new
    }
  }
}

extension Study {
  /// Kernels as filters of histograms.
  fileprivate func filteredSpectra(_ kernels: FieldKernels) throws -> FilteredSpectra {
    try FilteredSpectra(
      (0..<kernels.channelCount).map {
        [Array(kernels.excitatory[channel: $0]), Array(kernels.inhibitory[channel: $0])]
      },
      sampleCount: configuration.simulation.duration, transient: configuration.simulation.transient,
      welch: welch)
  }

  /// Welch spectra of an LFP after the transient, [channel][frequency] in mV²/Hz.
  func spectra(of lfp: ChannelSeries) throws -> [Double] {
    try (0..<lfp.channelCount).flatMap { channel in
      try welch.powerSpectralDensity(
        of: Array(lfp[channel: channel].dropFirst(configuration.simulation.transient)))
    }
  }
}
