import CNetworkStep
import RandomStreams

extension StreamPurpose {
  static let initialPotential = StreamPurpose("initial potential")
}

/// Membrane potentials, synaptic currents and refractory counters of all neurons, which the time step (`membrane.h`) advances.
package struct MembraneState {
  /// Potentials relative to rest in mV, in the order of ``position(of:)``. Padding stays at −∞ and never fires.
  private let potentials: AlignedArray<Float>
  /// Synaptic currents in mV, in the same order; nil if inputs arrive at once.
  private let currents: AlignedArray<Float>?
  /// Steps for which each neuron remains clamped.
  private let clamped: AlignedArray<UInt16>
  /// What differs between neurons.
  private let properties: NeuronProperties?
  private let constants: NetworkConstants

  /// Potentials start uniform between rest and the nominal threshold, synaptic currents at zero.
  package init(_ constants: NetworkConstants, key: StreamKey) {
    let padded = constants.lines * NeuronLine.size
    potentials = AlignedArray(repeating: -.infinity, count: padded)
    currents = constants.currentDecay.map { _ in AlignedArray(repeating: 0, count: padded) }
    clamped = AlignedArray(repeating: 0, count: padded)
    properties = constants.neuronDistributions.map {
      NeuronProperties($0, neurons: constants.neurons, key: key)
    }
    self.constants = constants
    let stream = key.derived(.initialPotential)
    for neuron in 0..<constants.neurons {
      // 24 bits times θ stays below θ when rounded to Float.
      let fraction = Float(stream.word(at: UInt64(neuron)) >> 40) * 0x1p-24
      potentials.pointer[Self.position(of: neuron)] = fraction * constants.threshold
    }
  }

  /// Where a neuron's potential is stored: of each 32 the even ones before the odd ones.
  static func position(of neuron: Int) -> Int { neuron & ~31 | (neuron & 1) << 4 | (neuron & 31) >> 1 }

  /// The potential of a neuron relative to rest, in mV.
  func potential(of neuron: Int) -> Float { potentials.pointer[Self.position(of: neuron)] }

  /// The state for functions in C, valid as long as this is.
  var native: network_neurons {
    network_neurons(
      potentials: potentials.pointer, clamped: clamped.pointer, excitatory_weight: constants.excitatoryWeight,
      inhibitory_weight: constants.inhibitoryWeight, reset: constants.reset, decay: constants.decay,
      threshold: constants.threshold, refractory_steps: constants.refractorySteps,
      decays: properties.map { UnsafePointer($0.decays.pointer) },
      thresholds: properties.map { UnsafePointer($0.thresholds.pointer) },
      each_refractory_steps: properties.map { UnsafePointer($0.refractorySteps.pointer) },
      currents: currents?.pointer, transfers: properties?.transfers.map { UnsafePointer($0.pointer) },
      current_decay: constants.currentDecay ?? 0)
  }
}
