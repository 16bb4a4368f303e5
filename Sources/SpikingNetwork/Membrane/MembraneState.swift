import CVectorPrimitives
import RandomStreams

extension StreamPurpose {
  static let initialPotential = StreamPurpose("initial potential")
}

/// Membrane potentials and refractory counters of all neurons, and their exact step on the time grid.
///
/// Semantics of NEST's `iaf_psc_delta`: V ← V·exp(−dt/τ_m) + (J·n_E + (−g·J)·n_I); a spike where V ≥ θ;
/// then V rests at the reset potential for the refractory period and inputs are lost.
///
/// Counts are 16-bit and potentials 32-bit numbers. Of each group of 16 neurons the potentials of the 8 even
/// neurons are stored before those of the odd ones: then a 32-bit lane of counts holds an even neuron in its
/// lower and an odd neuron in its upper half, and widening takes a mask or a shift instead of a shuffle.
package struct MembraneState<Neurons: NeuronProperties> {
  private typealias Potentials = SIMD8<Float>
  private typealias Words = SIMD8<UInt32>

  /// Potentials relative to rest in mV. Padding lanes stay at −∞ and never fire.
  private let potential: AlignedArray<Float>
  /// Steps for which each neuron remains clamped.
  private let refractory: AlignedArray<UInt16>
  private let constants: NetworkConstants
  private let neurons: Neurons

  /// Potentials start uniform between rest and the nominal threshold.
  package init(neurons: Neurons, constants: NetworkConstants, key: StreamKey) {
    let padded = constants.blocks * NeuronBlock.size
    potential = AlignedArray(repeating: -.infinity, count: padded)
    refractory = AlignedArray(repeating: 0, count: padded)
    self.constants = constants
    self.neurons = neurons
    let stream = key.derived(.initialPotential)
    for neuron in 0..<constants.neurons {
      // 24 bits times θ stays below θ when rounded to Float.
      let fraction = Float(stream.word(at: UInt64(neuron)) >> 40) * 0x1p-24
      potential.pointer[Self.position(of: neuron)] = fraction * constants.threshold
    }
  }

  /// Where a neuron's potential is stored.
  static func position(of neuron: Int) -> Int {
    neuron & ~15 | (neuron & 1) << 3 | (neuron & 15) >> 1
  }

  /// Advances the block's neurons by one step and writes the ids of those that fire; returns their number.
  @inline(never)
  package func advance(
    block: Int, excitatory: UnsafePointer<UInt16>, inhibitory: UnsafePointer<UInt16>,
    spikes: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let neurons = self.neurons
    let weightE = Potentials(repeating: constants.excitatoryWeight)
    let weightI = Potentials(repeating: constants.inhibitoryWeight)
    let first = block * NeuronBlock.size
    let inputE = UnsafeRawPointer(excitatory).assumingMemoryBound(to: Words.self)
    let inputI = UnsafeRawPointer(inhibitory).assumingMemoryBound(to: Words.self)
    let v = UnsafeMutableRawPointer(potential.pointer + first).assumingMemoryBound(to: Potentials.self)
    let clamp = UnsafeMutableRawPointer(refractory.pointer + first).assumingMemoryBound(to: Words.self)

    var count = 0
    for group in 0..<(NeuronBlock.size / 16) {
      let clamped = clamp[group], nE = inputE[group], nI = inputI[group]
      let oldEven = v[2 * group], oldOdd = v[2 * group + 1]
      let place = first / 8 &+ 2 &* group
      var even =
        oldEven * neurons.decay(place)
        + (weightE * vector_lower_halves(nE) + weightI * vector_lower_halves(nI))
      var odd =
        oldOdd * neurons.decay(place &+ 1)
        + (weightE * vector_upper_halves(nE) + weightI * vector_upper_halves(nI))
      even = vector_select(vector_lower_is_zero(clamped), even, oldEven)
      odd = vector_select(vector_upper_is_zero(clamped), odd, oldOdd)
      clamp[group] = clamped.halvesCountedDown

      let firesEven = vector_at_least(even, neurons.threshold(place))
      let firesOdd = vector_at_least(odd, neurons.threshold(place &+ 1))
      let fires = vector_interleaved_bits(firesEven, firesOdd)
      if _slowPath(vector_has_bits(fires)) {
        let reset = Potentials(repeating: constants.reset)
        even = vector_select(firesEven, reset, even)
        odd = vector_select(firesOdd, reset, odd)
        var firing = vector_combined_bits(fires)
        while firing != 0 {
          let neuron = first &+ group &* 16 &+ firing.trailingZeroBitCount
          spikes[count] = UInt32(truncatingIfNeeded: neuron)
          refractory.pointer[neuron] = neurons.refractorySteps(neuron)
          count &+= 1
          firing &= firing &- 1
        }
      }
      v[2 * group] = even
      v[2 * group + 1] = odd
    }
    return count
  }
}

extension MembraneState where Neurons == UniformNeurons {
  /// Neurons with the properties that are in `constants`.
  package init(constants: NetworkConstants, key: StreamKey) {
    self.init(neurons: UniformNeurons(constants), constants: constants, key: key)
  }
}
