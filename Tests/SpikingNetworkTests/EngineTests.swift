import RandomStreams
import SpikingNetwork
import Testing

@Suite("Engines")
struct EngineTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let parameters: NetworkParameters
    var duration = 200
    var timeStep = 0.1

    init(
      _ description: String, _ parameters: NetworkParameters, duration: Int = 200, timeStep: Double = 0.1
    ) {
      testDescription = description
      self.parameters = parameters
      self.duration = duration
      self.timeStep = timeStep
    }
  }

  static let cases = [
    Case("asynchronous irregular", .small(800, 200, inDegrees: (80, 20))),
    Case("fast oscillation", .small(800, 200, inDegrees: (80, 20)) { ($0.eta, $0.g) = (4, 7) }),
    Case("excitation prevails", .small(800, 200, inDegrees: (80, 20)) { $0.g = 3 }),
    Case("hardly any spikes", .small(800, 200, inDegrees: (80, 20)) { $0.eta = 0.3 }),
    Case("no recurrence", .small(300, 100, inDegrees: (0, 0))),
    Case("no inhibitory inputs", .small(300, 100, inDegrees: (10, 0))),
    Case("no excitatory inputs", .small(300, 100, inDegrees: (0, 30))),
    Case("inhibition without strength", .small(300, 100, inDegrees: (10, 30)) { $0.g = 0 }),
    Case("delay of one step", .small(400, 100, inDegrees: (40, 10)) { $0.delay = 0.1 }),
    Case("delay of two steps", .small(400, 100, inDegrees: (40, 10)) { $0.delay = 0.2 }),
    Case("long delay", .small(400, 100, inDegrees: (40, 10)) { $0.delay = 37.3 }),
    Case("delay beyond the end", .small(400, 100, inDegrees: (40, 10)) { $0.delay = 300 }),
    Case("no refractoriness", .small(400, 100, inDegrees: (40, 10)) { $0.refractoryPeriod = 0 }),
    Case("refractory for one step", .small(400, 100, inDegrees: (40, 10)) { $0.refractoryPeriod = 0.1 }),
    Case("refractory for long", .small(400, 100, inDegrees: (40, 10)) { $0.refractoryPeriod = 53.1 }),
    Case("one neuron of each kind", .small(1, 1, inDegrees: (1, 1)) { $0.eta = 3 }),
    Case("63 and 2 neurons", .small(63, 2, inDegrees: (7, 1)) { $0.eta = 3 }),
    Case("one full block", .small(192, 64, inDegrees: (20, 5)) { $0.eta = 3 }),
    Case("one neuron beyond a block", .small(256, 1, inDegrees: (20, 5)) { $0.eta = 3 }),
    Case("777 and 333 neurons", .small(777, 333, inDegrees: (55, 22))),
    Case("more inputs than neurons", .small(40, 10, inDegrees: (100, 25))),
    Case("more than 255 repeated synapses of a neuron", .small(200, 50, inDegrees: (480, 120))),
    Case("without multapses", .small(400, 100, inDegrees: (200, 50)) { $0.allowsMultapses = false }),
    Case("without autapses", .small(50, 20, inDegrees: (25, 10)) { $0.allowsAutapses = false }),
    Case(
      "without multapses and autapses, all to all",
      .small(101, 31, inDegrees: (100, 30)) {
        $0.allowsMultapses = false
        $0.allowsAutapses = false
        $0.efficacy = 0.4
      }),
    Case(
      "resting potential of −65 mV",
      .small(400, 100, inDegrees: (40, 10)) {
        ($0.restingPotential, $0.resetPotential, $0.threshold) = (-65, -58.3, -47.7)
      }),
    Case("reset below rest", .small(400, 100, inDegrees: (40, 10)) { $0.resetPotential = -7.7 }),
    Case("time step of 0.05 ms", .small(400, 100, inDegrees: (40, 10)), timeStep: 0.05),
    Case("time step of 0.5 ms", .small(400, 100, inDegrees: (40, 10)), timeStep: 0.5),
    Case("many external inputs in a step", .small(400, 100, inDegrees: (40, 10)) { $0.efficacy = 0.002 }),
    Case("synaptic currents", .small(800, 200, inDegrees: (80, 20)) { $0.synapticTimeConstant = 2 }),
    Case(
      "no recurrence, synaptic currents", .small(300, 100, inDegrees: (0, 0)) { $0.synapticTimeConstant = 5 }),
    Case(
      "excitation with synaptic currents",
      .small(300, 100, inDegrees: (10, 0)) { $0.synapticTimeConstant = 0.5 }),
    Case(
      "synaptic currents as slow as membranes, without multapses",
      .small(400, 100, inDegrees: (200, 50)) { ($0.synapticTimeConstant, $0.allowsMultapses) = (20, false) }),
    Case("sparse, above 65,536 neurons", .small(60_000, 6_001, inDegrees: (8, 2)), duration: 15),
  ]

  /// Nearly all neurons fire in the same step and give each neuron more inputs than fit into eight bits. The
  /// delay exceeds the refractory period, so that volleys count.
  static let synchronous = [
    Case("synchronous, 700 and 175 inputs", volleys(1200, 300, inDegrees: (700, 175))),
    Case("synchronous, 700 and 300 inputs", volleys(1111, 555, inDegrees: (700, 300))),
    Case(
      "synchronous, with synaptic currents",
      volleys(1200, 300, inDegrees: (700, 175)) { $0.synapticTimeConstant = 0.1 }),
    Case(
      "synchronous, all to all",
      volleys(800, 300, inDegrees: (800, 300)) { $0.allowsMultapses = false }),
  ]

  private static func volleys(
    _ excitatory: Int, _ inhibitory: Int, inDegrees: (Int, Int),
    _ change: (inout NetworkParameters) -> Void = { _ in }
  ) -> NetworkParameters {
    .small(excitatory, inhibitory, inDegrees: inDegrees) {
      ($0.g, $0.efficacy, $0.refractoryPeriod, $0.resetPotential) = (1, 0.3, 1, 0)
      change(&$0)
    }
  }

  @Test(
    "Every engine gives the spikes of the reference with every instruction set",
    arguments: cases + synchronous)
  func spikesEqualReference(_ example: Case) throws {
    let p = example.parameters
    let key = StreamKey(seed: 42)
    let reference = try ReferenceNetwork(
      p, key: key, steps: Int((Double(example.duration) / example.timeStep).rounded()),
      timeStep: example.timeStep)
    let simulation = try Simulation(
      p, timing: SimulationTiming(duration: example.duration, timeStep: example.timeStep))
    #expect(!reference.grid.isEmpty)
    for format in simulation.formats {
      for instructions in InstructionSet.available {
        let result = simulation.run(key: key, keepsSpikes: true, format: format, instructions: instructions)
        let difference = reference.firstDifference(try #require(result.spikes))
        #expect(difference == nil, "\(format), \(instructions)")
      }
    }
    let chosen = simulation.run(key: key, keepsSpikes: true)
    let difference = reference.firstDifference(try #require(chosen.spikes))
    #expect(difference == nil, "the engine chosen by default")
  }

  @Test("Instruction sets have names of their own, the plainest comes first")
  func instructionSets() {
    let names = InstructionSet.available.map(\.description)
    #expect(names.first == "baseline")
    #expect(Set(names).count == names.count)
    #expect(names.contains(InstructionSet.chosen.description))
  }

  @Test("The synchronous examples have steps of more than 255 inputs and 504 spikes", arguments: synchronous)
  func synchronousExamples(_ example: Case) throws {
    let reference = try ReferenceNetwork(example.parameters, key: StreamKey(seed: 42), steps: 2000)
    #expect(reference.mostInputs > 255)
    // The rows of a step are added in groups of 252.
    #expect(reference.mostSpikes > 504)
  }

  @Test("Potentials are relative to rest: shifting all of them changes nothing")
  func potentialsAreRelative() throws {
    let plain = NetworkParameters.small(400, 100, inDegrees: (40, 10))
    var shifted = plain
    (shifted.restingPotential, shifted.resetPotential, shifted.threshold) = (-64, -54, -44)
    let results = try [plain, shifted].map {
      try Simulation($0, timing: SimulationTiming(duration: 100)).run(
        key: StreamKey(seed: 1), keepsSpikes: true)
    }
    let areEqual = results[0].spikes == results[1].spikes
    #expect(areEqual)
    #expect(results[0].activity.spikes > 0)
  }

  @Test("A silent network has rates of 0 and no coefficient of variation", arguments: WiringFormat.allCases)
  func silence(format: WiringFormat) throws {
    let parameters = NetworkParameters.small(400, 100, inDegrees: (40, 10)) { $0.eta = 0.05 }
    let result = try Simulation(parameters, timing: SimulationTiming(duration: 300, transient: 100))
      .run(key: StreamKey(seed: 1), keepsSpikes: true, format: format)
    #expect(result.activity.spikes == 0)
    #expect(result.activity.rate == 0 && result.activity.excitatoryRate == 0)
    #expect(result.activity.inhibitoryRate == 0)
    #expect(
      result.activity.coefficientOfVariation.isNaN && result.activity.coefficientOfVariationNeurons == 0)
    #expect(result.excitatoryHistogram.count == 300)
    #expect(result.excitatoryHistogram[100...].allSatisfy { $0 == 0 })
  }
}
