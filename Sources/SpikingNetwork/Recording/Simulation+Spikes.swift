extension Simulation {
  /// What a run gives that has these spikes, wherever they come from: histograms and activity, counted as in ``run(key:keepsSpikes:format:memory:threads:)``.
  ///
  /// - Parameter spikes: Spikes in order of time, then of neuron, each neuron at most once at a time.
  package func result(of spikes: SpikeTimes) -> SimulationResult {
    let stepsPerMillisecond = timing.stepsPerBin * timing.binsPerMillisecond
    var recorder = SpikeRecorder(
      steps: timing.duration * stepsPerMillisecond, stepsPerBin: timing.stepsPerBin,
      transientSteps: timing.transient * stepsPerMillisecond, neurons: network.neurons, keepsSpikes: false)
    spikes.neurons.withUnsafeBufferPointer { neurons in
      var start = 0
      while start < neurons.count {
        let time = spikes.grid[start]
        let end = spikes.grid[start...].firstIndex { $0 != time } ?? neurons.count
        let middle =
          neurons[start..<end].firstIndex { $0 >= UInt32(network.excitatoryNeurons) } ?? end
        recorder.record(
          step: Int(time) - 1,
          spikes: StepSpikes(
            excitatory: UnsafeBufferPointer(rebasing: neurons[start..<middle]),
            inhibitory: UnsafeBufferPointer(rebasing: neurons[middle..<end])))
        start = end
      }
    }
    return SimulationResult(
      excitatoryHistogram: recorder.excitatoryHistogram, inhibitoryHistogram: recorder.inhibitoryHistogram,
      activity: activity(recorder), spikes: spikes, buildSeconds: 0, simulateSeconds: 0)
  }
}

extension SimulationTiming {
  /// Time steps of a whole simulation.
  package var steps: Int { duration * stepsPerBin * binsPerMillisecond }
}
