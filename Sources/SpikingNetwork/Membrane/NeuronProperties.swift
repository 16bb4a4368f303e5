import Foundation
import RandomStreams

extension StreamPurpose {
  static let membraneTimeConstant = StreamPurpose("membrane time constant")
  static let threshold = StreamPurpose("threshold")
  static let refractoryPeriod = StreamPurpose("refractory period")
}

/// What may differ between neurons. The membrane step is specialised for each conforming type.
///
/// Vectors are groups of eight neurons in the order of ``MembraneState/position(of:)``.
package protocol NeuronProperties {
  /// exp(−dt/τ_m) of a group.
  func decay(_ group: Int) -> SIMD8<Float>
  /// Threshold of a group relative to rest in mV.
  func threshold(_ group: Int) -> SIMD8<Float>
  /// Steps for which a neuron is clamped after a spike.
  func refractorySteps(_ neuron: Int) -> UInt16
}

/// The same properties for all neurons.
package struct UniformNeurons: NeuronProperties {
  private let decay: Float
  private let threshold: Float
  private let refractorySteps: UInt16

  init(_ constants: NetworkConstants) {
    decay = constants.decay
    threshold = constants.threshold
    refractorySteps = constants.refractorySteps
  }

  @inline(__always) package func decay(_ group: Int) -> SIMD8<Float> { SIMD8(repeating: decay) }
  @inline(__always) package func threshold(_ group: Int) -> SIMD8<Float> { SIMD8(repeating: threshold) }
  @inline(__always) package func refractorySteps(_ neuron: Int) -> UInt16 { refractorySteps }
}

/// The distributions from which each neuron's properties are drawn, in ms and mV.
package struct NeuronDistributions: Sendable {
  let membraneTimeConstant: TruncatedNormal
  let threshold: TruncatedNormal
  let refractoryPeriod: TruncatedNormal
  let restingPotential: Double
  let timeStep: Double
}

/// Properties drawn for each neuron by its key.
package struct DistributedNeurons: NeuronProperties {
  private let decays: AlignedArray<Float>
  private let thresholds: AlignedArray<Float>
  private let refractorySteps: AlignedArray<UInt16>

  /// Draws the properties of `neurons` neurons; padding has those of neuron 0.
  package init(_ law: NeuronDistributions, neurons: Int, key: StreamKey) {
    func draw(_ distribution: TruncatedNormal, _ purpose: StreamPurpose, _ neuron: Int) -> Double {
      var random = key.derived(purpose, UInt64(neuron)).generator()
      return distribution.sample(&random)
    }
    let padded = NeuronBlock.count(for: neurons) * NeuronBlock.size
    decays = AlignedArray(repeating: 0, count: padded)
    thresholds = AlignedArray(repeating: 0, count: padded)
    refractorySteps = AlignedArray(repeating: 0, count: padded)
    for index in 0..<padded {
      let neuron = index < neurons ? index : 0
      let position = MembraneState<Self>.position(of: index)
      let timeConstant = draw(law.membraneTimeConstant, .membraneTimeConstant, neuron)
      decays.pointer[position] = Float(exp(-law.timeStep / timeConstant))
      thresholds.pointer[position] = Float(draw(law.threshold, .threshold, neuron) - law.restingPotential)
      let period = draw(law.refractoryPeriod, .refractoryPeriod, neuron)
      refractorySteps.pointer[index] = UInt16((period / law.timeStep).rounded())
    }
  }

  @inline(__always) package func decay(_ group: Int) -> SIMD8<Float> { Self.vector(decays, group) }
  @inline(__always) package func threshold(_ group: Int) -> SIMD8<Float> { Self.vector(thresholds, group) }
  @inline(__always) package func refractorySteps(_ neuron: Int) -> UInt16 { refractorySteps.pointer[neuron] }

  @inline(__always)
  private static func vector(_ values: AlignedArray<Float>, _ group: Int) -> SIMD8<Float> {
    UnsafeRawPointer(values.pointer).assumingMemoryBound(to: SIMD8<Float>.self)[group]
  }
}
