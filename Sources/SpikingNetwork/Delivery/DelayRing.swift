/// The spikes of one time step, ids in increasing order; excitatory neurons come first.
package struct StepSpikes {
  let excitatory: UnsafeBufferPointer<UInt32>
  let inhibitory: UnsafeBufferPointer<UInt32>

  package init(excitatory: UnsafeBufferPointer<UInt32>, inhibitory: UnsafeBufferPointer<UInt32>) {
    self.excitatory = excitatory
    self.inhibitory = inhibitory
  }

  var count: Int { excitatory.count + inhibitory.count }

  static var none: StepSpikes {
    StepSpikes(
      excitatory: UnsafeBufferPointer(start: nil, count: 0),
      inhibitory: UnsafeBufferPointer(start: nil, count: 0))
  }
}

/// The spikes of the last steps, until they arrive: a ring with one list of ids per step.
package struct DelayRing {
  private let capacity: Int
  private let excitatoryNeurons: UInt32
  private let delaySteps: Int
  private let ids: AlignedArray<UInt32>
  private var counts: [(excitatory: Int, all: Int)]

  package init(delaySteps: Int, neurons: Int, excitatoryNeurons: Int) {
    self.delaySteps = delaySteps
    self.excitatoryNeurons = UInt32(excitatoryNeurons)
    capacity = neurons
    ids = AlignedArray(repeating: 0, count: (delaySteps + 1) * neurons)
    counts = Array(repeating: (0, 0), count: delaySteps + 1)
  }

  /// Where the ids of the spikes of `step` are to be written.
  package func storage(for step: Int) -> UnsafeMutablePointer<UInt32> {
    ids.pointer + (step % counts.count) * capacity
  }

  /// Declares the `count` ids written to `storage(for: step)` and returns them.
  package mutating func commit(step: Int, count: Int) -> StepSpikes {
    let list = storage(for: step)
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < excitatoryNeurons { low = middle + 1 } else { high = middle }
    }
    counts[step % counts.count] = (low, count)
    return spikes(of: step)
  }

  /// The spikes that arrive in `step`: those of `step` − delay, none at first.
  func arriving(at step: Int) -> StepSpikes {
    step < delaySteps ? .none : spikes(of: step - delaySteps)
  }

  /// The spikes of the step before `step`.
  func fired(before step: Int) -> StepSpikes { step == 0 ? .none : spikes(of: step - 1) }

  /// What is known, before the spikes of `step` − 1 are, of those that arrive in `step`.
  func known(at step: Int) -> StepSpikes { delaySteps > 1 ? arriving(at: step) : .none }

  private func spikes(of step: Int) -> StepSpikes {
    let list = storage(for: step)
    let (excitatory, all) = counts[step % counts.count]
    return StepSpikes(
      excitatory: UnsafeBufferPointer(start: list, count: excitatory),
      inhibitory: UnsafeBufferPointer(start: list + excitatory, count: all - excitatory))
  }
}
