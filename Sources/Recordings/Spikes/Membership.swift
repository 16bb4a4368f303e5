import SpikingNetwork

/// Which neuron an id in a list stands for.
struct Membership {
  /// Ids of both populations; one has none in a list of the other.
  private let excitatory, inhibitory: NeuronIDs?
  private let excitatoryNeurons: Int
  /// For messages.
  let expected: String
  /// What was assumed.
  let note: String?

  /// - Throws: ``RecordingError`` where neither the list nor the options tell.
  init(of list: SpikeList, _ options: SpikeOptions, _ network: NetworkParameters) throws(RecordingError) {
    excitatoryNeurons = network.excitatoryNeurons
    if let population = list.population {
      let size = population == .excitatory ? network.excitatoryNeurons : network.inhibitoryNeurons
      let ids = NeuronIDs(0...size - 1)
      (excitatory, inhibitory) = population == .excitatory ? (ids, nil) : (nil, ids)
      (expected, note) = ("0 to \(size - 1), as there are \(size) \(population.name) neurons", nil)
      return
    }
    if let excitatory = options.excitatoryIDs, let inhibitory = options.inhibitoryIDs {
      (self.excitatory, self.inhibitory) = (excitatory, inhibitory)
      note = nil
    } else if let first = options.firstID ?? list.usualFirstID {
      let middle = first + network.excitatoryNeurons
      (excitatory, inhibitory) = (
        NeuronIDs(first...middle - 1), NeuronIDs(middle...first + network.neurons - 1)
      )
      note =
        options.firstID == nil
        ? "ids \(first)-\(middle - 1) are taken to be excitatory, \(middle)-\(first + network.neurons - 1) inhibitory neurons"
        : nil
    } else {
      throw RecordingError(
        file: list.file, list.place,
        "tells no populations: \(SpikeOption.firstID.rawValue), or \(SpikeOption.excitatoryIDs.rawValue) and"
          + " \(SpikeOption.inhibitoryIDs.rawValue), have to")
    }
    expected = "\(excitatory!) for excitatory, \(inhibitory!) for inhibitory neurons"
  }

  /// The neuron's number in the network, excitatory ones first; nil for others' ids.
  func neuron(_ id: Int) -> Int? {
    excitatory?.number(of: id) ?? inhibitory?.number(of: id).map { excitatoryNeurons + $0 }
  }
}
