import CVectorPrimitives
import RandomStreams

/// Noise of eight neurons at a time, in the order in which steps need it: for voltages and for thresholds.
package protocol NoiseSource {
  /// The next standard normal numbers of eight neurons.
  mutating func next() -> (voltage: SIMD8<Double>, threshold: SIMD8<Double>)
}

/// Noise drawn from a key.
package struct DrawnNoise: NoiseSource, Sendable {
  private var lanes: XoshiroLanes

  /// The noise of a key.
  package init(key: StreamKey) { lanes = XoshiroLanes(key: key) }

  @inline(__always)
  package mutating func next() -> (voltage: SIMD8<Double>, threshold: SIMD8<Double>) {
    let (first, second) = lanes.normalPair()
    return (vector_doubles(first), vector_doubles(second))
  }
}

/// No noise.
package struct NoNoise: NoiseSource, Sendable {
  package init() {}

  @inline(__always)
  package mutating func next() -> (voltage: SIMD8<Double>, threshold: SIMD8<Double>) { (.zero, .zero) }
}
