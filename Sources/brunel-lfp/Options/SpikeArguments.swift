import ArgumentParser
import Recordings
import SpikingNetwork

/// Options for what files of spikes do not say of themselves.
struct SpikeArguments: ParsableArguments {
  @Option(help: "Unit of the times, s or ms, where the file names none.") var timeUnit: String?
  @Option(
    name: .customLong("first-id"), parsing: .unconditional,
    help: """
      Text and .npy: id of the first excitatory neuron; all others follow, the excitatory ones first. 1 for files of NEST, if not \
      given.
      """)
  var firstID: Int?
  @Option(
    name: .customLong("excitatory-ids"),
    help: "Text and .npy: ids of the excitatory neurons, such as 1-10000.", transform: SpikeArguments.ids)
  var excitatoryIDs: NeuronIDs?
  @Option(
    name: .customLong("inhibitory-ids"),
    help: "Text and .npy: ids of the inhibitory neurons, such as 10001-12500.", transform: SpikeArguments.ids)
  var inhibitoryIDs: NeuronIDs?
  @Option(help: "SONATA: name of the excitatory neurons' population (E, if not given).")
  var excitatoryPopulation: String?
  @Option(help: "SONATA: name of the inhibitory neurons' population (I, if not given).")
  var inhibitoryPopulation: String?
  @Flag(help: "Accept a population without a single spike.") var allowSilence = false

  /// What was given, checked.
  ///
  /// - Throws: `CommandLineProblem` naming the option.
  func options(for network: NetworkParameters) throws -> SpikeOptions {
    func require(_ isRight: Bool, _ option: SpikeOption, _ problem: String) throws {
      if !isRight { throw CommandLineProblem(description: "\(option.rawValue): \(problem)") }
    }
    try require(
      timeUnit.map { PhysicalUnit.factor($0, .time) != nil } ?? true, .timeUnit,
      "got \(timeUnit ?? ""), expected s or ms")
    try require(
      firstID.map { (0..<NeuronIDs.limit).contains($0) } ?? true, .firstID,
      "got \(firstID ?? 0), expected a number from 0")
    try require(
      firstID == nil || excitatoryIDs == nil && inhibitoryIDs == nil, .firstID,
      "got \(firstID ?? 0), expected either it or the ids of both populations")
    for (option, ids, other, size, key) in [
      (
        SpikeOption.excitatoryIDs, excitatoryIDs, SpikeOption.inhibitoryIDs, network.excitatoryNeurons,
        "network.excitatory_neurons"
      ),
      (
        .inhibitoryIDs, inhibitoryIDs, .excitatoryIDs, network.inhibitoryNeurons,
        "network.inhibitory_neurons"
      ),
    ] {
      guard let ids else { continue }
      try require(
        excitatoryIDs != nil && inhibitoryIDs != nil, option,
        "got \(ids), expected \(other.rawValue) beside it")
      try require(ids.count == size, option, "got \(ids.count) ids, expected \(size), as \(key) says")
    }
    if let excitatoryIDs, let inhibitoryIDs {
      try require(
        !excitatoryIDs.overlaps(inhibitoryIDs), .inhibitoryIDs,
        "got \(inhibitoryIDs), expected none of the excitatory ids \(excitatoryIDs)")
    }
    let names = (
      excitatoryPopulation ?? Population.excitatory.rawValue,
      inhibitoryPopulation ?? Population.inhibitory.rawValue
    )
    try require(
      names.0 != names.1, inhibitoryPopulation == nil ? .excitatoryPopulation : .inhibitoryPopulation,
      "got \(names.0), expected another name than that of the other population")
    var options = SpikeOptions()
    (options.timeUnit, options.firstID, options.allowsSilence) = (timeUnit, firstID, allowSilence)
    (options.excitatoryIDs, options.inhibitoryIDs) = (excitatoryIDs, inhibitoryIDs)
    (options.excitatoryPopulation, options.inhibitoryPopulation) = (
      excitatoryPopulation, inhibitoryPopulation
    )
    return options
  }

  private static func ids(_ text: String) throws -> NeuronIDs {
    guard let ids = NeuronIDs(text) else {
      throw ValidationError("expected ids and ranges of ids, each once, such as 1-10000")
    }
    return ids
  }
}
