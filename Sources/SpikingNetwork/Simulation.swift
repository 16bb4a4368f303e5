import ParameterChecks
import RandomStreams

/// What one simulation gives.
public struct SimulationResult: Sendable {
  /// Spikes of excitatory neurons per bin over the whole duration, transient included.
  public let excitatoryHistogram: [UInt32]
  /// Spikes of inhibitory neurons per bin over the whole duration, transient included.
  public let inhibitoryHistogram: [UInt32]
  /// Rates and CV of intervals after the transient.
  public let activity: ActivityStatistics
  /// All spikes, if they were asked for.
  public let spikes: SpikeTimes?
  /// Seconds to draw and store the wiring.
  public let buildSeconds: Double
  /// Seconds to simulate.
  public let simulateSeconds: Double
}

/// Activity after the transient, over spikes at times in [transient, duration).
public struct ActivityStatistics: Sendable, Equatable {
  /// Mean rate of an excitatory neuron in Hz.
  public let excitatoryRate: Double
  /// Mean rate of an inhibitory neuron in Hz.
  public let inhibitoryRate: Double
  /// Mean rate over all neurons in Hz.
  public let rate: Double
  /// Mean coefficient of variation of inter-spike intervals; NaN if no neuron fired three times.
  public let coefficientOfVariation: Double
  /// Neurons that took part in the coefficient of variation.
  public let coefficientOfVariationNeurons: Int
  /// Spikes counted.
  public let spikes: Int

  /// The mean rate in Hz of neurons that fired so many spikes in `duration` ms.
  package static func rate(_ spikes: Int, neurons: Int, duration: Double) -> Double {
    Double(spikes) / (Double(neurons) * (duration / 1000))
  }
}

/// One network and how long to run it.
public struct Simulation: Sendable {
  /// The network.
  public let network: NetworkParameters
  /// How long and how finely it is simulated.
  public let timing: SimulationTiming
  private let constants: NetworkConstants

  /// Checks everything that can be wrong.
  ///
  /// - Throws: All impossible values, by their keys in configurations.
  public init(_ network: NetworkParameters, timing: SimulationTiming) throws(ParameterError) {
    var rules = ParameterRules()
    timing.check(&rules)
    try ParameterError.report(rules.problems)
    constants = try NetworkConstants(network, timeStep: timing.timeStep)
    self.network = network
    self.timing = timing
  }

  /// Ways in which this network's wiring can be held in memory, the one that suits it best first.
  public var formats: [WiringFormat] { WiringFormat.applicable(to: constants) }

  /// Simulates with the random streams of `key`.
  ///
  /// Equal keys give equal results on every machine, whatever the wiring's format and the number of threads.
  ///
  /// - Parameters:
  ///   - keepsSpikes: Whether the result holds all spikes.
  ///   - format: How the wiring is held, one of ``formats``, by default the first.
  ///   - memory: Memory of an earlier simulation to use again.
  ///   - threads: Number of threads that draw the wiring.
  ///   - instructions: What the time step is computed with.
  public func run(
    key: StreamKey, keepsSpikes: Bool = false, format: WiringFormat? = nil,
    memory: SimulationMemory = SimulationMemory(), threads: Int = 1, instructions: InstructionSet = .chosen
  ) -> SimulationResult {
    run(
      key: key, keepsSpikes: keepsSpikes, format: format, memory: memory, threads: threads,
      instructions: instructions, observer: { _ in })
  }

  /// The same with an observer, which is told the biological time done, in ms, from time to time; what it throws ends the
  /// simulation.
  public func run(
    key: StreamKey, keepsSpikes: Bool = false, format: WiringFormat? = nil,
    memory: SimulationMemory = SimulationMemory(), threads: Int = 1, instructions: InstructionSet = .chosen,
    observer: Observer
  ) rethrows -> SimulationResult {
    let format = format ?? formats[0]
    precondition(formats.contains(format), "the network's wiring cannot be held as \(format)")
    let request = Request(
      key: key, keepsSpikes: keepsSpikes, memory: memory, threads: threads, instructions: instructions,
      start: .now)
    if let wiring = constants.explicitWiring { return try run(wiring, format, request, observer) }
    return try run(FixedInDegreeWiring(constants: constants, key: key), format, request, observer)
  }

  /// Follows a simulation: takes the biological time done, in ms.
  public typealias Observer = (_ milliseconds: Int) throws -> Void

  /// What is asked of a run.
  private struct Request {
    let key: StreamKey
    let keepsSpikes: Bool
    let memory: SimulationMemory
    let threads: Int
    let instructions: InstructionSet
    let start: ContinuousClock.Instant
  }

  /// Builds what delivers the spikes, then simulates.
  private func run(
    _ wiring: some Wiring, _ format: WiringFormat, _ request: Request, _ observer: Observer
  ) rethrows -> SimulationResult {
    // Lists of what does not fit into bits are half as long in small networks.
    if constants.lines * NeuronLine.size < 1 << 16 {
      return try run(wiring, format, indexedBy: UInt16.self, request, observer)
    }
    return try run(wiring, format, indexedBy: UInt32.self, request, observer)
  }

  private func run<Index: NeuronIndex>(
    _ wiring: some Wiring, _ format: WiringFormat, indexedBy: Index.Type, _ request: Request,
    _ observer: Observer
  ) rethrows -> SimulationResult {
    let lines = constants.lines
    switch format {
    case .bitMatrix:
      let matrix = BitMatrix<Index>(wiring: wiring, memory: request.memory, threads: request.threads)
      return try run(BitMatrixDelivery(matrix: matrix), request, observer)
    case .targetLists:
      let lists = TargetLists(wiring: wiring)
      return try run(TargetListDelivery(lists: lists, lines: lines), request, observer)
    case .delayedTargetLists:
      let lists = TargetLists(wiring: wiring)
      return try run(
        DelayedTargetDelivery(lists: lists, delays: wiring.delays, lines: lines), request, observer)
    }
  }

  /// Simulates.
  private func run(
    _ delivery: some SpikeDelivery, _ request: Request, _ observer: Observer
  ) rethrows -> SimulationResult {
    let building = ContinuousClock.now - request.start
    let stepsPerMillisecond = timing.stepsPerBin * timing.binsPerMillisecond
    var recorder = SpikeRecorder(
      steps: timing.duration * stepsPerMillisecond, stepsPerBin: timing.stepsPerBin,
      transientSteps: timing.transient * stepsPerMillisecond, neurons: constants.neurons,
      keepsSpikes: request.keepsSpikes)
    var engine = Engine(
      constants: constants, delivery: delivery, key: request.key, instructions: request.instructions)
    let begin = ContinuousClock.now
    for time in stride(from: 0, to: timing.duration, by: Self.observedMilliseconds) {
      try observer(time)
      let end = min(time + Self.observedMilliseconds, timing.duration)
      engine.run(time * stepsPerMillisecond..<end * stepsPerMillisecond, recorder: &recorder)
    }
    return SimulationResult(
      excitatoryHistogram: recorder.excitatoryHistogram, inhibitoryHistogram: recorder.inhibitoryHistogram,
      activity: activity(recorder), spikes: recorder.spikes, buildSeconds: building.seconds,
      simulateSeconds: (ContinuousClock.now - begin).seconds)
  }

  /// Biological time from one call of an observer to the next, in ms.
  private static let observedMilliseconds = 20

  /// Rates and intervals of what a recorder has seen.
  func activity(_ recorder: SpikeRecorder) -> ActivityStatistics {
    func count(_ histogram: [UInt32]) -> Int { histogram[timing.transientBins...].reduce(0) { $0 + Int($1) } }
    let excitatory = count(recorder.excitatoryHistogram)
    let inhibitory = count(recorder.inhibitoryHistogram)
    let counted = Double(timing.duration - timing.transient)
    let cv = recorder.intervals.coefficientOfVariation()
    return ActivityStatistics(
      excitatoryRate: ActivityStatistics.rate(excitatory, neurons: constants.excitatory, duration: counted),
      inhibitoryRate: ActivityStatistics.rate(inhibitory, neurons: constants.inhibitory, duration: counted),
      rate: ActivityStatistics.rate(
        excitatory + inhibitory, neurons: constants.neurons, duration: counted),
      coefficientOfVariation: cv.mean, coefficientOfVariationNeurons: cv.neurons,
      spikes: excitatory + inhibitory)
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
