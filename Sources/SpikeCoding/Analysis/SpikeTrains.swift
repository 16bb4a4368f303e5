import Foundation

/// Spikes of a population, in the order of time.
package struct SpikeTrains: Sendable, Equatable {
  /// Number of neurons.
  package let neurons: Int
  /// Number of time steps.
  package let steps: Int
  /// Step of each spike, ascending.
  package private(set) var times: [Int32] = []
  /// Neuron of each spike.
  package private(set) var sources: [Int32] = []

  /// No spike yet.
  package init(neurons: Int, steps: Int) {
    self.neurons = neurons
    self.steps = steps
  }

  /// At most one spike a step: its neuron or −1, [step].
  package init(neurons: Int, oneAStep spikes: [Int32]) {
    self.init(neurons: neurons, steps: spikes.count)
    for (step, neuron) in spikes.enumerated() where neuron >= 0 { add(Int(neuron), at: step) }
  }

  /// Adds a spike, not earlier than the last one.
  package mutating func add(_ neuron: Int, at step: Int) {
    times.append(Int32(step))
    sources.append(Int32(neuron))
  }

  /// Number of spikes of each neuron, from a step on.
  package func counts(from first: Int = 0) -> [Int] {
    var counts = [Int](repeating: 0, count: neurons)
    for (time, source) in zip(times, sources) where time >= first { counts[Int(source)] += 1 }
    return counts
  }

  /// Mean rate of a neuron in Hz, for a time step in s.
  package func rate(stepInSeconds dt: Double) -> Double {
    Double(times.count) / (Double(neurons) * Double(steps) * dt)
  }

  /// Steps between spikes of each neuron.
  package func intervals() -> [[Int]] {
    var last = [Int?](repeating: nil, count: neurons)
    var intervals = [[Int]](repeating: [], count: neurons)
    for (time, source) in zip(times, sources) {
      let neuron = Int(source)
      if let before = last[neuron] { intervals[neuron].append(Int(time) - before) }
      last[neuron] = Int(time)
    }
    return intervals
  }

  /// Calls `body` in each step with filtered spikes, r ← (1 − λ dt) r and 1 more for each spike of the step. Padding follows
  /// the last neuron.
  func withFiltered(leakPerStep: Double, _ body: (_ step: Int, _ r: [SIMD8<Double>]) -> Void) {
    var r = [SIMD8<Double>](repeating: .zero, count: (neurons + 7) / 8)
    var next = 0
    for step in 0..<steps {
      for block in r.indices { r[block] *= 1 - leakPerStep }
      while next < times.count, times[next] == step {
        r[Int(sources[next]) / 8][Int(sources[next]) % 8] += 1
        next += 1
      }
      body(step, r)
    }
  }

  /// One neuron's spikes smoothed by a Gaussian, in spikes per step.
  ///
  /// - Parameter width: Standard deviation of the Gaussian in steps.
  func smoothed(_ neuron: Int, width: Double) -> [Double] {
    let reach = Int((4 * width).rounded(.up))
    let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * width * width)) }
    let sum = weights.reduce(0, +)
    var rate = [Double](repeating: 0, count: steps)
    for (time, source) in zip(times, sources) where source == neuron {
      for (offset, weight) in zip(-reach...reach, weights) {
        // What would lie outside is reflected, so that no spike is lost.
        let step = Int(time) + offset
        let inside = step < 0 ? -1 - step : step >= steps ? 2 * steps - 1 - step : step
        if rate.indices.contains(inside) { rate[inside] += weight / sum }
      }
    }
    return rate
  }
}
