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
struct MembraneState {
  private typealias Potentials = SIMD8<Float>
  private typealias Words = SIMD8<UInt32>

  /// Potentials relative to rest in mV. Padding lanes stay at −∞ and never fire.
  private let potential: AlignedArray<Float>
  /// Steps for which each neuron remains clamped.
  private let refractory: AlignedArray<UInt16>
  private let constants: NetworkConstants

  /// Potentials start uniform in [rest, θ).
  init(constants: NetworkConstants, key: StreamKey) {
    let padded = constants.blocks * NeuronBlock.size
    potential = AlignedArray(repeating: -.infinity, count: padded)
    refractory = AlignedArray(repeating: 0, count: padded)
    self.constants = constants
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
  @inline(__always)
  func advance(
    block: Int, excitatory: UnsafePointer<UInt16>, inhibitory: UnsafePointer<UInt16>,
    spikes: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let decay = Potentials(repeating: constants.decay)
    let weightE = Potentials(repeating: constants.excitatoryWeight)
    let weightI = Potentials(repeating: constants.inhibitoryWeight)
    let threshold = Potentials(repeating: constants.threshold)
    let first = block * NeuronBlock.size
    let inputE = UnsafeRawPointer(excitatory).assumingMemoryBound(to: Words.self)
    let inputI = UnsafeRawPointer(inhibitory).assumingMemoryBound(to: Words.self)
    let v = UnsafeMutableRawPointer(potential.pointer + first).assumingMemoryBound(to: Potentials.self)
    let clamp = UnsafeMutableRawPointer(refractory.pointer + first).assumingMemoryBound(to: Words.self)
    var count = 0
    for group in 0..<(NeuronBlock.size / 16) {
      let clamped = clamp[group]
      let lower = Words(repeating: 0xffff), shift = Words(repeating: 16)

      let oldEven = v[2 * group]
      var newEven = oldEven * decay + (weightE * Potentials(small: inputE[group] & lower)
        + weightI * Potentials(small: inputI[group] & lower))
      newEven = oldEven.replaced(by: newEven, where: ((clamped & lower) .== .zero).bits)

      let oldOdd = v[2 * group + 1]
      var newOdd = oldOdd * decay + (weightE * Potentials(small: inputE[group] &>> shift)
        + weightI * Potentials(small: inputI[group] &>> shift))
      newOdd = oldOdd.replaced(by: newOdd, where: ((clamped &>> shift) .== .zero).bits)

      clamp[group] = unsafeBitCast(unsafeBitCast(clamped, to: SIMD16<UInt16>.self).countedDown, to: Words.self)
      let firesEven = newEven .>= threshold, firesOdd = newOdd .>= threshold
      let fires = firesEven.bits & Self.evenBits | firesOdd.bits & Self.oddBits
      if _slowPath(fires.hasBits) {
        let reset = Potentials(repeating: constants.reset)
        newEven = newEven.replaced(by: reset, where: firesEven.bits)
        newOdd = newOdd.replaced(by: reset, where: firesOdd.bits)
        var neurons = fires.combinedBits
        while neurons != 0 {
          let neuron = first &+ group &* 16 &+ neurons.trailingZeroBitCount
          spikes[count] = UInt32(truncatingIfNeeded: neuron)
          refractory.pointer[neuron] = constants.refractorySteps
          count &+= 1
          neurons &= neurons &- 1
        }
      }
      v[2 * group] = newEven
      v[2 * group + 1] = newOdd
    }
    return count
  }
}


extension MembraneState {
  /// Bit 2·lane: the place of the lane's even neuron in its group.
  private static var evenBits: Words { Words(1, 1 << 2, 1 << 4, 1 << 6, 1 << 8, 1 << 10, 1 << 12, 1 << 14) }
  private static var oddBits: Words { evenBits &<< Words(repeating: 1) }
}
