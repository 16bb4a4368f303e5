import RandomStreams

/// What one simulation gives.
public struct SimulationResult: Sendable {
  /// Spikes of excitatory neurons per 1 ms bin over the whole duration, transient included.
  public let excitatoryHistogram: [UInt32]
  /// Spikes of inhibitory neurons per 1 ms bin over the whole duration, transient included.
  public let inhibitoryHistogram: [UInt32]
  /// Rates and irregularity after the transient.
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
  public let irregularityNeurons: Int
  /// Spikes counted.
  public let spikes: Int

  /// The mean rate in Hz of neurons that fired so many spikes in `duration` ms.
  package static func rate(_ spikes: Int, neurons: Int, duration: Double) -> Double {
    Double(spikes) / (Double(neurons) * (duration / 1000))
  }
}

/// One network and how long to run it.
public struct Simulation: Sendable {
  /// Width of a histogram bin in ms.
  public static let binWidth = 1.0

  /// The network.
  public let parameters: NetworkParameters
  /// Biological time to simulate in ms.
  public let duration: Double
  /// Time at the start that statistics leave out, in ms.
  public let transient: Double
  private let constants: NetworkConstants
  private let stepsPerBin: Int

  /// Checks everything that can be wrong; throws ``NetworkError`` or `SamplerError`.
  ///
  /// Duration and transient are whole numbers of 1 ms bins.
  public init(parameters: NetworkParameters, duration: Double, transient: Double) throws {
    constants = try NetworkConstants(parameters)
    let perBin = Self.binWidth / parameters.timeStep
    guard abs(perBin - perBin.rounded()) < 1e-9 * perBin, perBin.rounded() >= 1 else {
      throw NetworkError.invalid(
        quantity: "time step", value: parameters.timeStep, expected: "a whole fraction of 1 ms")
    }
    guard transient >= 0, transient == transient.rounded() else {
      throw NetworkError.invalid(
        quantity: "transient", value: transient, expected: "whole milliseconds, >= 0")
    }
    guard duration > transient, duration == duration.rounded(), duration <= 1e8 else {
      throw NetworkError.invalid(
        quantity: "duration", value: duration,
        expected: "whole milliseconds, above the transient of \(transient) ms, at most 1e8")
    }
    self.parameters = parameters
    self.duration = duration
    self.transient = transient
    stepsPerBin = Int(perBin.rounded())
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
  public func run(
    key: StreamKey, keepsSpikes: Bool = false, format: WiringFormat? = nil,
    memory: SimulationMemory = SimulationMemory(), threads: Int = 1
  ) -> SimulationResult {
    let format = format ?? formats[0]
    precondition(formats.contains(format), "the network's wiring cannot be held as \(format)")
    if let wiring = constants.explicitWiring {
      return run(wiring, format, key: key, keepsSpikes: keepsSpikes, memory: memory, threads: threads)
    }
    let wiring = FixedInDegreeWiring(constants: constants, key: key)
    return run(wiring, format, key: key, keepsSpikes: keepsSpikes, memory: memory, threads: threads)
  }

  /// Builds what delivers the spikes, then simulates.
  private func run(
    _ wiring: some Wiring, _ format: WiringFormat, key: StreamKey, keepsSpikes: Bool,
    memory: SimulationMemory,
    threads: Int
  ) -> SimulationResult {
    let blocks = constants.blocks
    let isSmall = blocks * NeuronBlock.size < 1 << 16
    let clock = ContinuousClock()
    let start = clock.now
    switch format {
    case .bitMatrix where isSmall:
      let matrix = BitMatrix<UInt16>(wiring: wiring, memory: memory, threads: threads)
      return run(
        BitMatrixDelivery(matrix: matrix, blocks: blocks), key: key, keepsSpikes: keepsSpikes, since: start)
    case .bitMatrix:
      let matrix = BitMatrix<UInt32>(wiring: wiring, memory: memory, threads: threads)
      return run(
        BitMatrixDelivery(matrix: matrix, blocks: blocks), key: key, keepsSpikes: keepsSpikes, since: start)
    case .targetLists where isSmall:
      let delivery = TargetListDelivery(lists: TargetLists<UInt16>(wiring: wiring), blocks: blocks)
      return run(delivery, key: key, keepsSpikes: keepsSpikes, since: start)
    case .targetLists:
      let delivery = TargetListDelivery(lists: TargetLists<UInt32>(wiring: wiring), blocks: blocks)
      return run(delivery, key: key, keepsSpikes: keepsSpikes, since: start)
    case .delayedTargetLists where isSmall:
      let delivery = DelayedTargetDelivery(
        lists: TargetLists<UInt16>(wiring: wiring), delays: wiring.delays, blocks: blocks)
      return run(delivery, key: key, keepsSpikes: keepsSpikes, since: start)
    case .delayedTargetLists:
      let delivery = DelayedTargetDelivery(
        lists: TargetLists<UInt32>(wiring: wiring), delays: wiring.delays, blocks: blocks)
      return run(delivery, key: key, keepsSpikes: keepsSpikes, since: start)
    }
  }

  /// Chooses the neurons' properties, then simulates.
  private func run(
    _ delivery: some SpikeDelivery, key: StreamKey, keepsSpikes: Bool, since start: ContinuousClock.Instant
  ) -> SimulationResult {
    if let distributions = constants.neuronDistributions {
      let neurons = DistributedNeurons(distributions, neurons: constants.neurons, key: key)
      return run(delivery, neurons, key: key, keepsSpikes: keepsSpikes, building: .now - start)
    }
    return run(
      delivery, UniformNeurons(constants), key: key, keepsSpikes: keepsSpikes, building: .now - start)
  }

  private func run(
    _ delivery: some SpikeDelivery, _ neurons: some NeuronProperties, key: StreamKey, keepsSpikes: Bool,
    building: Duration
  ) -> SimulationResult {
    let bins = Int(duration / Self.binWidth)
    let transientBins = Int(transient / Self.binWidth)
    var recorder = SpikeRecorder(
      steps: bins * stepsPerBin, stepsPerBin: stepsPerBin, transientSteps: transientBins * stepsPerBin,
      neurons: constants.neurons, keepsSpikes: keepsSpikes)
    var engine = Engine(constants: constants, delivery: delivery, neurons: neurons, key: key)
    let clock = ContinuousClock()
    let elapsed = clock.measure { engine.run(steps: bins * stepsPerBin, recorder: &recorder) }
    return SimulationResult(
      excitatoryHistogram: recorder.excitatoryHistogram, inhibitoryHistogram: recorder.inhibitoryHistogram,
      activity: activity(recorder, after: transientBins), spikes: recorder.spikes,
      buildSeconds: building.seconds, simulateSeconds: elapsed.seconds)
  }

  private func activity(_ recorder: SpikeRecorder, after transientBins: Int) -> ActivityStatistics {
    func count(_ histogram: [UInt32]) -> Int { histogram[transientBins...].reduce(0) { $0 + Int($1) } }
    let excitatory = count(recorder.excitatoryHistogram)
    let inhibitory = count(recorder.inhibitoryHistogram)
    let counted = duration - transient
    let cv = recorder.intervals.coefficientOfVariation()
    return ActivityStatistics(
      excitatoryRate: ActivityStatistics.rate(excitatory, neurons: constants.excitatory, duration: counted),
      inhibitoryRate: ActivityStatistics.rate(inhibitory, neurons: constants.inhibitory, duration: counted),
      rate: ActivityStatistics.rate(
        excitatory + inhibitory, neurons: constants.neurons, duration: counted),
      coefficientOfVariation: cv.mean, irregularityNeurons: cv.neurons, spikes: excitatory + inhibitory)
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
