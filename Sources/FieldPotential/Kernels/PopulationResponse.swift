/// What the cells of one population contribute to the field when synapses onto them are active.
struct PopulationResponse {
  /// Fine kernels of the pathways onto the population, for one presynaptic spike.
  let kernels: [Pathway: ChannelSeries]
  /// How the kernels would go on, one sample per bin.
  let tails: [Pathway: ChannelSeries]
  let unplacedSynapses: [FieldKernels.UnplacedSynapses]

  init(
    of population: Population, morphology: CellMorphology, placements: [CellPlacement],
    parameters: KernelParameters, network: SourceNetwork
  ) throws(KernelError) {
    let cable = try PassiveCable(morphology, parameters: parameters)
    var inputs: [PathwayInput] = []
    for pathway in Pathway.allCases where pathway.postsynaptic == population {
      inputs.append(
        PathwayInput(
          pathway: pathway, synapses: SynapsePlacement(pathway, parameters, network: network),
          weights: parameters.contacts.count * cable.count))
    }

    let map = PopulationMap(parameters: parameters)
    for placement in placements {
      let potentials = cable.modePotentials(map.values(cable.discretisation, placement: placement))
      for index in inputs.indices {
        inputs[index].add(cable: cable, modePotentials: potentials, placement: placement)
      }
    }

    let times = KernelTimes(parameters, network)
    let (steps, all) = (times.fineCount, times.values.count)
    let responses = cable.modeResponses(at: times.values)
    var kernels: [Pathway: ChannelSeries] = [:]
    var tails = kernels
    var unplaced: [FieldKernels.UnplacedSynapses] = []
    for input in inputs {
      unplaced += try input.unplacedSynapses(cells: placements.count)
      // One spike reaches synapses/cell times N_post/N_pre synapses.
      let sign = input.pathway.presynaptic == .excitatory ? 1.0 : -1.0
      let targets =
        Double(network.neurons(in: population)) / Double(network.neurons(in: input.pathway.presynaptic))
      let scale = sign * parameters.currentPerMillivolt * targets / Double(placements.count)
      var values = [Double](repeating: 0, count: parameters.contacts.count * all)
      for channel in 0..<parameters.contacts.count {
        for mode in 0..<cable.count {
          let weight = scale * input.weights[channel * cable.count + mode]
          for step in 0..<all {
            values[channel * all + step] += weight * responses[mode * all + step]
          }
        }
      }
      let series = ChannelSeries(
        channelCount: parameters.contacts.count, sampleCount: all, values: values)
      kernels[input.pathway] = series.prefix(steps)
      tails[input.pathway] = series.dropFirst(steps)
    }
    self.kernels = kernels
    self.tails = tails
    unplacedSynapses = unplaced
  }
}

/// Times in ms after the onset of synaptic currents at which kernels are computed.
private struct KernelTimes {
  /// Number of the fine steps that the kernels have.
  let fineCount: Int
  /// The fine steps, then one time per bin until nothing is left.
  let values: [Double]

  init(_ parameters: KernelParameters, _ network: SourceNetwork) {
    let bin = parameters.binWidth
    let fine = parameters.fineTimes(delay: network.delay)
    fineCount = fine.count
    // e⁻²⁰ of the slowest time course.
    let slowest = max(parameters.membraneTimeConstant, parameters.synapticTimeConstant)
    let horizon = Int(((network.delay + 20 * slowest) / bin).rounded(.up))
    let tail = (parameters.lagCount..<max(parameters.lagCount, horizon)).map {
      (Double($0) + 0.5) * bin - network.delay
    }
    values = fine + tail
  }
}

/// The sum over placements of the potentials that the synapses of one pathway cause.
private struct PathwayInput {
  let pathway: Pathway
  private let synapses: SynapsePlacement
  /// Weight of each mode's time course in the potential of each channel, [channel][mode].
  private(set) var weights: [Double]
  /// For each layer the number of placements without a segment in it.
  private var misses: [Int]

  init(pathway: Pathway, synapses: SynapsePlacement, weights count: Int) {
    self.pathway = pathway
    self.synapses = synapses
    weights = [Double](repeating: 0, count: count)
    misses = [Int](repeating: 0, count: synapses.layerNames.count)
  }

  /// Adds a cell at `placement`; `modePotentials` are the potentials of its modes.
  mutating func add(cable: PassiveCable, modePotentials: [Double], placement: CellPlacement) {
    var counts = [Double](repeating: 0, count: cable.count)
    let found = synapses.addExpectedSynapses(
      to: &counts, segments: cable.discretisation.segments, placement: placement)
    for (layer, isFound) in found.enumerated() where !isFound { misses[layer] += 1 }
    let drive = cable.modalDrive(counts)
    for index in weights.indices { weights[index] += modePotentials[index] * drive[index % cable.count] }
  }

  func unplacedSynapses(cells: Int) throws(KernelError) -> [FieldKernels.UnplacedSynapses] {
    var result: [FieldKernels.UnplacedSynapses] = []
    for (layer, count) in zip(synapses.layerNames, misses) where count > 0 {
      if count == cells { throw .noTarget(pathway, layer: layer) }
      result.append(.init(pathway: pathway, layer: layer, fraction: Double(count) / Double(cells)))
    }
    return result
  }
}
