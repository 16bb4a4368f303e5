import ParameterChecks

/// A population of leaky integrate-and-fire neurons that learns to represent signals by its spikes: the section `network`
/// of a configuration.
///
/// Defaults are those of Fig. 2 of Brendel et al. 2020 (doi:10.1371/journal.pcbi.1007692), as in the scripts that its authors
/// have published. Voltages and weights have no unit; the distance of rest from threshold is ``threshold``.
package struct CodingParameters: Sendable, Equatable {
  /// Number of neurons N.
  package var neurons = 20
  /// Number of signals M.
  package var signals = 2
  /// Time step in ms.
  package var timeStep = 1.0
  /// Rate λ in 1/s at which voltages, filtered spikes and signals decay.
  package var leakRate = 50.0
  /// Threshold T.
  package var threshold = 0.5
  /// Standard deviation of the noise that is added to each voltage in each step.
  package var voltageNoise = 0.001
  /// Standard deviation of the noise that is added to each threshold in each step.
  package var thresholdNoise = 0.01
  /// How learning proceeds.
  package var plasticity = PlasticityParameters()
  /// From what feed-forward weights learn.
  package var feedforwardRule = FeedforwardRule.weights
  /// Time constant of the running covariance of the signals in ms.
  package var covarianceTime = 10_000.0
  /// Rate in Hz that thresholds keep; 0 for fixed thresholds.
  package var targetRate = 0.0
  /// By how much a threshold grows with a spike; without spikes it falls so that both cancel at the target rate.
  package var thresholdRate = 1e-4

  /// The network of Fig. 2.
  package init() {}

  /// λ·dt: the part that decays in a step.
  package var leakPerStep: Double { leakRate * timeStep * 1e-3 }
  /// Time step in s.
  package var stepInSeconds: Double { timeStep * 1e-3 }

  /// Notes everything that is wrong.
  package func check(_ rules: inout ParameterRules, at section: String = "network") {
    rules.require(neurons, in: 1...10_000, "\(section).neurons")
    rules.require(signals, in: 1...1_000, "\(section).signals")
    rules.requirePositive(timeStep, "\(section).dt_ms")
    rules.requirePositive(leakRate, "\(section).leak_rate_Hz")
    rules.require(
      leakPerStep < 1, "\(section).leak_rate_Hz", with: ["\(section).dt_ms"],
      "decays within one time step", got: leakRate, expected: "less than 1000 / dt_ms = \(1000 / timeStep)")
    rules.requirePositive(threshold, "\(section).threshold")
    rules.requireNotNegative(voltageNoise, "\(section).voltage_noise")
    rules.requireNotNegative(thresholdNoise, "\(section).threshold_noise")
    plasticity.check(&rules, at: "\(section).plasticity")
    rules.require(
      covarianceTime > timeStep && covarianceTime.isFinite, "\(section).covariance_time_ms", covarianceTime,
      "a number greater than dt_ms")
    rules.requireNotNegative(targetRate, "\(section).target_rate_Hz")
    rules.requireNotNegative(thresholdRate, "\(section).threshold_rate")
  }
}

/// What a spike of neuron k does to its feed-forward weights.
package enum FeedforwardRule: String, Sendable, CaseIterable {
  /// ΔF_k = ε_F (α x − F_k), for uncorrelated signals.
  case weights
  /// ΔF_k = ε_F (α x − C F_k / σ²), where C F_k is the covariance of the signals with the neuron's feed-forward current, C their
  /// running second moments and σ² the mean of its diagonal: for correlated signals.
  case covariance
}

/// Constants of the learning rules, Eqs. 6 and 7 of Brendel et al. 2020, applied when neuron k spikes:
/// ΔΩ_k = −ε_Ω (β (V + μ r) + Ω_k + μ e_k) and ΔF_k = ε_F (α x − F_k). This α is the inverse of that of Eq. 7. β = 2 and μ = 0
/// give Eq. 5.
package struct PlasticityParameters: Sendable, Equatable {
  /// ε_Ω, by which recurrent weights change.
  package var recurrentRate = 1e-3
  /// ε_F, by which feed-forward weights change.
  package var feedforwardRate = 1e-4
  /// α, the length of feed-forward weights relative to the signals.
  package var alpha = 0.18
  /// β, the weight of the voltage.
  package var beta = 1 / 0.9
  /// μ, the cost of spikes.
  package var mu = 0.02 / 0.9

  /// Those of Fig. 2.
  package init() {}

  /// Constants by their values.
  package init(recurrentRate: Double, feedforwardRate: Double, alpha: Double, beta: Double, mu: Double) {
    (self.recurrentRate, self.feedforwardRate) = (recurrentRate, feedforwardRate)
    (self.alpha, self.beta, self.mu) = (alpha, beta, mu)
  }

  /// The same with both learning rates multiplied.
  package func faster(by factor: Double) -> PlasticityParameters {
    var faster = self
    faster.recurrentRate *= factor
    faster.feedforwardRate *= factor
    return faster
  }

  /// From which ε_Ω on weights do not settle.
  private static let poorRate = 1.0
  /// From which ε_Ω on weights grow without bound.
  private static let unstableRate = 2.0

  /// Notes everything that is wrong.
  package func check(_ rules: inout ParameterRules, at section: String) {
    rules.requireNotNegative(recurrentRate, "\(section).recurrent_rate")
    rules.require(
      recurrentRate < Self.unstableRate, "\(section).recurrent_rate", recurrentRate,
      "less than 2, as weights grow without bound from there on")
    rules.requireNotNegative(feedforwardRate, "\(section).feedforward_rate")
    rules.require(feedforwardRate < 1, "\(section).feedforward_rate", feedforwardRate, "less than 1")
    rules.requirePositive(alpha, "\(section).alpha")
    rules.requirePositive(beta, "\(section).beta")
    rules.requireNotNegative(mu, "\(section).mu")
  }

  /// What a user should know; nil if nothing.
  package var notice: String? {
    recurrentRate >= Self.poorRate
      ? "recurrent_rate is \(recurrentRate): weights hardly settle from 1 on, and grow without bound from 2 on"
      : nil
  }
}

/// Which weights learn.
package struct Plasticity: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Feed-forward weights F.
  package static let feedforward = Plasticity(rawValue: 1)
  /// Recurrent weights Ω.
  package static let recurrent = Plasticity(rawValue: 2)
  /// Weights from excitatory to inhibitory neurons, which learn as feed-forward ones do.
  package static let excitatoryToInhibitory = Plasticity(rawValue: 4)
  /// Thresholds, where they keep a rate.
  package static let thresholds = Plasticity(rawValue: 8)
  /// All.
  package static let all: Plasticity = [.feedforward, .recurrent, .excitatoryToInhibitory, .thresholds]
}
