import Configuration
import SpikeCoding

extension BalancedParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("excitatory", \.excitatory),
      ConfigurationKey("inhibitory", \.inhibitory),
      ConfigurationKey("signals", \.signals),
      ConfigurationKey("dt_ms", \.timeStep),
      ConfigurationKey("leak_rate_Hz", \.leakRate),
      ConfigurationKey("input_leak_factor", \.inputLeakFactor),
      ConfigurationKey("threshold", \.threshold),
      ConfigurationKey("voltage_noise", \.voltageNoise),
      ConfigurationKey("test_voltage_noise", \.testVoltageNoise),
      ConfigurationKey("threshold_noise", \.thresholdNoise),
      ConfigurationKey("t_ref_ms", \.refractoryPeriod),
      ConfigurationKey("autapse", \.autapse),
      ConfigurationKey("connection_probability", \.connectionProbability),
      ConfigurationKey("synaptic_delay_ms", \.synapticDelay),
      ConfigurationKey("plasticity", \.plasticity),
    ]
  }
}

extension BalancedTestParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("fitting_steps", \.fittingSteps),
      ConfigurationKey("trials", \.trials),
      ConfigurationKey("steps", \.steps),
      ConfigurationKey("constant_current", \.constantCurrent),
      ConfigurationKey("constant_inputs", \.constantInputs),
      ConfigurationKey("constant_trials", \.constantTrials),
      ConfigurationKey("directions", \.directions),
      ConfigurationKey("steps_per_direction", \.stepsPerDirection),
    ]
  }
}
