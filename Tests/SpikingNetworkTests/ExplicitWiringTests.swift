import ParameterChecks
import RandomStreams
import SpikingNetwork
import Testing

@Suite("Explicit synapses")
struct ExplicitWiringTests {
  /// Neurons 0 … 3 excitatory and 4 … 5 inhibitory; a single excitatory input makes a neuron fire.
  private func network(_ synapses: [Synapse]) -> NetworkParameters {
    .small(4, 2, inDegrees: (0, 0)) {
      $0.connectivity = .explicit(synapses)
      $0.efficacy = 25
      $0.refractoryPeriod = 0
      $0.eta = 0.25  // one external input in 100 ms
    }
  }

  private func run(_ p: NetworkParameters, format: WiringFormat? = nil) throws -> SpikeTimes {
    try #require(
      try Simulation(p, timing: SimulationTiming(duration: 500))
        .run(key: StreamKey(seed: 3), keepsSpikes: true, format: format).spikes)
  }

  private func times(_ spikes: SpikeTimes, of neuron: UInt32) -> Set<Int> {
    Set(zip(spikes.grid, spikes.neurons).filter { $0.1 == neuron }.map { Int($0.0) })
  }

  @Test("A spike travels along a chain with the delay of each synapse")
  func chain() throws {
    let spikes = try run(
      network([
        Synapse(source: 0, target: 1, delay: 0.1), Synapse(source: 1, target: 2, delay: 3.7),
        Synapse(source: 2, target: 3, delay: 12),
      ]))
    let first = times(spikes, of: 0)
    #expect(!first.isEmpty)
    for (neuron, delay) in [(1, 1), (2, 38), (3, 158)] as [(UInt32, Int)] {
      let arrivals = Set(first.map { $0 + delay }.filter { $0 < 5000 })
      #expect(arrivals.isSubset(of: times(spikes, of: neuron)), "neuron \(neuron)")
    }
    let alone = try run(network([]))
    for neuron in [0, 4, 5] as [UInt32] { #expect(times(spikes, of: neuron) == times(alone, of: neuron)) }
    #expect(times(spikes, of: 3) != times(alone, of: 3))
  }

  @Test("Every format gives the spikes of the reference", arguments: [true, false])
  func formatsAgree(hasOneDelay: Bool) throws {
    var random = StreamKey(seed: 8).generator()
    let synapses = (0..<6000).map { _ in
      Synapse(
        source: random.index(below: 300), target: random.index(below: 300),
        delay: hasOneDelay ? 1.5 : Double([1, 2, 15, 77, 301][random.index(below: 5)]) / 10)
    }
    let p = NetworkParameters.small(220, 80, inDegrees: (0, 0)) {
      $0.connectivity = .explicit(synapses)
      $0.eta = 3
    }
    let reference = try ReferenceNetwork(p, key: StreamKey(seed: 3), steps: 5000)
    #expect(!reference.grid.isEmpty)
    let formats = try Simulation(p, timing: SimulationTiming(duration: 500)).formats
    #expect(formats.count == (hasOneDelay ? 3 : 1))
    for format in formats {
      let difference = reference.firstDifference(try run(p, format: format))
      #expect(difference == nil, "\(format)")
    }
  }

  @Test("The synapses of a drawn network, listed, give its spikes")
  func drawnNetwork() throws {
    var p = NetworkParameters.small(200, 57, inDegrees: (20, 5)) {
      $0.spread.delay = Spread(standardDeviation: 0.5, bounds: 0.2...2.8)
    }
    let drawn = try run(p)
    var wiring = FixedInDegreeWiring(
      constants: try NetworkConstants(p, timeStep: 0.1), key: StreamKey(seed: 3))
    let delays = wiring.delays
    var synapses: [Synapse] = []
    for target in 0..<257 {
      wiring.forEachSynapse(of: target) {
        synapses.append(Synapse(source: $0, target: target, delay: Double(delays[$1]) / 10))
      }
    }
    (p.spread.delay, p.connectivity) = (nil, .explicit(synapses))
    let difference = try run(p).firstDifference(drawn)
    #expect(difference == nil)
    #expect(!drawn.grid.isEmpty)
  }

  @Test("Synapses that cannot be are refused with their place in the list")
  func impossible() throws {
    func keyAndValue(_ synapse: Synapse) -> [String?] {
      let error = #expect(throws: ParameterError.self) {
        try NetworkConstants(network([Synapse(source: 0, target: 1, delay: 1), synapse]), timeStep: 0.1)
      }
      return [error?.problems.first?.keyPath, error?.problems.first?.got]
    }
    #expect(
      keyAndValue(Synapse(source: 6, target: 1, delay: 1)) == ["network.synapses.source", "6 in synapse 1"])
    #expect(
      keyAndValue(Synapse(source: 0, target: -1, delay: 1)) == ["network.synapses.target", "-1 in synapse 1"])
    #expect(keyAndValue(Synapse(source: 0, target: 1, delay: 0.25)) == ["network.synapses.delay", "0.25"])
    #expect(keyAndValue(Synapse(source: 0, target: 1, delay: 0)) == ["network.synapses.delay", "0.0"])
    let many = [Synapse](repeating: Synapse(source: 0, target: 1, delay: 1), count: 32_768)
    let error = #expect(throws: ParameterError.self) { try NetworkConstants(network(many), timeStep: 0.1) }
    #expect(error?.problems.map(\.keyPath) == ["network.synapses"])
  }
}
