import ParameterChecks
import RandomStreams
import SpikingNetwork
import Testing

@Suite("Bins of histograms")
struct HistogramBinTests {
  private func histograms(bin: Double, timeStep: Double = 0.1) throws -> (e: [UInt32], i: [UInt32]) {
    let timing = SimulationTiming(duration: 300, transient: 50, timeStep: timeStep, bin: bin)
    let result = try Simulation(.small(400, 100, inDegrees: (40, 10)), timing: timing)
      .run(key: StreamKey(seed: 9))
    #expect(result.excitatoryHistogram.count == timing.binCount)
    return (result.excitatoryHistogram, result.inhibitoryHistogram)
  }

  private func summed(_ counts: [UInt32], by width: Int) -> [UInt32] {
    stride(from: 0, to: counts.count, by: width).map { counts[$0..<$0 + width].reduce(0, +) }
  }

  @Test("Fine bins sum to those of 1 ms", arguments: [(0.1, 10), (0.2, 5), (0.5, 2)])
  func sums(bin: Double, width: Int) throws {
    let (fine, whole) = (try histograms(bin: bin), try histograms(bin: 1))
    #expect(fine.e.count == 300 * width)
    #expect(summed(fine.e, by: width) == whole.e)
    #expect(summed(fine.i, by: width) == whole.i)
    #expect(whole.e.reduce(0, +) > 1000)
  }

  @Test("A spike lies in the bin of its time", arguments: [0.1, 0.5])
  func spikeTimes(bin: Double) throws {
    let timing = SimulationTiming(duration: 200, bin: bin)
    let result = try Simulation(.small(400, 100, inDegrees: (40, 10)), timing: timing)
      .run(key: StreamKey(seed: 9), keepsSpikes: true)
    let spikes = try #require(result.spikes)
    var expected = [UInt32](repeating: 0, count: timing.binCount)
    for (time, neuron) in zip(spikes.grid, spikes.neurons) where neuron < 400 {
      expected[Int(time) / (bin == 0.1 ? 1 : 5)] += 1
    }
    #expect(result.excitatoryHistogram == expected)
  }

  @Test("Rates and intervals do not depend on bins")
  func activity() throws {
    let activity = try [0.1, 1].map { bin in
      try Simulation(
        .small(400, 100, inDegrees: (40, 10)),
        timing: SimulationTiming(duration: 300, transient: 50, bin: bin)
      ).run(key: StreamKey(seed: 9)).activity
    }
    #expect(activity[0] == activity[1])
  }

  private func problems(_ timing: SimulationTiming) -> [ParameterProblem] {
    var rules = ParameterRules()
    timing.check(&rules)
    return rules.problems
  }

  @Test("Bins divide a millisecond, and time steps bins")
  func checks() {
    for bin in [0.1, 0.2, 0.5, 1] {
      let timing = SimulationTiming(duration: 200, transient: 7, bin: bin)
      #expect(problems(timing).isEmpty)
      #expect(Double(timing.binCount) * bin == 200)
      #expect(timing.transientBins == 7 * timing.binsPerMillisecond)
    }
    for bin in [0, -1, 0.05, 0.25, 0.3, 2, .nan, .infinity] {
      #expect(problems(SimulationTiming(duration: 200, bin: bin)).first?.keyPath == "simulation.bin_ms")
    }
    // A step of 0.25 ms divides 0.5 ms, but neither 0.2 ms nor 0.1 ms.
    #expect(problems(SimulationTiming(duration: 200, timeStep: 0.25, bin: 0.5)).isEmpty)
    for bin in [0.1, 0.2] {
      let found = problems(SimulationTiming(duration: 200, timeStep: 0.25, bin: bin))
      #expect(found.map(\.keyPath) == ["simulation.dt_ms"])
      #expect(found.first?.keyPaths.contains("simulation.bin_ms") == true)
    }
  }
}
