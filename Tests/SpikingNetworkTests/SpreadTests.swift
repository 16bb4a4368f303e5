import Foundation
import ParameterChecks
import RandomStreams
import SpikingNetwork
import TestSupport
import Testing

private let paperTau = Spread(standardDeviation: 6, bounds: 2...38)
private let paperTheta = Spread(standardDeviation: 3, bounds: 12...28)
private let paperRefractory = Spread(standardDeviation: 0.6, bounds: 0.2...3.8)
private let paperDelay = Spread(standardDeviation: 0.5, bounds: 0.2...2.8)

@Suite("Spread of neurons and synapses")
struct SpreadTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let parameters: NetworkParameters
    var duration = 150
  }

  private static func network(
    _ description: String, _ excitatory: Int = 400, _ inhibitory: Int = 100, inDegrees: (Int, Int) = (40, 10),
    duration: Int = 150, _ change: (inout NetworkParameters) -> Void
  ) -> Case {
    Case(
      testDescription: description, parameters: .small(excitatory, inhibitory, inDegrees: inDegrees, change),
      duration: duration)
  }

  private static func all(_ p: inout NetworkParameters) {
    p.spread.membraneTimeConstant = paperTau
    p.spread.threshold = paperTheta
    p.spread.refractoryPeriod = paperRefractory
    p.spread.delay = paperDelay
  }

  static let cases = [
    network("time constants") { $0.spread.membraneTimeConstant = paperTau },
    network("thresholds") { $0.spread.threshold = paperTheta },
    network("refractory periods") { $0.spread.refractoryPeriod = paperRefractory },
    network("neurons, delay of one step") {
      all(&$0)
      ($0.delay, $0.spread.delay) = (0.1, nil)
    },
    network("thresholds, resting potential of −65 mV") {
      ($0.restingPotential, $0.resetPotential, $0.threshold) = (-65, -58.3, -47.7)
      $0.spread.threshold = Spread(standardDeviation: 4, bounds: -55...(-40))
    },
    network("refractory periods from none on") {
      $0.spread.refractoryPeriod = Spread(standardDeviation: 2, bounds: 0...4)
    },
    network("delays") { $0.spread.delay = paperDelay },
    network("delays, hardly any spread") {
      $0.spread.delay = Spread(standardDeviation: 1e-9, bounds: 0.2...2.8)
    },
    network("delays of one or two steps") {
      ($0.delay, $0.spread.delay) = (0.1, Spread(standardDeviation: 0.05, bounds: 0.1...0.2))
    },
    network("long delays") {
      ($0.delay, $0.spread.delay) = (20, Spread(standardDeviation: 30, bounds: 3...90))
    },
    network("delays without multapses and autapses") {
      ($0.allowsMultapses, $0.allowsAutapses, $0.spread.delay) = (false, false, paperDelay)
    },
    network("everything") { strong(&$0) },
    network("everything, 777 and 333 neurons", 777, 333, inDegrees: (55, 22)) { strong(&$0) },
    network("everything, one neuron of each kind", 1, 1, inDegrees: (1, 1)) { strong(&$0) },
    network("everything, one neuron beyond a block", 256, 1, inDegrees: (20, 5)) { strong(&$0) },
    network("everything, excitation prevails", 800, 200, inDegrees: (300, 75)) {
      all(&$0)
      $0.g = 1
    },
    network("everything, with synaptic currents") {
      strong(&$0)
      $0.synapticTimeConstant = 5
    },
    network(
      "everything, above 65,536 neurons", 60_000, 6_001, inDegrees: (8, 2), duration: 15
    ) { strong(&$0) },
  ]

  private static func strong(_ p: inout NetworkParameters) {
    all(&p)
    p.eta = 3
  }

  @Test("Every format gives the spikes of the reference", arguments: cases)
  func spikesEqualReference(_ example: Case) throws {
    let p = example.parameters
    let key = StreamKey(seed: 42)
    let reference = try ReferenceNetwork(p, key: key, steps: 10 * example.duration)
    #expect(!reference.grid.isEmpty)
    let simulation = try Simulation(p, timing: SimulationTiming(duration: example.duration))
    for format in simulation.formats {
      let result = simulation.run(key: key, keepsSpikes: true, format: format)
      let difference = reference.firstDifference(try #require(result.spikes))
      #expect(difference == nil, "\(format)")
    }
  }

  @Test("A spread changes the spikes", arguments: cases.prefix(3) + [cases[6]])
  func spreadMatters(_ example: Case) throws {
    var plain = example.parameters
    (plain.spread.membraneTimeConstant, plain.spread.threshold) = (nil, nil)
    (plain.spread.refractoryPeriod, plain.spread.delay) = (nil, nil)
    let spikes = try [plain, example.parameters].map {
      try Simulation($0, timing: SimulationTiming(duration: 150)).run(
        key: StreamKey(seed: 1), keepsSpikes: true
      )
      .spikes
    }
    let areEqual = spikes[0] == spikes[1]
    #expect(!areEqual)
  }

  @Test("A standard deviation of zero is no spread, bit for bit", arguments: WiringFormat.allCases)
  func zeroSpread(format: WiringFormat) throws {
    let plain = NetworkParameters.small(777, 200, inDegrees: (80, 20)) { $0.threshold = 19.9 }
    var zero = plain
    zero.spread.membraneTimeConstant = Spread(standardDeviation: 0, bounds: 2...38)
    zero.spread.threshold = Spread(standardDeviation: 0, bounds: 12...28)
    zero.spread.refractoryPeriod = Spread(standardDeviation: 0, bounds: 0.2...3.8)
    zero.spread.delay = Spread(standardDeviation: 0, bounds: 0.2...2.8)
    let spikes = try [plain, zero].map {
      try #require(
        try Simulation($0, timing: SimulationTiming(duration: 200))
          .run(key: StreamKey(seed: 5), keepsSpikes: true, format: format).spikes)
    }
    let difference = spikes[1].firstDifference(spikes[0])
    #expect(difference == nil)
    #expect(!spikes[0].grid.isEmpty)
  }

  @Test("Spread delays leave only lists by delay, equal ones leave all formats")
  func formats() throws {
    func formats(_ p: NetworkParameters) throws -> [WiringFormat] {
      try Simulation(p, timing: SimulationTiming(duration: 10)).formats
    }
    var p = NetworkParameters.small(400, 100, inDegrees: (40, 10))
    #expect(try formats(p).first == .bitMatrix && formats(p).count == 3)
    p.connectivity = .fixedInDegrees(excitatory: 4, inhibitory: 1)
    #expect(try formats(p).first == .targetLists && formats(p).count == 3)
    p.spread.delay = paperDelay
    #expect(try formats(p) == [.delayedTargetLists])
    let large = NetworkParameters.small(60_000, 6_000, inDegrees: (4_000, 1_000))
    #expect(try formats(large) == [.bitMatrix, .targetLists, .delayedTargetLists])
  }

  @Test("Drawn delays follow the truncated normal distribution, rounded to steps")
  func delays() throws {
    let p = NetworkParameters.small(400, 600, inDegrees: (80, 120)) { $0.spread.delay = paperDelay }
    var wiring = FixedInDegreeWiring(
      constants: try NetworkConstants(p, timeStep: 0.1), key: StreamKey(seed: 1))
    let delays = wiring.delays
    #expect(delays == Array(2...28))
    var observed = [Int](repeating: 0, count: 29)
    for target in 0..<1000 { wiring.forEachSynapse(of: target) { observed[delays[$1]] += 1 } }
    func cumulative(_ t: Double) -> Double {
      erfc((1.5 - min(max(t, 0.2), 2.8)) / 0.5 / 2.0.squareRoot()) / 2
    }
    let total = cumulative(2.8) - cumulative(0.2)
    let expected = delays.map { steps in
      let t = Double(steps) / 10
      return 200_000 * (cumulative(t + 0.05) - cumulative(t - 0.05)) / total
    }
    #expect(observed.reduce(0, +) == 200_000)
    #expect(expected.min() ?? 0 > 5)
    #expect(chiSquareDeviate(delays.map { observed[$0] }, expected: expected) < 4)
  }

  private static let refused: [(String, @Sendable (inout NetworkSpread) -> Void)] = [
    ("theta_mV", { $0.threshold = .init(standardDeviation: -1, bounds: 12...28) }),
    ("delay_ms", { $0.delay = .init(standardDeviation: .nan, bounds: 1...2) }),
    ("theta_mV", { $0.threshold = .init(standardDeviation: 1, bounds: 10...28) }),
    ("theta_mV", { $0.threshold = .init(standardDeviation: 1, bounds: 12 ... .infinity) }),
    ("theta_mV", { $0.threshold = .init(standardDeviation: 1, bounds: 21...28) }),
    ("tau_m_ms", { $0.membraneTimeConstant = .init(standardDeviation: 1, bounds: 0...40) }),
    ("t_ref_ms", { $0.refractoryPeriod = .init(standardDeviation: 1, bounds: -1...4) }),
    ("t_ref_ms", { $0.refractoryPeriod = .init(standardDeviation: 1, bounds: 1...6554) }),
    ("delay_ms", { $0.delay = .init(standardDeviation: 1, bounds: 1...6554) }),
    ("delay_ms", { $0.delay = .init(standardDeviation: 1, bounds: 0...3) }),
    ("delay_ms", { $0.delay = .init(standardDeviation: 1, bounds: 0.2...1.4) }),
  ]

  @Test("Impossible spreads are refused with the name of what is wrong", arguments: refused.indices)
  func impossible(index: Int) {
    let (name, change) = Self.refused[index]
    var p = NetworkParameters()
    change(&p.spread)
    let error = #expect(throws: ParameterError.self) {
      try Simulation(p, timing: SimulationTiming(duration: 10))
    }
    #expect(error?.problems.map(\.keyPath) == ["network.spread.\(name)"])
  }
}
