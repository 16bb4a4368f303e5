import RandomStreams
import SpikingNetwork
import Testing

/// Two neurons, both driven by neuron 0 alone, whose every input is a spike unless they are refractory.
@Suite("Delay and refractoriness of a loop")
struct DelayTests {
  /// The spikes of neuron 0 and of neuron 1 within one second, on the grid of 0.1 ms.
  private func spikes(delay: Int, refractory: Int, format: WiringFormat) throws -> [[Int]] {
    let parameters = NetworkParameters.small(1, 1, inDegrees: (1, 0)) {
      $0.efficacy = 25  // above the threshold
      $0.delay = Double(delay) / 10
      $0.refractoryPeriod = Double(refractory) / 10
      $0.eta = 0.25  // one external input in 100 ms
    }
    let result = try Simulation(parameters, timing: SimulationTiming(duration: 1000))
      .run(key: StreamKey(seed: 3), keepsSpikes: true, format: format)
    let spikes = try #require(result.spikes)
    var times: [[Int]] = [[], []]
    for (time, neuron) in zip(spikes.grid, spikes.neurons) { times[Int(neuron)].append(Int(time)) }
    return times
  }

  /// Steps with external inputs to neuron 0.
  private func externalInputs() throws -> [Int] {
    var drive = try ReferenceDrive(mean: 0.001, blocks: 1, key: StreamKey(seed: 3))
    return (0..<9999).filter { drive.counts(step: $0)[0] > 0 }
  }

  @Test("A spike arrives after exactly the delay", arguments: WiringFormat.allCases, [1, 2, 15, 100])
  func arrival(format: WiringFormat, delay: Int) throws {
    let times = try spikes(delay: delay, refractory: 0, format: format)
    // A step with external inputs starts a series of spikes with the period of the delay.
    var expected: Set<Int> = []
    for step in try externalInputs() { expected.formUnion(stride(from: step + 1, to: 10_000, by: delay)) }
    #expect(times[0] == expected.sorted())
    #expect(!expected.isEmpty)
    let arrivals = times[0].map { $0 + delay }.filter { $0 < 10_000 }
    #expect(Set(arrivals).isSubset(of: times[1]))
  }

  @Test("The loop goes on if the delay exceeds the refractory period", arguments: WiringFormat.allCases)
  func arrivalAfterRefractoriness(format: WiringFormat) throws {
    let times = try spikes(delay: 21, refractory: 20, format: format)
    let first = try #require(try externalInputs().first) + 1
    #expect(times[0] == Array(stride(from: first, to: 10_000, by: 21)))
  }

  @Test("A spike that arrives in the last refractory step is lost", arguments: WiringFormat.allCases)
  func arrivalDuringRefractoriness(format: WiringFormat) throws {
    let times = try spikes(delay: 20, refractory: 20, format: format)
    var expected: [Int] = []
    for step in try externalInputs() where step >= (expected.last ?? -20) + 20 { expected.append(step + 1) }
    #expect(times[0] == expected)
    #expect(expected.count > 2)
  }
}
