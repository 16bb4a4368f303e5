import ParameterChecks

/// The field potential that follows a spike, averaged over all targets of the neuron: mV per spike at each
/// contact, for an efficacy of 1 mV.
///
/// Membranes are passive and synapses are currents, so the response to one synchronous volley of a
/// population, divided by its size, predicts the population's contribution at all times (Hagen et al. 2016,
/// doi:10.1093/cercor/bhw237). It is computed from the *expected* synaptic current into every segment, the
/// exact solution of the cable, and averages over soma positions and orientations, without random numbers.
public struct FieldKernels: Sendable {
  /// What the kernels were computed for.
  public let parameters: KernelParameters
  /// The network whose spikes make the field.
  public let network: SourceNetwork
  /// Response to a spike of an excitatory neuron with J = 1 mV, [channel][lag], in mV.
  ///
  /// Sample m is the mean over [m - ½, m + ½] bins after the spike, the potential in the middle of a bin if
  /// spikes are uniform in theirs.
  public let excitatory: ChannelSeries
  /// Response to a spike of an inhibitory neuron with g·J = 1 mV; its currents are already negative.
  public let inhibitory: ChannelSeries
  /// `excitatory` on the fine grid, [channel][step]: samples at 0, 1, 2, … steps after the spike.
  public let fineExcitatory: ChannelSeries
  /// `inhibitory` on the fine grid.
  public let fineInhibitory: ChannelSeries
  /// The parts of the fine kernels that each pathway contributes.
  public let finePathways: [Pathway: ChannelSeries]
  /// What the length of the kernels leaves out.
  public let truncation: KernelTruncation
  /// Synapses that some cells lack because none of their segments reaches the layer.
  public let unplacedSynapses: [UnplacedSynapses]

  /// Synapses of a pathway that cannot be placed on some of the cells.
  public struct UnplacedSynapses: Sendable, Equatable {
    /// The pathway.
    public let pathway: Pathway
    /// The name of the layer that the synapses should lie in.
    public let layer: String
    /// The fraction of cells without a segment of an allowed type there.
    public let fraction: Double
  }

  /// Number of contacts.
  public var channelCount: Int { excitatory.channelCount }
  /// Number of lags, one per bin.
  public var lagCount: Int { excitatory.sampleCount }

  /// Computes the kernels of a network whose cells have the given shapes.
  /// - Throws: `ParameterError` for impossible parameters, `KernelError` for layers that no cell reaches and cells with
  ///   too many segments.
  public init(
    parameters: KernelParameters = KernelParameters(), network: SourceNetwork = SourceNetwork(),
    excitatoryMorphology: CellMorphology = .stickPyramid,
    inhibitoryMorphology: CellMorphology = .stickInterneuron
  ) throws {
    try self.init(
      parameters: parameters, network: network, excitatoryMorphology: excitatoryMorphology,
      inhibitoryMorphology: inhibitoryMorphology,
      excitatoryPlacements: CellPlacement.samples(of: .excitatory, parameters: parameters),
      inhibitoryPlacements: CellPlacement.samples(of: .inhibitory, parameters: parameters))
  }

  /// The same with given soma heights and orientations to average over.
  package init(
    parameters: KernelParameters, network: SourceNetwork, excitatoryMorphology: CellMorphology,
    inhibitoryMorphology: CellMorphology, excitatoryPlacements: [CellPlacement],
    inhibitoryPlacements: [CellPlacement]
  ) throws {
    var rules = ParameterRules(allowsContradictions: true)
    parameters.check(&rules, network: network)
    try ParameterError.report(rules.problems)
    let onExcitatory = try PopulationResponse(
      of: .excitatory, morphology: excitatoryMorphology, placements: excitatoryPlacements,
      parameters: parameters, network: network)
    let onInhibitory = try PopulationResponse(
      of: .inhibitory, morphology: inhibitoryMorphology, placements: inhibitoryPlacements,
      parameters: parameters, network: network)
    let pathways = onExcitatory.kernels.merging(onInhibitory.kernels) { first, _ in first }

    self.parameters = parameters
    self.network = network
    finePathways = pathways
    unplacedSynapses = onExcitatory.unplacedSynapses + onInhibitory.unplacedSynapses
    fineExcitatory = Self.sum(of: .excitatory, pathways, parameters: parameters)
    fineInhibitory = Self.sum(of: .inhibitory, pathways, parameters: parameters)
    let tails = onExcitatory.tails.merging(onInhibitory.tails) { first, _ in first }
    truncation = KernelTruncation(
      [fineExcitatory, fineInhibitory],
      tails: Population.allCases.map { Self.sum(of: $0, tails, parameters: parameters) },
      parameters: parameters)
    excitatory = Self.binMeans(fineExcitatory, steps: parameters.stepsPerBin)
    inhibitory = Self.binMeans(fineInhibitory, steps: parameters.stepsPerBin)
  }

  /// The kernel of a population, zero if its spikes are left out.
  private static func sum(
    of population: Population, _ pathways: [Pathway: ChannelSeries], parameters: KernelParameters
  ) -> ChannelSeries {
    let sampleCount = pathways.values.first?.sampleCount ?? 0
    var values = [Double](repeating: 0, count: parameters.contacts.count * sampleCount)
    if parameters.populations.contains(population) {
      for pathway in Pathway.allCases where pathway.presynaptic == population {
        guard let kernel = pathways[pathway] else { continue }
        for index in values.indices { values[index] += kernel.values[index] }
      }
    }
    return ChannelSeries(
      channelCount: parameters.contacts.count, sampleCount: sampleCount, values: values)
  }
}
