import RandomStreams
import SpikingNetwork
import Testing

@Suite("Determinism")
struct DeterminismTests {
  struct Golden: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let parameters: NetworkParameters
    let duration: Int
    let seed: UInt64
    /// Spikes of the whole duration and the FNV-1a hash of their times and neurons.
    let spikes: Int
    let hash: UInt64
  }

  /// Recorded once. A change of any of them means that results of the package have changed.
  static let golden = [
    Golden(
      testDescription: "small network", parameters: .small(800, 200, inDegrees: (80, 20)), duration: 500,
      seed: 1, spikes: 33_440, hash: 0xa2e1_3d7d_3962_6347),
    Golden(
      testDescription: "small network, seed 2", parameters: .small(800, 200, inDegrees: (80, 20)),
      duration: 500, seed: 2, spikes: 32_281, hash: 0x4332_cc56_ae7a_673d),
    Golden(
      testDescription: "small network without multapses and autapses",
      parameters: .small(800, 200, inDegrees: (80, 20)) {
        ($0.allowsMultapses, $0.allowsAutapses) = (false, false)
      },
      duration: 500, seed: 1, spikes: 35_024, hash: 0x9066_3bea_f328_a514),
    Golden(
      testDescription: "the paper's network", parameters: NetworkParameters(), duration: 200, seed: 1,
      spikes: 93_052, hash: 0x4581_125b_3946_d229),
  ]

  private func hash(_ spikes: SpikeTimes) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for (time, neuron) in zip(spikes.grid, spikes.neurons) {
      for word in [time, neuron] {
        for shift in [0, 8, 16, 24] as [UInt32] {
          hash = (hash ^ UInt64(word >> shift & 0xff)) &* 0x0000_0100_0000_01b3
        }
      }
    }
    return hash
  }

  @Test("Spikes never change", arguments: golden)
  func goldenSpikes(_ golden: Golden) throws {
    let result = try Simulation(golden.parameters, timing: SimulationTiming(duration: golden.duration))
      .run(key: StreamKey(seed: golden.seed), keepsSpikes: true)
    let spikes = try #require(result.spikes)
    #expect(spikes.grid.count == golden.spikes)
    #expect(hash(spikes) == golden.hash)
  }

  @Test("Simulations that run at the same time do not disturb each other")
  func concurrency() async throws {
    let simulation = try Simulation(
      .small(800, 200, inDegrees: (80, 20)), timing: SimulationTiming(duration: 200))
    let alone = (0..<4).map { simulation.run(key: StreamKey(seed: $0), keepsSpikes: true).spikes }
    let together = await withTaskGroup(of: (Int, SpikeTimes?).self) { group in
      for run in 0..<8 {
        group.addTask {
          // Both engines at once, every seed twice.
          let format: WiringFormat = run < 4 ? .bitMatrix : .targetLists
          let key = StreamKey(seed: UInt64(run % 4))
          return (run, simulation.run(key: key, keepsSpikes: true, format: format).spikes)
        }
      }
      return await group.reduce(into: [Int: SpikeTimes?]()) { $0[$1.0] = $1.1 }
    }
    for run in 0..<8 {
      let isUndisturbed = together[run] == alone[run % 4]
      #expect(isUndisturbed, "run \(run)")
    }
    #expect(Set(alone.map { $0?.grid.count }).count > 1)
  }
}
