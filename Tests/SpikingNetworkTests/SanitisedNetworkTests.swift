import RandomStreams
import SpikingNetwork
import Testing

/// All ways through the simulator on inputs that are small enough for a debug build under a sanitizer, for which
/// `./test.sh --sanitize` chooses suites of this name.
@Suite struct SanitisedNetworkTests {
  private struct Case: Sendable {
    let parameters: NetworkParameters
    let formats: [WiringFormat]
  }

  /// Blocks that are full and not, numbers of neurons with remainders, delays and thresholds that are equal and not.
  private static let cases = [
    Case(parameters: .small(256, 1, inDegrees: (20, 5)) { $0.eta = 3 }, formats: WiringFormat.allCases),
    Case(
      parameters: .small(300, 77, inDegrees: (40, 10)) { ($0.eta, $0.allowsMultapses) = (3, false) },
      formats: WiringFormat.allCases),
    Case(
      parameters: .small(231, 70, inDegrees: (20, 5)) {
        $0.eta = 3
        $0.spread.delay = Spread(standardDeviation: 0.5, bounds: 0.1...3)
        $0.spread.threshold = Spread(standardDeviation: 1, bounds: 15...25)
      }, formats: [.delayedTargetLists]),
  ]

  @Test("Simulations that run at the same time, each drawn by several threads, agree", arguments: 0..<3)
  func simulations(number: Int) async throws {
    let test = Self.cases[number]
    let simulation = try Simulation(test.parameters, timing: SimulationTiming(duration: 12))
    let key = StreamKey(seed: 1)
    let alone = simulation.run(key: key, keepsSpikes: true).spikes
    #expect((alone?.grid.count ?? 0) > 100)
    await withTaskGroup { group in
      for format in test.formats {
        group.addTask {
          let memory = SimulationMemory()
          for _ in 0..<2 {
            let spikes = simulation.run(
              key: key, keepsSpikes: true, format: format, memory: memory, threads: 3
            ).spikes
            #expect(spikes == alone)
          }
        }
      }
    }
  }
}
