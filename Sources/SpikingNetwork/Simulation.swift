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
}

/// How the wiring is held in memory and spikes are delivered. Results do not depend on it.
public enum WiringFormat: Sendable, CaseIterable {
  /// A list of targets per source; suits sparse networks.
  case targetLists
  /// A row of bits per source, for up to 65,536 neurons; suits densities above some percent.
  case bitMatrix

  /// The faster one: adding a bit of a row costs about a fiftieth of an increment at a listed target.
  static func suited(to constants: NetworkConstants) -> WiringFormat {
    let inDegree = constants.excitatoryInDegree + constants.inhibitoryInDegree
    return constants.neurons <= 1 << 16 && constants.neurons < 50 * inDegree ? .bitMatrix : .targetLists
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

  /// Simulates with the random streams of `key`.
  ///
  /// Equal keys give equal results on every machine, whatever the wiring's format and the number of threads.
  ///
  /// - Parameters:
  ///   - keepsSpikes: Whether the result holds all spikes.
  ///   - format: How the wiring is held, by default whatever suits the network best. A bit matrix takes up to 65,536
  ///     neurons.
  ///   - memory: Memory of an earlier simulation to use again.
  ///   - threads: Number of threads that draw the wiring.
  public func run(
    key: StreamKey, keepsSpikes: Bool = false, format: WiringFormat? = nil,
    memory: SimulationMemory = SimulationMemory(), threads: Int = 1
  ) -> SimulationResult {
    let wiring = FixedInDegreeWiring(constants: constants, key: key)
    let clock = ContinuousClock()
    let start = clock.now
    switch format ?? .suited(to: constants) {
    case .bitMatrix:
      precondition(constants.neurons <= 1 << 16, "a bit matrix takes up to 65,536 neurons")
      let delivery = BitMatrixDelivery(
        matrix: BitMatrix(wiring: wiring, memory: memory, threads: threads), constants: constants)
      return run(delivery, key: key, keepsSpikes: keepsSpikes, building: clock.now - start)
    case .targetLists where constants.neurons <= 1 << 16:
      let delivery = TargetListDelivery(lists: TargetLists<UInt16>(wiring: wiring), blocks: constants.blocks)
      return run(delivery, key: key, keepsSpikes: keepsSpikes, building: clock.now - start)
    case .targetLists:
      let delivery = TargetListDelivery(lists: TargetLists<UInt32>(wiring: wiring), blocks: constants.blocks)
      return run(delivery, key: key, keepsSpikes: keepsSpikes, building: clock.now - start)
    }
  }

  private func run(
    _ delivery: some SpikeDelivery, key: StreamKey, keepsSpikes: Bool, building: Duration
  ) -> SimulationResult {
    let bins = Int(duration / Self.binWidth)
    let transientBins = Int(transient / Self.binWidth)
    var recorder = SpikeRecorder(
      steps: bins * stepsPerBin, stepsPerBin: stepsPerBin, transientSteps: transientBins * stepsPerBin,
      neurons: constants.neurons, keepsSpikes: keepsSpikes)
    var engine = Engine(constants: constants, delivery: delivery, key: key)
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
    let seconds = (duration - transient) / 1000
    let cv = recorder.intervals.coefficientOfVariation()
    return ActivityStatistics(
      excitatoryRate: Double(excitatory) / (Double(constants.excitatory) * seconds),
      inhibitoryRate: Double(inhibitory) / (Double(constants.inhibitory) * seconds),
      rate: Double(excitatory + inhibitory) / (Double(constants.neurons) * seconds),
      coefficientOfVariation: cv.mean, irregularityNeurons: cv.neurons, spikes: excitatory + inhibitory)
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
