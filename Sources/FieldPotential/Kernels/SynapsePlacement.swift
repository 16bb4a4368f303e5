/// Which segments the synapses of a pathway lie on, for a cell in a given place.
struct SynapsePlacement {
  /// Layers with their expected numbers of synapses, in the order of the parameters.
  private let targets: [(layer: KernelParameters.Layer, synapses: Double)]
  private let sections: Set<SectionType>

  init(_ pathway: Pathway, _ parameters: KernelParameters, network: SourceNetwork) {
    sections = Set(parameters.sections[pathway])
    let numbers = parameters.synapses.synapses(pathway, in: network)
    targets = parameters.layers.compactMap { layer in
      guard let synapses = numbers[layer.name], synapses > 0 else { return nil }
      return (layer, Double(synapses))
    }
  }

  var layerNames: [String] { targets.map(\.layer.name) }

  /// The segments of a cell that the synapses of each layer may lie on; none where the cell does not reach the layer.
  func candidates(_ segments: [CableDiscretisation.Segment], placement: CellPlacement) -> [(
    synapses: Double, segments: [Int]
  )] {
    targets.map { layer, synapses in
      let allowed = segments.indices.filter {
        let height = placement.somaHeight + segments[$0].midpoint.dot(placement.up)
        return sections.contains(segments[$0].type) && height >= layer.heights.lowerBound
          && height < layer.heights.upperBound
      }
      return (synapses, allowed)
    }
  }

  /// Adds the expected number of synapses to each segment. A layer that holds no allowed segment of this cell
  /// contributes none.
  /// - Returns: For each layer whether it held a segment.
  func addExpectedSynapses(
    to counts: inout [Double], segments: [CableDiscretisation.Segment], placement: CellPlacement
  ) -> [Bool] {
    candidates(segments, placement: placement).map { synapses, allowed in
      let area = allowed.reduce(0) { $0 + segments[$1].area }
      for index in allowed { counts[index] += synapses * segments[index].area / area }
      return !allowed.isEmpty
    }
  }
}
