import ParameterChecks

/// Excitatory and inhibitory neurons that obey Dale's law: the section `network` of a configuration.
///
/// Defaults are those of Fig. 4 of Brendel et al. 2020 (doi:10.1371/journal.pcbi.1007692), as in the scripts that its authors
/// have published.
package struct BalancedParameters: Sendable, Equatable {
  /// Numbers of excitatory and inhibitory neurons.
  package var excitatory = 300
  package var inhibitory = 75
  /// Number of signals.
  package var signals = 3
  /// Time step in ms.
  package var timeStep = 0.1
  /// Rate λ in 1/s at which voltages and filtered spikes decay.
  package var leakRate = 50.0
  /// How many times faster the input decays from which feed-forward weights learn.
  package var inputLeakFactor = 6.0
  /// Threshold of all neurons.
  package var threshold = 0.5
  /// Standard deviation of the noise that is added to each voltage in each step of learning.
  package var voltageNoise = 0.002
  /// The same for excitatory neurons in tests.
  package var testVoltageNoise = 0.001
  /// Standard deviation of the noise that is added to each threshold in each step.
  package var thresholdNoise = 0.02
  /// Time after a spike in ms in which a neuron cannot spike.
  package var refractoryPeriod = 1.0
  /// What an excitatory neuron's spike adds to its own voltage.
  package var autapse = -0.02
  /// Probability that a connection between two neurons exists.
  package var connectionProbability = 1.0
  /// Time to peak in ms of the current that a spike causes in other neurons; 0 for a jump of the voltage.
  package var synapticDelay = 0.0
  /// How learning proceeds.
  package var plasticity = PlasticityParameters(
    recurrentRate: 1e-4, feedforwardRate: 1e-5, alpha: 1, beta: 1, mu: 0.002)

  /// The network of Fig. 4.
  package init() {}

  /// λ·dt: the part that decays in a step.
  package var leakPerStep: Double { leakRate * timeStep * 1e-3 }
  /// Time step in s.
  package var stepInSeconds: Double { timeStep * 1e-3 }
  /// Steps after a spike in which a neuron cannot spike.
  package var refractorySteps: Int { Int((refractoryPeriod / timeStep).rounded()) }

  /// Notes everything that is wrong.
  package func check(_ rules: inout ParameterRules, at section: String = "network") {
    rules.require(excitatory, in: 1...10_000, "\(section).excitatory")
    rules.require(inhibitory, in: 1...10_000, "\(section).inhibitory")
    rules.require(signals, in: 1...1_000, "\(section).signals")
    rules.requirePositive(timeStep, "\(section).dt_ms")
    rules.requirePositive(leakRate, "\(section).leak_rate_Hz")
    rules.requirePositive(inputLeakFactor, "\(section).input_leak_factor")
    rules.require(
      leakPerStep * max(1, inputLeakFactor) < 1, "\(section).leak_rate_Hz",
      with: ["\(section).dt_ms", "\(section).input_leak_factor"], "decays within one time step",
      got: leakRate,
      expected: "less than 1000 / dt_ms / input_leak_factor = \(1000 / timeStep / max(1, inputLeakFactor))")
    rules.requirePositive(threshold, "\(section).threshold")
    rules.requireNotNegative(voltageNoise, "\(section).voltage_noise")
    rules.requireNotNegative(testVoltageNoise, "\(section).test_voltage_noise")
    rules.requireNotNegative(thresholdNoise, "\(section).threshold_noise")
    rules.requireNotNegative(refractoryPeriod, "\(section).t_ref_ms")
    rules.require(autapse <= 0 && autapse.isFinite, "\(section).autapse", autapse, "a number not above 0")
    rules.require(connectionProbability, in: 0...1, "\(section).connection_probability")
    rules.requireNotNegative(synapticDelay, "\(section).synaptic_delay_ms")
    rules.require(
      synapticDelay == 0 || synapticDelay > timeStep, "\(section).synaptic_delay_ms",
      with: ["\(section).dt_ms"], "is not resolved by the time step", got: synapticDelay,
      expected: "0 or more than dt_ms = \(timeStep)")
    plasticity.check(&rules, at: "\(section).plasticity")
  }
}
