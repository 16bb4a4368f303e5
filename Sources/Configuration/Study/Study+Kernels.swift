import FieldPotential
import ParameterChecks
import RandomStreams
import SpectralAnalysis
import SpikingNetwork

extension Study {
  /// The kernels for networks with the given synaptic delay in ms, by default the configured one, and a sample's cells, by
  /// default the configured ones.
  ///
  /// - Throws: ``FieldPotential/KernelError``, or `ParameterError`.
  public func kernels(delay: Double? = nil, variant: KernelVariant = KernelVariant()) throws -> FieldKernels {
    var network = SourceNetwork(configuration.network)
    if let delay { network.delay = delay }
    var parameters = configuration.kernel
    let heights = parameters.somaHeights
    if variant.somaShift != 0 {
      parameters.somaHeights =
        heights.lowerBound + variant.somaShift...heights.upperBound + variant.somaShift
    }
    let pair =
      variant.cells.map { cells[$0] } ?? (excitatory: excitatoryMorphology, inhibitory: inhibitoryMorphology)
    return try FieldKernels(
      parameters: parameters, network: network, excitatoryMorphology: pair.excitatory,
      inhibitoryMorphology: pair.inhibitory)
  }

  /// Kernels as the bins of the histograms want them: bins finer than 1 ms are filtered before the potential is sampled.
  public func binned(_ kernels: FieldKernels) -> BinnedKernels {
    let count = configuration.simulation.binsPerMillisecond
    return count == 1 ? kernels.binned : kernels.binned(perSample: count, filter: filterOfBins)
  }

  /// The impulse response of the filter of bins; a single 1 where there is none.
  private var filterOfBins: [Double] {
    let count = configuration.simulation.binsPerMillisecond
    return count == 1 ? [1] : LowPassFilter.beforeDecimation(by: count).taps
  }

  /// The kernels of single neurons through cells placed one by one, instead of those of their mean.
  ///
  /// - Parameters:
  ///   - placement: The number of the placement; each has cells and synapses of its own.
  /// - Throws: ``FieldPotential/KernelError``.
  public func sourceKernels(
    _ kernels: FieldKernels, placement: UInt64, threads: Int = 1, progress: @Sendable () -> Bool = { true }
  ) throws -> SourceKernels {
    try SourceKernels(
      kernels, excitatoryMorphology: excitatoryMorphology, inhibitoryMorphology: inhibitoryMorphology,
      binsPerSample: configuration.simulation.binsPerMillisecond, filter: filterOfBins,
      key: key.derived(.placement, placement), threads: threads, progress: progress)
  }

  /// The kernels of the configured delay, for new data with that delay or those sampled.
  ///
  /// - Throws: Also `ParameterError` if they are cut off where they still matter, which earlier versions did not mind.
  public func completeKernels() throws -> FieldKernels {
    let kernels = try kernels()
    // Kernels of the longest delay are cut off first.
    let longest = try box["delay_ms"].map { try self.kernels(delay: $0.upper) } ?? kernels
    let truncation = longest.truncation
    if truncation.isSevere {
      func percent(_ share: Double) -> String { (share * 100).rounded(.up).formatted() }
      try configuration.report([
        ParameterProblem(
          at: "kernel.lags_ms", "cuts the kernels off where they still matter",
          got: "\(kernels.lagCount), which leaves out up to \(percent(truncation.lost.upperBound)) %",
          expected: "at least \(truncation.sufficientLags)")
      ])
    }
    return kernels
  }

  /// What a user should know about the cells: parts of files left out, synapses that found no place.
  package func notices(_ kernels: FieldKernels) -> [String] {
    excitatoryMorphology.notices + inhibitoryMorphology.notices
      + excitatoryMorphology.standing(key: "kernel.rotation_E")
      + kernels.unplacedSynapses.map {
        "\($0.pathway.rawValue): \(Int(($0.fraction * 100).rounded())) % of cells have no segment in layer"
          + " \($0.layer), and no synapses there"
      }
      + kernels.parameters.contacts.filter { $0.z > 0 }.map {
        "the contact at z = \($0.z) µm lies above the surface; depths are negative"
      }
  }
}

extension StreamPurpose {
  fileprivate static let placement = StreamPurpose("placement of single cells")
}
