import Configuration
import SpikeCoding

extension CodingParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("neurons", \.neurons),
      ConfigurationKey("signals", \.signals),
      ConfigurationKey("dt_ms", \.timeStep),
      ConfigurationKey("leak_rate_Hz", \.leakRate),
      ConfigurationKey("threshold", \.threshold),
      ConfigurationKey("voltage_noise", \.voltageNoise),
      ConfigurationKey("threshold_noise", \.thresholdNoise),
      ConfigurationKey("plasticity", \.plasticity),
      ConfigurationKey("feedforward_rule", \.feedforwardRule),
      ConfigurationKey("covariance_time_ms", \.covarianceTime),
      ConfigurationKey("target_rate_Hz", \.targetRate),
      ConfigurationKey("threshold_rate", \.thresholdRate),
    ]
  }
}

extension PlasticityParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("recurrent_rate", \.recurrentRate),
      ConfigurationKey("feedforward_rate", \.feedforwardRate),
      ConfigurationKey("alpha", \.alpha),
      ConfigurationKey("beta", \.beta),
      ConfigurationKey("mu", \.mu),
    ]
  }
}

extension InputParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("amplitude", \.amplitude),
      ConfigurationKey("width_steps", \.width),
      ConfigurationKey("sequence_steps", \.sequenceLength),
      ConfigurationKey("correlation", \.correlation),
    ]
  }
}

extension TestParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("fitting_steps", \.fittingSteps),
      ConfigurationKey("trials", \.trials),
      ConfigurationKey("steps", \.steps),
      ConfigurationKey("radius", \.radius),
      ConfigurationKey("directions", \.directions),
      ConfigurationKey("steps_per_direction", \.stepsPerDirection),
    ]
  }
}

extension InitialWeights: ConfigurationChoice {}
extension FeedforwardRule: ConfigurationChoice {}
