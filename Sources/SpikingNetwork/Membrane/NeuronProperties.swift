import Foundation
import RandomStreams

extension StreamPurpose {
  static let membraneTimeConstant = StreamPurpose("membrane time constant")
  static let threshold = StreamPurpose("threshold")
  static let refractoryPeriod = StreamPurpose("refractory period")
}

/// The distributions from which each neuron's properties are drawn, in ms and mV.
package struct NeuronDistributions: Sendable {
  let membraneTimeConstant: TruncatedNormal
  let threshold: TruncatedNormal
  let refractoryPeriod: TruncatedNormal
  let restingPotential: Double
  /// Of all neurons; 0 if inputs arrive at once.
  let synapticTimeConstant: Double
  let timeStep: Double
}

/// Properties drawn for each neuron by its key.
package struct NeuronProperties {
  /// exp(−dt/τ_m) in the order of ``MembraneState/position(of:)``.
  package let decays: AlignedArray<Float>
  /// What the potential takes up in a step of a synaptic current, in the same order; nil if inputs arrive at once.
  package let transfers: AlignedArray<Float>?
  /// Thresholds relative to rest in mV, in the same order.
  package let thresholds: AlignedArray<Float>
  /// Steps for which each neuron is clamped after a spike, in the order of neurons.
  package let refractorySteps: AlignedArray<UInt16>

  /// Draws the properties of `neurons` neurons; padding has those of neuron 0.
  package init(_ law: NeuronDistributions, neurons: Int, key: StreamKey) {
    func draw(_ distribution: TruncatedNormal, _ purpose: StreamPurpose, _ neuron: Int) -> Double {
      var random = key.derived(purpose, UInt64(neuron)).generator()
      return distribution.sample(&random)
    }
    let padded = NeuronLine.count(for: neurons) * NeuronLine.size
    decays = AlignedArray(repeating: 0, count: padded)
    transfers = law.synapticTimeConstant > 0 ? AlignedArray(repeating: 0, count: padded) : nil
    thresholds = AlignedArray(repeating: 0, count: padded)
    refractorySteps = AlignedArray(repeating: 0, count: padded)
    for index in 0..<padded {
      let neuron = index < neurons ? index : 0
      let position = MembraneState.position(of: index)
      let timeConstant = draw(law.membraneTimeConstant, .membraneTimeConstant, neuron)
      decays.pointer[position] = Float(exp(-law.timeStep / timeConstant))
      transfers?.pointer[position] = Float(
        Self.transfer(
          membraneTimeConstant: timeConstant, synapticTimeConstant: law.synapticTimeConstant,
          step: law.timeStep))
      thresholds.pointer[position] = Float(draw(law.threshold, .threshold, neuron) - law.restingPotential)
      let period = draw(law.refractoryPeriod, .refractoryPeriod, neuron)
      refractorySteps.pointer[index] = UInt16((period / law.timeStep).rounded())
    }
  }

  /// The share of a synaptic current, in mV as the charge still to come, that the potential holds after a step without other
  /// inputs: τ_m/(τ_m − τ_syn)·(exp(−dt/τ_m) − exp(−dt/τ_syn)), and dt/τ·exp(−dt/τ) where both time constants are τ. All
  /// times are in ms.
  package static func transfer(
    membraneTimeConstant: Double, synapticTimeConstant: Double, step: Double
  ) -> Double {
    let slow = max(membraneTimeConstant, synapticTimeConstant)
    let fast = min(membraneTimeConstant, synapticTimeConstant)
    guard slow > fast else { return step / slow * exp(-step / slow) }
    // The difference of nearly equal exponentials would be lost to rounding.
    let excess = step * (slow - fast) / slow / fast
    return membraneTimeConstant / (slow - fast) * exp(-step / slow) * -expm1(-excess)
  }
}
