/// What files of spikes do not say of themselves, or what of them is wanted.
package struct SpikeOptions: Sendable, Equatable {
  /// Unit of the times, such as `ms`.
  package var timeUnit: String?
  /// Id of the first excitatory neuron, which all others of the network follow, the excitatory ones first.
  package var firstID: Int?
  /// Ids of both populations.
  package var excitatoryIDs, inhibitoryIDs: NeuronIDs?
  /// Names of the populations in SONATA files; `E` and `I`, if nil.
  package var excitatoryPopulation, inhibitoryPopulation: String?
  /// Whether a population may have no spikes.
  package var allowsSilence = false

  /// None.
  package init() {}

  /// The name of a population in SONATA files.
  func name(of population: Population) -> String {
    (population == .excitatory ? excitatoryPopulation : inhibitoryPopulation) ?? population.rawValue
  }

  /// Those that have a value and a meaning for some formats only.
  var given: Set<SpikeOption> {
    let values: [(SpikeOption, Bool)] = [
      (.firstID, firstID != nil), (.excitatoryIDs, excitatoryIDs != nil),
      (.inhibitoryIDs, inhibitoryIDs != nil), (.excitatoryPopulation, excitatoryPopulation != nil),
      (.inhibitoryPopulation, inhibitoryPopulation != nil),
    ]
    return Set(values.filter(\.1).map(\.0))
  }
}

/// Names of ``SpikeOptions`` on the command line, for messages.
package enum SpikeOption: String, Sendable, CaseIterable {
  /// Unit of the times.
  case timeUnit = "--time-unit"
  /// Id of the first neuron.
  case firstID = "--first-id"
  /// Ids of the excitatory neurons.
  case excitatoryIDs = "--excitatory-ids"
  /// Ids of the inhibitory neurons.
  case inhibitoryIDs = "--inhibitory-ids"
  /// SONATA's name of the excitatory neurons.
  case excitatoryPopulation = "--excitatory-population"
  /// SONATA's name of the inhibitory neurons.
  case inhibitoryPopulation = "--inhibitory-population"
  /// A population may have no spikes.
  case allowsSilence = "--allow-silence"
}
