import Foundation
import RandomStreams

extension StreamPurpose {
  fileprivate static let inputTimes = StreamPurpose("input times of a neuron")
  fileprivate static let inputCounts = StreamPurpose("input counts of a neuron")
}

/// A neuron that Poisson inputs drive, simulated: from input to input, exactly, or on the network's grid.
package struct PoissonDrivenNeuron: Sendable {
  private let neuron: LIFNeuron
  private let input: PoissonInput

  /// A neuron and its input.
  package init(_ neuron: LIFNeuron, input: PoissonInput) {
    self.neuron = neuron
    self.input = input
  }

  /// Independent neurons side by side, one in each lane of the random generator.
  package static let lanes = 8

  /// The intervals of ``lanes`` neurons from their first spikes on, in `duration` ms each from V_r on, exactly in time: the
  /// potential decays between inputs, those in the refractory period are lost.
  package func intervals(duration: Double, key: StreamKey) -> IntervalMoments {
    let total = (input.excitatoryRate + input.inhibitoryRate) / 1000
    guard total > 0 else { return IntervalMoments() }
    let excitatory = UInt64((input.excitatoryRate / 1000 / total * 0x1p63).rounded()) &* 2
    let isExcitatoryOnly = input.inhibitoryRate == 0
    let (up, down) = (input.excitatoryJump, -input.inhibitoryJump)
    let rest = neuron.restingPotential, tau = neuron.membraneTimeConstant
    var words = XoshiroLanes(key: key.derived(.inputTimes))
    var time = SIMD8<Double>(repeating: 0), updated = time
    var last = SIMD8<Double>(repeating: .nan)
    var potential = SIMD8<Double>(repeating: neuron.resetPotential)
    var trains = [IntervalMoments](repeating: IntervalMoments(), count: Self.lanes)
    while time.min() < duration {
      let waits = words.next(), kinds = isExcitatoryOnly ? waits : words.next()
      for lane in 0..<Self.lanes {
        // Uniform in (0, 1).
        let uniform = (Double(waits[lane] &>> 11) + 0.5) * 0x1p-53
        time[lane] -= log(uniform) / total
        let elapsed = time[lane] - updated[lane]
        if elapsed < 0 || time[lane] >= duration { continue }
        let jump = isExcitatoryOnly || kinds[lane] < excitatory ? up : down
        potential[lane] = rest + (potential[lane] - rest) * exp(-elapsed / tau) + jump
        updated[lane] = time[lane]
        guard potential[lane] > neuron.threshold else { continue }
        if !last[lane].isNaN { trains[lane].add(time[lane] - last[lane]) }
        last[lane] = time[lane]
        potential[lane] = neuron.resetPotential
        updated[lane] = time[lane] + neuron.refractoryPeriod
      }
    }
    return trains.reduce(into: IntervalMoments()) { $0.add($1) }
  }

  /// The same on a grid of `timeStep` ms: ``GridNeuron`` with the counts of each step.
  ///
  /// - Throws: `SamplerError` where there are more inputs in a step than can be drawn.
  package func intervals(duration: Double, timeStep: Double, key: StreamKey) throws(SamplerError)
    -> IntervalMoments
  {
    let excitatory = try PoissonTable(mean: input.excitatoryRate * timeStep / 1000)
    let inhibitory = try PoissonTable(mean: input.inhibitoryRate * timeStep / 1000)
    var words = XoshiroLanes(key: key.derived(.inputCounts))
    var states = [GridNeuron](
      repeating: GridNeuron(neuron, timeStep: timeStep, potential: neuron.resetPotential), count: Self.lanes)
    var last = [Int?](repeating: nil, count: Self.lanes)
    var trains = [IntervalMoments](repeating: IntervalMoments(), count: Self.lanes)
    for step in 0..<Int((duration / timeStep).rounded()) {
      let ups = words.next(), downs = input.inhibitoryRate > 0 ? words.next() : ups
      for lane in 0..<Self.lanes {
        var jump = input.excitatoryJump * Double(excitatory.count(for: ups[lane]))
        if input.inhibitoryRate > 0 {
          jump -= input.inhibitoryJump * Double(inhibitory.count(for: downs[lane]))
        }
        guard states[lane].step(jump: jump) else { continue }
        if let last = last[lane] { trains[lane].add(Double(step - last) * timeStep) }
        last[lane] = step
      }
    }
    return trains.reduce(into: IntervalMoments()) { $0.add($1) }
  }
}
