import RandomStreams
import SpikingNetwork
import Testing

@Suite("Spike recorder")
struct SpikeRecorderTests {
  /// Ten steps a millisecond, ten milliseconds, neurons 0 … 2 excitatory and 3, 4 inhibitory.
  private struct Recording {
    var recorder: SpikeRecorder

    init(transient: Int = 0, keepsSpikes: Bool = true) {
      recorder = SpikeRecorder(
        steps: 100, stepsPerBin: 10, transientSteps: transient, neurons: 5, keepsSpikes: keepsSpikes)
    }

    /// Spikes at the time `grid`·dt, that is of the step before.
    mutating func spike(at grid: Int, _ neurons: [UInt32]) {
      neurons.withUnsafeBufferPointer { ids in
        let excitatory = ids.count { $0 < 3 }
        recorder.record(
          step: grid - 1,
          spikes: StepSpikes(
            excitatory: .init(rebasing: ids[..<excitatory]), inhibitory: .init(rebasing: ids[excitatory...])))
      }
    }
  }

  @Test("A bin holds the spikes from its first instant to before the next one's")
  func binEdges() {
    var recording = Recording()
    recording.spike(at: 1, [0])
    recording.spike(at: 9, [1, 3])
    recording.spike(at: 10, [0, 2, 4])  // at exactly 1 ms
    recording.spike(at: 11, [3])
    recording.spike(at: 90, [0])
    recording.spike(at: 99, [1, 2, 3, 4])
    #expect(recording.recorder.excitatoryHistogram == [2, 2, 0, 0, 0, 0, 0, 0, 0, 3])
    #expect(recording.recorder.inhibitoryHistogram == [1, 2, 0, 0, 0, 0, 0, 0, 0, 2])
  }

  @Test("A spike at the last instant lies in no bin and is kept nowhere")
  func lastInstant() {
    var recording = Recording()
    for time in [20, 40, 60] { recording.spike(at: time, [0]) }
    let before = recording.recorder.intervals.coefficientOfVariation()
    recording.spike(at: 100, [0, 3])
    #expect(recording.recorder.excitatoryHistogram.reduce(0, +) == 3)
    #expect(recording.recorder.inhibitoryHistogram.reduce(0, +) == 0)
    #expect(recording.recorder.spikes?.grid == [20, 40, 60])
    #expect(recording.recorder.intervals.coefficientOfVariation() == before)
  }

  @Test("Spikes are kept in order of time, then of neuron, if asked for")
  func keptSpikes() {
    var recording = Recording()
    recording.spike(at: 3, [1, 2, 4])
    recording.spike(at: 4, [])
    recording.spike(at: 7, [0])
    #expect(recording.recorder.spikes?.grid == [3, 3, 3, 7])
    #expect(recording.recorder.spikes?.neurons == [1, 2, 4, 0])
    #expect(Recording(keepsSpikes: false).recorder.spikes == nil)
  }

  @Test("Only neurons with three spikes take part in the coefficient of variation")
  func threeSpikes() {
    var recording = Recording()
    for time in [10, 30] { recording.spike(at: time, [0, 1, 3]) }
    #expect(recording.recorder.intervals.coefficientOfVariation().mean.isNaN)
    #expect(recording.recorder.intervals.coefficientOfVariation().neurons == 0)
    // Intervals 20 and 20 of neuron 0, 20 and 40 of neuron 3: 0 and 10/30.
    recording.spike(at: 50, [0])
    recording.spike(at: 70, [3])
    let (mean, neurons) = recording.recorder.intervals.coefficientOfVariation()
    #expect(neurons == 2)
    #expect(abs(mean - 1.0 / 6) < 1e-15)
  }

  @Test("Intervals are followed from the end of the transient, its instant included")
  func transient() {
    var recording = Recording(transient: 40)
    for time in [10, 39, 40, 50, 80] { recording.spike(at: time, [2]) }
    // Intervals 10 and 30 are left: standard deviation 10, mean 20.
    #expect(recording.recorder.intervals.coefficientOfVariation() == (0.5, 1))
    #expect(recording.recorder.excitatoryHistogram.reduce(0, +) == 5)
  }

  @Test("Histograms, rates and irregularity are those of the spikes", arguments: [0, 100, 299])
  func activityOfSimulation(transient: Int) throws {
    let parameters = NetworkParameters.small(301, 77, inDegrees: (40, 10))
    let result = try Simulation(parameters, timing: SimulationTiming(duration: 300, transient: transient))
      .run(key: StreamKey(seed: 5), keepsSpikes: true)
    let spikes = try #require(result.spikes)
    var histograms = [[UInt32]](repeating: .init(repeating: 0, count: 300), count: 2)
    var trains = [[Int]](repeating: [], count: parameters.neurons)
    for (time, neuron) in zip(spikes.grid, spikes.neurons) {
      histograms[neuron < 301 ? 0 : 1][Int(time) / 10] += 1
      if Int(time) >= 10 * transient { trains[Int(neuron)].append(Int(time)) }
    }
    #expect(result.excitatoryHistogram == histograms[0])
    #expect(result.inhibitoryHistogram == histograms[1])

    let variations: [Double] = trains.filter { $0.count >= 3 }.map { train in
      let intervals = zip(train.dropFirst(), train).map { Double($0 - $1) }
      let n = Double(intervals.count)
      let mean = intervals.reduce(0, +) / n
      return (intervals.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / n).squareRoot() / mean
    }
    let activity = result.activity
    #expect(activity.coefficientOfVariationNeurons == variations.count)
    if variations.isEmpty {
      #expect(activity.coefficientOfVariation.isNaN)
    } else {
      let mean = variations.reduce(0, +) / Double(variations.count)
      #expect(abs(activity.coefficientOfVariation - mean) < 1e-12)
    }
    let seconds = Double(300 - transient) / 1000
    let excitatory = trains[..<301].map(\.count).reduce(0, +)
    let inhibitory = trains[301...].map(\.count).reduce(0, +)
    #expect(activity.spikes == excitatory + inhibitory && activity.spikes > 0)
    #expect(abs(activity.excitatoryRate - Double(excitatory) / 301 / seconds) < 1e-9)
    #expect(abs(activity.inhibitoryRate - Double(inhibitory) / 77 / seconds) < 1e-9)
    #expect(abs(activity.rate - Double(excitatory + inhibitory) / 378 / seconds) < 1e-9)
  }
}
