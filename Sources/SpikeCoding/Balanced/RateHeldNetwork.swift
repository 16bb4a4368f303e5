import Foundation
import RandomStreams

/// A network that learns while the amplitude of its input follows the rate of its excitatory neurons.
///
/// After each piece of input, ln a changes by γ T (1 − ν / ν₀), with ν the rate in the piece, T its duration, and ν₀ the rate to be
/// held. Feed-forward weights grow in proportion to the input (ΔF_k = ε_F (α p − F_k)), rates in proportion to input and weights: at
/// fixed weights ν is proportional to a, and after they have followed, within a time τ, to a². Deviations then obey
/// s² + s (γ + 1/τ) + 2 γ/τ = 0, both of whose roots have negative real parts for every γ > 0.
package struct RateHeldNetwork: Sendable {
  /// The network.
  package private(set) var network: BalancedNetwork
  /// Factor on all input currents.
  package private(set) var amplitude: Double
  /// Rate of excitatory neurons in Hz to be held.
  private let rate: Double
  /// γ in 1/s.
  private let gain: Double

  /// Where amplitudes stay: noise alone can bring more spikes than the rate allows.
  private static let amplitudes = 1e-3...1e3

  /// A network and the amplitude that it begins with.
  package init(_ network: BalancedNetwork, amplitude: Double = 1, rate: Double, gain: Double) {
    self.network = network
    self.amplitude = amplitude
    self.rate = rate
    self.gain = gain
  }

  /// The same with learning rates that are `factor` times those of some parameters, at rest.
  package func learning(_ parameters: BalancedParameters, _ factor: Double) -> RateHeldNetwork {
    var changed = parameters
    changed.plasticity = parameters.plasticity.faster(by: factor)
    return RateHeldNetwork(
      BalancedNetwork(changed, network.weights, connections: network.connections), amplitude: amplitude,
      rate: rate, gain: gain)
  }
}

extension RateHeldNetwork: LearningNetwork {
  package var signals: Int { network.signals }
  package var largestWeight: Double { network.largestWeight }

  package mutating func learn(from input: InputSequence, _ plasticity: Plasticity, key: StreamKey) -> Bool {
    var noise = DrawnNoise(key: key), spikes = BalancedSpikes()
    network.run(input.scaled(by: amplitude), noise: &noise, learning: plasticity, observer: &spikes)
    let seconds = Double(input.steps) * network.parameters.stepInSeconds
    let count = spikes.E.reduce(0) { $0 + ($1 < 0 ? 0 : 1) }
    let measured = Double(count) / (seconds * Double(network.parameters.excitatory))
    let followed = amplitude * exp(gain * seconds * (1 - min(measured / rate, 10)))
    amplitude = min(max(followed, Self.amplitudes.lowerBound), Self.amplitudes.upperBound)
    return !spikes.E.contains(-1) || !spikes.I.contains(-1)
  }

  package var arrays: [StateArray] {
    network.arrays + [StateArray("amplitude", [1], [amplitude], isWeight: true)]
  }

  package func with(_ arrays: [StateArray]) -> RateHeldNetwork {
    RateHeldNetwork(
      network.with(arrays.filter { $0.name != "amplitude" }),
      amplitude: arrays.first { $0.name == "amplitude" }?.values[0] ?? amplitude, rate: rate, gain: gain)
  }
}
