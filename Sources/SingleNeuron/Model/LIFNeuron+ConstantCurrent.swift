import Foundation

// Closed forms for a constant current I. With V∞ = E_L + R I the membrane follows V(t) = V∞ + (V(0) − V∞) e^{−t/τ}, and
// from the reset to the threshold it takes τ ln((V∞ − V_r)/(V∞ − θ)). At V∞ = θ the threshold is never exceeded.
extension LIFNeuron {
  /// The current in nA above which the neuron fires: (θ − E_L)/R.
  package var rheobase: Double { (threshold - restingPotential) / resistance }

  /// The least upper bound of the rates in Hz: 1/t_ref.
  package var highestRate: Double { 1000 / refractoryPeriod }

  /// V∞ = E_L + R I in mV, where the membrane would come to rest under a current in nA.
  package func asymptote(_ current: Double) -> Double { restingPotential + resistance * current }

  /// V∞ − θ in mV, with one rounding: near the rheobase it is a small difference of large numbers.
  func excess(_ current: Double) -> Double {
    (restingPotential - threshold).addingProduct(resistance, current)
  }

  /// The potential in mV a time in ms after it was `start`, without a spike in between.
  package func potential(after time: Double, from start: Double, current: Double) -> Double {
    start - (asymptote(current) - start) * expm1(-time / membraneTimeConstant)
  }

  /// The time in ms from a potential in mV to the threshold, 0 if it is above; nil if it is never exceeded.
  package func timeToThreshold(from start: Double, current: Double) -> Double? {
    if start > threshold { return 0 }
    let excess = excess(current)
    return excess > 0 ? membraneTimeConstant * log1p((threshold - start) / excess) : nil
  }

  /// The time between spikes in ms; nil if there are none.
  package func period(_ current: Double) -> Double? {
    timeToThreshold(from: resetPotential, current: current).map { refractoryPeriod + $0 }
  }

  /// The firing rate in Hz under a current in nA: the f–I curve.
  package func rate(_ current: Double) -> Double { period(current).map { 1000 / $0 } ?? 0 }

  /// The current in nA at which the neuron fires at `rate` Hz; nil unless 0 < rate < 1/t_ref.
  package func current(forRate rate: Double) -> Double? {
    guard rate > 0, rate < highestRate else { return nil }
    let excess = (threshold - resetPotential) / expm1((1000 / rate - refractoryPeriod) / membraneTimeConstant)
    return (threshold - restingPotential + excess) / resistance
  }

  /// The spikes in [0, `duration`] ms from a potential in mV at time 0, exactly.
  package func spikeCount(from start: Double, current: Double, duration: Double) -> Int {
    guard let first = timeToThreshold(from: start, current: current), first <= duration,
      let period = period(current)
    else { return 0 }
    // No neuron of the real world fires so often that this would overflow.
    return 1 + Int(min((duration - first) / period, 1e18))
  }

  /// The times of these spikes in ms.
  package func spikeTimes(from start: Double, current: Double, duration: Double) -> [Double] {
    guard let first = timeToThreshold(from: start, current: current), let period = period(current) else {
      return []
    }
    let count = spikeCount(from: start, current: current, duration: duration)
    return (0..<count).map { first + Double($0) * period }
  }
}
