import RandomStreams

/// The cells of one population with all synapses onto them.
struct SynapticCells {
  let population: Population
  private let cable: PassiveCable
  private let parameters: KernelParameters
  private let network: SourceNetwork
  private let pathways: [(pathway: Pathway, synapses: SynapsePlacement)]
  /// What each mode is of the components, [mode][component].
  private let shares: [Double]
  private let components: Int

  private static let place = StreamPurpose("cell placement")

  init(
    _ population: Population, cable: PassiveCable, basis: ResponseBasis, parameters: KernelParameters,
    network: SourceNetwork
  ) {
    (self.population, self.cable, self.parameters, self.network) = (population, cable, parameters, network)
    pathways = Pathway.allCases.filter { $0.postsynaptic == population }.map {
      ($0, SynapsePlacement($0, parameters, network: network))
    }
    shares = population == .excitatory ? basis.excitatory : basis.inhibitory
    components = basis.count
  }

  /// Places the cell with a number, draws its synapses, and adds what each does to its source, [neuron][channel][component].
  func addCell(_ number: Int, to amplitudes: inout [Double], key: StreamKey) {
    let index = UInt64(number) * 2 + (population == .excitatory ? 0 : 1)
    var stream = key.derived(Self.place, index).generator()
    let cell = PlacedCell(of: population, parameters: parameters, stream: &stream)
    let segments = cable.discretisation.segments
    let responses = responses(of: cell)
    let length = parameters.contacts.count * components
    for (pathway, synapses) in pathways where parameters.populations.contains(pathway.presynaptic) {
      let scale = (pathway.presynaptic == .excitatory ? 1 : -1) * parameters.currentPerMillivolt
      let first = pathway.presynaptic == .excitatory ? 0 : network.excitatoryNeurons
      let sources = network.neurons(in: pathway.presynaptic)
      for (count, allowed) in synapses.candidates(segments, placement: cell.placement) where !allowed.isEmpty
      {
        var passed = 0.0
        let areas = allowed.map { segment in
          passed += segments[segment].area
          return passed
        }
        for _ in 0..<Int(count.rounded()) {
          let drawn = stream.uniform() * passed
          let segment = allowed[areas.firstIndex { $0 > drawn } ?? areas.count - 1]
          let source = first + stream.index(below: sources)
          amplitudes.withUnsafeMutableBufferPointer { amplitudes in
            responses.withUnsafeBufferPointer { responses in
              for i in 0..<length {
                amplitudes[source * length + i] += scale * responses[segment * length + i]
              }
            }
          }
        }
      }
    }
  }

  /// What a unit current into each segment does, [segment][channel][component].
  private func responses(of cell: PlacedCell) -> [Double] {
    let (count, channels) = (cable.count, parameters.contacts.count)
    let map = LineSourceMap(
      cable.discretisation, somaPosition: .zero, contacts: cell.contacts,
      conductivity: parameters.conductivity)
    let potentials = cable.modePotentials(map.values)
    var result = [Double](repeating: 0, count: count * channels * components)
    for channel in 0..<channels {
      for mode in 0..<count {
        let potential = potentials[channel * count + mode]
        for segment in 0..<count {
          let weight = potential * cable.potentialModes[mode * count + segment]
          let start = (segment * channels + channel) * components
          for component in 0..<components {
            result[start + component] += weight * shares[mode * components + component]
          }
        }
      }
    }
    return result
  }
}
