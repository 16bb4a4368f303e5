/// Something that watches a network step by step.
package protocol StepObserver {
  /// Called in each step after the spiking neuron was chosen, before its spike has any effect.
  mutating func observe(_ step: NetworkStep)
}

/// What there is to see of a population in a step.
package struct NetworkStep {
  /// The step within the input, from 0.
  package let index: Int
  /// The neuron that spikes; −1 if none does.
  package let spike: Int
  /// Voltages, [neuron].
  package let voltages: UnsafeBufferPointer<Double>
  /// Filtered spikes of the steps before, [neuron].
  package let filteredSpikes: UnsafeBufferPointer<Double>
}

/// Watches nothing.
package struct NoObserver: StepObserver {
  package init() {}

  @inline(__always)
  package mutating func observe(_ step: NetworkStep) {}
}

/// Notes which neuron spikes in each step.
package struct SpikeObserver: StepObserver, Sendable {
  /// The neuron that spiked, −1 if none did, [step].
  package private(set) var spikes: [Int32] = []

  /// No step yet.
  package init() {}

  @inline(__always)
  package mutating func observe(_ step: NetworkStep) { spikes.append(Int32(step.spike)) }
}
