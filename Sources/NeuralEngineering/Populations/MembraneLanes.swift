/// The membranes of a population, eight neurons side by side.
///
/// One step in this order: v += dt (J − v)/τ, floor at 0, v = 0 and one step less where refractory, spikes where v > 1. All
/// operations are those of a scalar loop in the same order, so that the results are the same to the last bit.
package struct MembraneLanes {
  typealias Lanes = SIMD8<Double>

  /// What does not change: the currents' slopes and biases, and constants of the step.
  struct Constants {
    /// e α of each neuron, 0 in padding lanes, which never fire.
    let slopes: [Lanes]
    /// β of each neuron.
    let biases: [Lanes]
    let timeStep, timeConstant, refractorySteps: Lanes

    init(_ population: Population) {
      slopes = lanes(zip(population.encoders, population.gains).map { $0 * $1 })
      biases = lanes(population.biases)
      timeStep = Lanes(repeating: population.neuron.timeStep)
      timeConstant = Lanes(repeating: population.neuron.membraneTimeConstant)
      refractorySteps = Lanes(repeating: Double(population.neuron.refractorySteps))
    }
  }

  private let constants: Constants
  /// v of each neuron.
  private var voltages: [Lanes]
  /// Steps for which each neuron is still held.
  private var held: [Lanes]

  /// Membranes at rest, or at given voltages.
  package init(_ population: Population, voltages: [Double]? = nil) {
    constants = Constants(population)
    self.voltages = voltages.map(lanes) ?? Array(repeating: .zero, count: constants.slopes.count)
    held = Array(repeating: .zero, count: constants.slopes.count)
  }

  /// v of a neuron.
  package subscript(neuron: Int) -> Double {
    voltages[neuron / Lanes.scalarCount][neuron % Lanes.scalarCount]
  }

  /// One step of all neurons for the represented number x; calls `spike` for those that fire, in ascending order.
  @inline(__always)
  package mutating func advance(representing x: Double, _ spike: (Int) -> Void) {
    let x = Lanes(repeating: x)
    for group in voltages.indices {
      let current = x * constants.slopes[group] + constants.biases[group]
      let fires = Self.advance(&voltages[group], &held[group], current: current, constants)
      guard any(fires) else { continue }
      for lane in 0..<Lanes.scalarCount where fires[lane] { spike(group * Lanes.scalarCount + lane) }
    }
  }

  /// Spikes of each neuron in some steps at constant x.
  mutating func spikeCounts(representing x: Double, steps: Int) -> [Double] {
    let x = Lanes(repeating: x)
    var counts = [Lanes](repeating: .zero, count: voltages.count)
    for group in voltages.indices {
      let current = x * constants.slopes[group] + constants.biases[group]
      var (voltage, held, count) = (voltages[group], held[group], Lanes.zero)
      for _ in 0..<steps {
        let fires = Self.advance(&voltage, &held, current: current, constants)
        count.replace(with: count + 1, where: fires)
      }
      (voltages[group], self.held[group], counts[group]) = (voltage, held, count)
    }
    return counts.flatMap { lanes in lanes.indices.map { lanes[$0] } }
  }

  /// One step of eight neurons; returns which fire.
  @inline(__always)
  private static func advance(
    _ voltage: inout Lanes, _ held: inout Lanes, current: Lanes, _ constants: Constants
  ) -> SIMDMask<Lanes.MaskStorage> {
    var v = voltage + constants.timeStep * (current - voltage) / constants.timeConstant
    let isHeld = held .> Lanes.zero
    v.replace(with: Lanes.zero, where: (v .< Lanes.zero) .| isHeld)
    held.replace(with: held - 1, where: isHeld)
    let fires = v .> Lanes(repeating: 1)
    v.replace(with: Lanes.zero, where: fires)
    held.replace(with: constants.refractorySteps, where: fires)
    voltage = v
    return fires
  }
}

/// Numbers in groups of eight, with zeros behind the last.
private func lanes(_ values: [Double]) -> [SIMD8<Double>] {
  stride(from: 0, to: values.count, by: 8).map { first in
    var group = SIMD8<Double>.zero
    for lane in 0..<min(8, values.count - first) { group[lane] = values[first + lane] }
    return group
  }
}
