/// Values beyond what can be simulated, and keys that contradict each other.
extension ConfigurationErrorTests {
  static let limits = [
    Mistake(
      "nothing at all", "",
      "c.yaml: is empty (got nothing, expected lines of the form key: value, or {} for all defaults)"),
    Mistake(
      "comments only", "# network: {eta: 2}\n---\n",
      "c.yaml: is empty (got nothing, expected lines of the form key: value, or {} for all defaults)"),
    Mistake(
      "seed that double precision rounds", "seed: 9007199254740993.0",
      "c.yaml:1: seed: is too large to be read exactly in this form (got 9007199254740993.0, expected digits only)"
    ),
    Mistake(
      "count with a large exponent", "sampling: {samples: 1e18}",
      "c.yaml:1: sampling.samples: is too large to be read exactly in this form (got 1e18, expected digits only)"
    ),
    Mistake(
      "drive beyond the sampler's range", "network: {eta: 900, J_mV: 0.02}",
      "c.yaml:1: network.J_mV: is too small for the external drive (got 4500.0 external inputs per time "
        + "step, expected at most 4096.0)"),
    Mistake(
      "delay of too many steps", "network: {delay_ms: 6553.7}\nkernel: {lags_ms: 10000}",
      "c.yaml:1: network.delay_ms: is too long (got 6553.7, expected at most 65536 time steps of 0.1 ms)"),
    Mistake(
      "refractory period of too many steps", "network: {t_ref_ms: 6553.6}",
      "c.yaml:1: network.t_ref_ms: is too long (got 6553.6, expected at most 65535 time steps of 0.1 ms)"),
    Mistake(
      "in-degree beyond 16 bits", "network: {excitatory_neurons: 400000, inhibitory_neurons: 100000}",
      "c.yaml:1: network.connection_fraction: gives an impossible in-degree (got 40000 inputs from the population "
        + "network.excitatory_neurons, expected 1 to 32767)"),
    Mistake(
      "too many neurons together",
      "network: {excitatory_neurons: 16000000, inhibitory_neurons: 4000000, connection_fraction: 0.0005}",
      "c.yaml:1: network.excitatory_neurons: is too large (got 20000000 neurons, expected at most 16777216 in both "
        + "populations)"),
    Mistake(
      "corner with too strong a drive", "sampling:\n  parameters: {eta: [1, 400], J_mV: [0.005, 0.4]}\n",
      "c.yaml:2: sampling.parameters.eta: reaches networks whose network.J_mV is too small for the external drive (got "
        + "8000.0 external inputs per time step, expected at most 4096.0)"),
    Mistake(
      "corner with too long a delay",
      "sampling:\n  parameters:\n    delay_ms: [1, 7000]\nkernel: {lags_ms: 10000}",
      "c.yaml:3: sampling.parameters.delay_ms: reaches networks whose network.delay_ms is too long (got 7000.0, expected "
        + "at most 65536 time steps of 0.1 ms)"),
    Mistake(
      "corner with a delay beyond the kernels", "sampling:\n  parameters:\n    delay_ms: [1, 100]\n",
      "c.yaml:3: sampling.parameters.delay_ms: reaches networks whose kernel.lags_ms ends before the synapses respond "
        + "(got 100, expected more than delay_ms = 100.0)"),
    Mistake(
      "corner outside a spread",
      "network: {spread: {theta_mV: [2, 15, 25]}}\nsampling: {parameters: {theta_mV: [12, 24]}}",
      "c.yaml:2: sampling.parameters.theta_mV: reaches networks whose network.spread.theta_mV does not hold the nominal "
        + "value (got 15.0 to 25.0, expected bounds around theta_mV = 12.0)"),
    Mistake(
      "test fraction beyond everything", "split: {test_fraction: 1.1}",
      "c.yaml:1: split.test_fraction: is out of range (got 1.1, expected a number from 0.0 to 1.0)"),
    Mistake("data set to be tested on only, no mistake", "split: {test_fraction: 1, validation_fraction: 0}"),
  ]

  static let contradictions = [
    Mistake(
      "share that is no whole number of neurons",
      "network: {excitatory_neurons: 805, inhibitory_neurons: 200}\nkernel: {synapses_of: another_network}",
      "c.yaml:1: network.connection_fraction: gives no whole number of inputs from the population "
        + "network.excitatory_neurons = 805 (got 80.5 inputs, expected a share that is a whole number of neurons)"
    ),
    Mistake(
      "synapses of a network of another size",
      "network: {excitatory_neurons: 800, inhibitory_neurons: 200}\nkernel:\n  synapses:\n"
        + "    E_to_E: {upper: 500, lower: 500}\n    I_to_E: {lower: 20}\n",
      "c.yaml:4: kernel.synapses.E_to_E: is not the network's in-degree (got 1000 synapses per cell, expected 80, or "
        + "synapses_of: another_network)"),
    Mistake(
      "corner with other in-degrees than the kernels'",
      "sampling: {parameters: {connection_fraction: [0.1, 0.2]}}\n"
        + "kernel: {synapses: {E_to_E: {lower: 1000}}}",
      "c.yaml:1: sampling.parameters.connection_fraction: reaches networks whose kernel.synapses.E_to_E is not the "
        + "network's in-degree (got 1000 synapses per cell, expected 2000, or synapses_of: another_network)"),
  ]

  /// What is no contradiction.
  static let consistent = [
    "network: {excitatory_neurons: 800, inhibitory_neurons: 200}",
    "network: {excitatory_neurons: 800, inhibitory_neurons: 200}\nkernel: {synapses_of: another_network, "
      + "synapses: {E_to_E: {upper: 500, lower: 500}}}",
    "kernel: {synapses: {E_to_E: {upper: 1000}, E_to_I: {upper: 1, lower: 999}}}",
    "kernel: {layers_um: {deep: [-700, -500]}, synapses: {I_to_I: {deep: 250}}}",
  ]
}
