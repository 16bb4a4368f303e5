import Foundation

/// A neuron under a current that changes, as spikes and as a rate neuron, which is its f–I curve taken as a function of the
/// current of the moment.
///
/// Where the current changes little between spikes, the inverse of the interval follows the curve; where it changes within
/// one, the neuron answers to when, not to how much, and the rate neuron says something else.
package struct RateCoding: Sendable {
  /// Times of the steps' ends in ms.
  package private(set) var times: [Double] = []
  /// The current of each step in nA.
  package private(set) var current: [Double] = []
  /// The membrane potential at the end of each step in mV.
  package private(set) var potential: [Double] = []
  /// The rate of the rate neuron in Hz, at each step.
  package private(set) var rate: [Double] = []
  /// Spikes in ms.
  package private(set) var spikeTimes: [Double] = []

  /// Integrates a neuron from rest on a grid of `timeStep` ms for `duration` ms; the current in nA is given by the time in
  /// ms, and taken in the middle of each step.
  package init(
    _ neuron: LIFNeuron, duration: Double, timeStep: Double, current function: (Double) -> Double
  ) {
    var state = GridNeuron(neuron, timeStep: timeStep)
    for step in 0..<Int((duration / timeStep).rounded()) {
      let value = function((Double(step) + 0.5) * timeStep)
      let time = Double(step + 1) * timeStep
      if state.step(current: value) { spikeTimes.append(time) }
      times.append(time)
      current.append(value)
      potential.append(state.potential)
      rate.append(neuron.rate(value))
    }
  }

  /// The inverse of the interspike interval that each step lies in, in Hz; NaN before the first and after the last spike.
  package var intervalRate: [Double] {
    var next = 0
    return times.map { time in
      while next < spikeTimes.count, spikeTimes[next] < time { next += 1 }
      guard next > 0, next < spikeTimes.count else { return .nan }
      return 1000 / (spikeTimes[next] - spikeTimes[next - 1])
    }
  }

  /// The root mean square difference between both rates relative to the mean rate of the rate neuron, where there are
  /// intervals; NaN if there are none.
  package var deviation: Double {
    let pairs = zip(intervalRate, rate).filter { $0.0.isFinite }
    let square = pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(pairs.count)
    return square.squareRoot() / (pairs.reduce(0) { $0 + $1.1 } / Double(pairs.count))
  }
}
