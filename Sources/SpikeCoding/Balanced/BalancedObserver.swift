/// Something that watches a network of two populations step by step.
package protocol BalancedObserver {
  /// Called in each step after both populations have spiked and learnt.
  mutating func observe(_ step: BalancedStepView)
}

/// What there is to see of two populations in a step.
package struct BalancedStepView {
  /// The step within the input, from 0.
  package let index: Int
  /// The excitatory and the inhibitory neuron that spike; −1 if none does.
  package let spikeE, spikeI: Int
  /// Voltages, [neuron].
  package let voltagesE, voltagesI: UnsafeBufferPointer<Double>
  /// What spikes have brought to excitatory neurons in this step, [neuron].
  package let kickE: UnsafeBufferPointer<Double>
}

extension BalancedStep {
  /// What an observer sees.
  @inline(__always)
  func view(_ index: Int, _ kE: Int, _ kI: Int) -> BalancedStepView {
    func values(_ row: Row, _ count: Int) -> UnsafeBufferPointer<Double> {
      UnsafeBufferPointer(start: UnsafeRawPointer(row).assumingMemoryBound(to: Double.self), count: count)
    }
    return BalancedStepView(
      index: index, spikeE: kE, spikeI: kI, voltagesE: values(excitatory.voltage, excitatory.neurons),
      voltagesI: values(inhibitory.voltage, inhibitory.neurons),
      kickE: values(excitatory.kick, excitatory.neurons))
  }
}

/// Notes which neurons spike in each step.
package struct BalancedSpikes: BalancedObserver, Sendable {
  /// The neurons that spiked, −1 if none did, [step].
  package private(set) var E: [Int32] = []
  package private(set) var I: [Int32] = []

  /// No step yet.
  package init() {}

  @inline(__always)
  package mutating func observe(_ step: BalancedStepView) {
    E.append(Int32(step.spikeE))
    I.append(Int32(step.spikeI))
  }
}
