/// Counts spikes by population and bin, follows inter-spike intervals, and keeps spikes on request.
///
/// A spike of step k happens at (k + 1)·dt; it belongs to the bin [b, b + 1) with b ≤ (k + 1)·dt in units of the bin width. A spike
/// at the very end of the simulation lies in no bin.
package struct SpikeRecorder {
  package private(set) var excitatoryHistogram: [UInt32]
  package private(set) var inhibitoryHistogram: [UInt32]
  package private(set) var intervals: IntervalStatistics
  package private(set) var spikes: SpikeTimes?
  private let stepsPerBin: Int
  private let transientSteps: Int

  /// Sizes in time steps; intervals are followed for spikes within [transient, duration).
  package init(steps: Int, stepsPerBin: Int, transientSteps: Int, neurons: Int, keepsSpikes: Bool) {
    excitatoryHistogram = Array(repeating: 0, count: steps / stepsPerBin)
    inhibitoryHistogram = excitatoryHistogram
    intervals = IntervalStatistics(neurons: neurons)
    spikes = keepsSpikes ? SpikeTimes() : nil
    self.stepsPerBin = stepsPerBin
    self.transientSteps = transientSteps
  }

  package mutating func record(step: Int, spikes stepSpikes: StepSpikes) {
    guard stepSpikes.count > 0 else { return }
    let grid = step + 1
    let bin = grid / stepsPerBin
    guard bin < excitatoryHistogram.count else { return }
    excitatoryHistogram[bin] += UInt32(stepSpikes.excitatory.count)
    inhibitoryHistogram[bin] += UInt32(stepSpikes.inhibitory.count)
    if grid >= transientSteps {
      intervals.add(stepSpikes.excitatory, at: UInt32(grid))
      intervals.add(stepSpikes.inhibitory, at: UInt32(grid))
    }
    spikes?.append(stepSpikes, grid: UInt32(grid))
  }
}

/// All spikes of a simulation in order of time, then of neuron.
public struct SpikeTimes: Sendable, Equatable {
  /// Spike times as multiples of the time step.
  public private(set) var grid: [UInt32] = []
  /// Neuron ids; excitatory neurons are 0 ..< N_E, inhibitory ones follow.
  public private(set) var neurons: [UInt32] = []

  /// None.
  init() {}

  /// Spikes in order of time, then of neuron.
  package init(grid: [UInt32], neurons: [UInt32]) {
    precondition(grid.count == neurons.count, "a neuron for each time")
    (self.grid, self.neurons) = (grid, neurons)
  }

  mutating func append(_ spikes: StepSpikes, grid time: UInt32) {
    grid.append(contentsOf: repeatElement(time, count: spikes.count))
    neurons.append(contentsOf: spikes.excitatory)
    neurons.append(contentsOf: spikes.inhibitory)
  }
}
