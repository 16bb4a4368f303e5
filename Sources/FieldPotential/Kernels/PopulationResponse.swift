/// What the cells of one population contribute to the field when synapses onto them are active.
struct PopulationResponse {
  /// Fine kernels of the pathways onto the population, for one presynaptic spike.
  let kernels: [Pathway: ChannelSeries]
  let unplacedSynapses: [FieldKernels.UnplacedSynapses]

  init(
    of population: Population, morphology: CellMorphology, placements: [CellPlacement],
    parameters: KernelParameters
  ) throws(KernelError) {
    let cable = try PassiveCable(morphology, parameters: parameters)
    var inputs: [PathwayInput] = []
    for pathway in Pathway.allCases where pathway.postsynaptic == population {
      guard let distribution = parameters.pathways[pathway] else { continue }
      inputs.append(
        PathwayInput(
          pathway: pathway, synapses: SynapsePlacement(distribution, layers: parameters.layers),
          weights: parameters.contacts.count * cable.count))
    }

    let map = PopulationMap(parameters: parameters)
    for placement in placements {
      let potentials = cable.modePotentials(map.values(cable.discretisation, placement: placement))
      for index in inputs.indices {
        inputs[index].add(cable: cable, modePotentials: potentials, placement: placement)
      }
    }

    let steps = parameters.lagCount * parameters.stepsPerBin
    let times = (0..<steps).map {
      Double($0) * parameters.binWidth / Double(parameters.stepsPerBin) - parameters.synapticDelay
    }
    let responses = cable.modeResponses(at: times)
    var kernels: [Pathway: ChannelSeries] = [:]
    var unplaced: [FieldKernels.UnplacedSynapses] = []
    for input in inputs {
      unplaced += try input.unplacedSynapses(cells: placements.count)
      // One spike reaches synapses/cell times N_post/N_pre synapses.
      let sign = input.pathway.presynaptic == .excitatory ? 1.0 : -1.0
      let targets =
        Double(parameters.neurons(in: population)) / Double(parameters.neurons(in: input.pathway.presynaptic))
      let scale = sign * parameters.currentPerMillivolt * targets / Double(placements.count)
      var values = [Double](repeating: 0, count: parameters.contacts.count * steps)
      for channel in 0..<parameters.contacts.count {
        for mode in 0..<cable.count {
          let weight = scale * input.weights[channel * cable.count + mode]
          for step in 0..<steps {
            values[channel * steps + step] += weight * responses[mode * steps + step]
          }
        }
      }
      kernels[input.pathway] = ChannelSeries(
        channelCount: parameters.contacts.count, sampleCount: steps, values: values)
    }
    self.kernels = kernels
    unplacedSynapses = unplaced
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
