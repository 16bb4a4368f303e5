/// Mistakes of one kind each, and the lines that name them.
extension ConfigurationErrorTests {
  static let types = [
    Mistake(
      "misspelt key", "network:\n  tau_ms: 20\n",
      "c.yaml:2: network.tau_ms: is not a known key, did you mean tau_m_ms? (got tau_ms, expected one of "
        + "excitatory_neurons, inhibitory_neurons, connection_fraction, eta, g, J_mV, tau_m_ms, tau_syn_ms, "
        + "t_ref_ms, theta_mV, V_reset_mV, E_L_mV, delay_ms, multapses, autapses, spread)"),
    Mistake(
      "key without its unit", "simulation: {duration: 300}",
      "c.yaml:1: simulation.duration: is not a known key, did you mean duration_ms? (got duration, "
        + "expected one of duration_ms, transient_ms, dt_ms, bin_ms)"),
    Mistake(
      "key in the wrong section", "spectra:\n  lags_ms: 100\n",
      "c.yaml:2: spectra.lags_ms: is not a known key, did you mean kernel.lags_ms? (got lags_ms, "
        + "expected one of segment_ms, overlap_ms)"),
    Mistake(
      "key unlike any other", "split:\n  colour: 1\n",
      "c.yaml:2: split.colour: is not a known key (got colour, expected one of test_fraction, "
        + "validation_fraction)"),
    Mistake(
      "unknown section", "seed: 2\nnetworks:\n  eta: 2\n",
      "c.yaml:2: networks: is not a known key, did you mean network? (got networks, expected one of seed, "
        + "network, simulation, sampling, kernel, measurement, spectra, split, training, evaluation, robustness)"
    ),
    Mistake(
      "key that is no name", "split:\n  [1, 2]: 3\n",
      "c.yaml:2: split: has a key that is not a name (got a list, expected a word)"),
    Mistake(
      "word for a number", "network:\n  eta: two\n",
      "c.yaml:2: network.eta: is not a number (got two, expected a number)"),
    Mistake(
      "quoted number", "network:\n  eta: \"2\"\n",
      "c.yaml:2: network.eta: is not a number (got \"2\", expected a number)"),
    Mistake(
      "no value", "network:\n  eta:\n  g: 5\n",
      "c.yaml:2: network.eta: is not a number (got nothing, expected a number)"),
    Mistake(
      "hexadecimal and base 60", "network: {eta: 0x10, g: 1:30}\n",
      "c.yaml:1: network.eta: is not a number (got 0x10, expected a number)",
      "c.yaml:1: network.g: is not a number (got 1:30, expected a number)"),
    Mistake(
      "not a number and infinity", "network:\n  eta: .nan\n  g: -.inf\n  J_mV: 1e999\n",
      "c.yaml:2: network.eta: is not finite (got .nan, expected a finite number)",
      "c.yaml:3: network.g: is not finite (got -.inf, expected a finite number)",
      "c.yaml:4: network.J_mV: is not finite (got 1e999, expected a finite number)"),
    Mistake(
      "fraction for a count", "sampling:\n  samples: 12.5\n",
      "c.yaml:2: sampling.samples: is not a whole number (got 12.5, expected a whole number)"),
    Mistake(
      "more than an integer holds", "sampling:\n  samples: 99999999999999999999\n",
      "c.yaml:2: sampling.samples: is out of range (got 99999999999999999999, expected a whole number "
        + "from -9223372036854775808 to 9223372036854775807)"),
    Mistake(
      "negative seed", "seed: -1",
      "c.yaml:1: seed: is out of range (got -1, expected a whole number from 0 to 18446744073709551615)"),
    Mistake(
      "word for a truth value", "network:\n  multapses: perhaps\n",
      "c.yaml:2: network.multapses: is not a truth value (got perhaps, expected true or false)"),
    Mistake(
      "unknown choice", "training:\n  selection: validations\n",
      "c.yaml:2: training.selection: is not one of its choices, did you mean validation? "
        + "(got validations, expected one of validation, test)"),
    Mistake(
      "nothing like a name", "network:\n  x: 1\n",
      "c.yaml:2: network.x: is not a known key (got x, expected one of excitatory_neurons, inhibitory_neurons, "
        + "connection_fraction, eta, g, J_mV, tau_m_ms, tau_syn_ms, t_ref_ms, theta_mV, V_reset_mV, E_L_mV, delay_ms, "
        + "multapses, autapses, spread)"),
    Mistake(
      "more cells than memory and patience allow", "kernel:\n  rotations: 2147483647\n",
      "c.yaml:2: kernel.rotations: is out of range (got 2147483647, expected a whole number from 1 to 100000)"
    ),
    Mistake(
      "impossible weights of errors", "training:\n  loss_weights: {g: 0, J: 2}\n",
      "c.yaml:2: training.loss_weights.J: is not a known key, did you mean J_mV? (got J, expected one of "
        + "connection_fraction, eta, g, J_mV, tau_m_ms, tau_syn_ms, t_ref_ms, theta_mV, V_reset_mV, E_L_mV, delay_ms)",
      "c.yaml:2: training.loss_weights.g: is out of range (got 0.0, expected a number greater than 0)"),
    Mistake(
      "weights of errors that are no mapping", "training:\n  loss_weights: [1, 2, 3]\n",
      "c.yaml:2: training.loss_weights: is not a mapping (got a list, expected lines name: number, or {} "
        + "for equal weights)"),
    Mistake(
      "weights of errors for distributions", "training: {predict: gaussian, loss_weights: {g: 2}}",
      "c.yaml:1: training.loss_weights: does not apply to distributions (got gaussian, expected "
        + "predict: point, or no weights)"),
    Mistake(
      "unknown morphology", "kernel:\n  morphology_E: stick_piramid\n",
      "c.yaml:2: kernel.morphology_E: is not a morphology, did you mean stick_pyramid? "
        + "(got stick_piramid, expected stick_pyramid, stick_interneuron or the path of a file .swc)"),
    Mistake(
      "unknown design", "sampling:\n  design: sobel\n",
      "c.yaml:2: sampling.design: is not a sampling design, did you mean sobol? "
        + "(got sobel, expected random, grid, latin-hypercube, sobol or the path of a file .csv)"),
    Mistake(
      "grid without its points", "sampling:\n  design: grid\n",
      "c.yaml: sampling.grid_points: has not one number per parameter "
        + "(got [], expected 3 numbers, for eta, g, J_mV)"),
    Mistake(
      "grid of another size", "sampling:\n  design: grid\n  samples: 60\n  grid_points: [4, 4, 4]\n",
      "c.yaml:3: sampling.samples: is not the number of points of the grid (got 60, expected 4 · 4 · 4 = 64)"),
    Mistake(
      "points without a grid", "sampling:\n  grid_points: [4, 4, 4]\n",
      "c.yaml:2: sampling.grid_points: is only for a grid (got [4, 4, 4], expected none with another design)"),
    Mistake(
      "grid without a point", "sampling:\n  design: grid\n  samples: 16\n  grid_points: [4, 4, 0]\n",
      "c.yaml:4: sampling.grid_points: is out of range (got [4, 4, 0], expected whole numbers from 1 to 100000)"
    ),
    Mistake(
      "number for a section", "network: 5",
      "c.yaml:1: network: is not a mapping (got 5, expected lines of the form key: value)"),
    Mistake(
      "list at the root", "- network\n- kernel\n",
      "c.yaml:1: is not a mapping (got a list, expected lines of the form key: value)"),
    Mistake(
      "number for a list", "kernel:\n  contacts_um: 100\n",
      "c.yaml:2: kernel.contacts_um: is not a list (got 100, expected a list [a, b, ...])"),
    Mistake(
      "element of the wrong type", "kernel:\n  contacts_um:\n    - 0\n    - deep\n    - [1, 2]\n",
      "c.yaml:4: kernel.contacts_um[1]: is not a number (got deep, expected a number)",
      "c.yaml:5: kernel.contacts_um[2]: is not a point (got a list, expected a depth z or [x, y, z])"),
    Mistake(
      "range of three numbers", "sampling:\n  parameters:\n    eta: [1, 2, 3]\n",
      "c.yaml:3: sampling.parameters.eta: is not a pair of numbers (got a list, expected [lower, upper])"),
  ]

  static let values = [
    Mistake(
      "negative count", "network:\n  excitatory_neurons: -4\n",
      "c.yaml:2: network.excitatory_neurons: is out of range (got -4, expected a whole number from 1 to "
        + "16777216)"),
    Mistake(
      "η, g and J outside the model", "network:\n  eta: 0\n  g: -1\n  J_mV: -0.1\n",
      "c.yaml:2: network.eta: is out of range (got 0.0, expected a number greater than 0)",
      "c.yaml:3: network.g: is out of range (got -1.0, expected a number not less than 0)",
      "c.yaml:4: network.J_mV: is out of range (got -0.1, expected a number greater than 0)"),
    Mistake(
      "times beyond all bounds", "network:\n  t_ref_ms: 1e300\nsimulation:\n  dt_ms: 1e-300\n",
      "c.yaml:4: simulation.dt_ms: is out of range (got 1e-300, expected a number from 0.001 to 1.0)"),
    Mistake(
      "connection fraction above 1", "network: {connection_fraction: 1.5}",
      "c.yaml:1: network.connection_fraction: is out of range (got 1.5, expected a number greater than 0 "
        + "and not greater than 1)"),
    Mistake(
      "reversed range", "sampling:\n  parameters:\n    g: [3.5, 8]\n    eta: [4, 0.8]\n",
      "c.yaml:4: sampling.parameters.eta: is out of range (got [4.0, 0.8], expected [lower, upper] with "
        + "lower < upper)"),
    Mistake(
      "no parameters", "sampling:\n  parameters: {}\n",
      "c.yaml:2: sampling.parameters: is empty (got nothing, expected at least one parameter)"),
    Mistake(
      "no contacts", "kernel:\n  contacts_um: []\n",
      "c.yaml:2: kernel.contacts_um: is out of range (got [], expected at least one of a depth z or a "
        + "point [x, y, z], none twice)"),
    Mistake(
      "the same contact twice", "kernel:\n  contacts_um: [0, [0, 0, 0]]\n",
      "c.yaml:2: kernel.contacts_um: is out of range (got [0.0, 0.0], expected at least one of a depth z "
        + "or a point [x, y, z], none twice)"),
    Mistake(
      "reversed soma depths and layer",
      "kernel:\n  soma_depth_um: [-350, -450]\n  layers_um:\n    upper: [0, 0]\n",
      "c.yaml:2: kernel.soma_depth_um: is out of range (got [-350.0, -450.0], expected [lower, upper] "
        + "with lower <= upper)",
      "c.yaml:4: kernel.layers_um.upper: is out of range (got [0.0, 0.0], expected [lower, upper] with "
        + "lower < upper)"),
    Mistake(
      "negative number of synapses", "kernel:\n  synapses:\n    E_to_I: {lower: -1}\n",
      "c.yaml:3: kernel.synapses.E_to_I.lower: is out of range (got -1, expected a whole number from 0 to "
        + "2147483647)"),
    Mistake(
      "confidence of 1", "evaluation: {confidence: 1}",
      "c.yaml:1: evaluation.confidence: is out of range (got 1.0, expected a number greater than 0 and "
        + "less than 1)"),
  ]

  static let rules = [
    Mistake(
      "delay of less than a step", "network:\n  delay_ms: 0.05\n",
      "c.yaml:2: network.delay_ms: is shorter than one time step (got 0.05, expected at least dt_ms = 0.1)"),
    Mistake(
      "times between two steps", "network:\n  delay_ms: 1.55\n  t_ref_ms: 1.99\n",
      "c.yaml:2: network.delay_ms: is not a whole number of time steps (got 1.55, expected a multiple of "
        + "dt_ms = 0.1)",
      "c.yaml:3: network.t_ref_ms: is not a whole number of time steps (got 1.99, expected a multiple of "
        + "dt_ms = 0.1)"),
    Mistake(
      "time step that the default delay is no multiple of", "simulation:\n\n  dt_ms: 0.2\n",
      "c.yaml:3: network.delay_ms: is not a whole number of time steps (got 1.5, expected a multiple of "
        + "dt_ms = 0.2)"),
    Mistake(
      "time step that does not divide a bin", "network: {t_ref_ms: 0, delay_ms: 3}\nsimulation: {dt_ms: 0.3}",
      "c.yaml:2: simulation.dt_ms: does not divide the bins of 1 ms (got 0.3, expected 1 ms divided by a "
        + "whole number)"),
    Mistake(
      "transient as long as the simulation", "simulation:\n  duration_ms: 100\n  transient_ms: 100\n",
      "c.yaml:3: simulation.transient_ms: leaves nothing of the simulation (got 100, expected less than "
        + "duration_ms = 100)"),
    Mistake(
      "simulation too short for a segment", "simulation:\n  duration_ms: 449\n",
      "c.yaml:2: simulation.duration_ms: is too short for one segment of the spectrum after the transient "
        + "(got 449, expected at least transient_ms + segment_ms = 450)"),
    Mistake(
      "overlap of a whole segment", "spectra:\n  overlap_ms: 300\n",
      "c.yaml:2: spectra.overlap_ms: is not shorter than a segment (got 300, expected less than "
        + "segment_ms = 300)"),
    Mistake(
      "efficacy that takes too many external inputs", "network: {J_mV: 1.0e-9}",
      "c.yaml:1: network.J_mV: is too small for the external drive (got 200000000.0 external "
        + "inputs per time step, expected at most 4096.0)"),
    Mistake(
      "too few neurons for an input", "network: {inhibitory_neurons: 4}",
      "c.yaml:1: network.connection_fraction: gives no input from the population "
        + "network.inhibitory_neurons = 4 (got 0.1, expected at least one input)"),
    Mistake(
      "all-to-all without autapses", "network: {connection_fraction: 1, multapses: false, autapses: false}",
      "c.yaml:1: network.multapses: needs more different neurons than there are (got 10000 inputs, "
        + "expected at most 9999)"),
    Mistake(
      "one neuron without autapses",
      "network: {inhibitory_neurons: 1, connection_fraction: 1, autapses: false}",
      "c.yaml:1: network.autapses: leaves a population of one neuron without input (got false, expected "
        + "more than one neuron)"),
    Mistake(
      "spreads of the wrong form, out of order and beyond what neurons can have",
      "network:\n  spread:\n    tau_m_ms: [2, 5]\n    t_ref_ms: [-1, 0, 3]\n    theta_mV: [2, 9, 28]\n"
        + "    delay_ms: [0.3, 1.8, 2.8]\n",
      "c.yaml:3: network.spread.tau_m_ms: is not a spread (got a list, expected none or [standard deviation, "
        + "lower, upper] with lower <= upper)",
      "c.yaml:4: network.spread.t_ref_ms: is out of range (got -1.0, expected a number not less than 0)",
      "c.yaml:5: network.spread.theta_mV: has an impossible lower bound (got 9.0, expected more than "
        + "V_reset_mV and E_L_mV)",
      "c.yaml:6: network.spread.delay_ms: does not hold the nominal value (got 1.8 to 2.8, expected bounds "
        + "around delay_ms = 1.5)"),
    Mistake(
      "reset and rest at threshold", "network:\n  V_reset_mV: 20\n  E_L_mV: 25\n",
      "c.yaml:2: network.V_reset_mV: is not below the threshold (got 20.0, expected less than "
        + "theta_mV = 20.0)",
      "c.yaml:3: network.E_L_mV: is not below the threshold (got 25.0, expected less than "
        + "theta_mV = 20.0)"),
    Mistake(
      "box that leaves the model", "sampling:\n  parameters:\n    eta: [0, 4]\n    J_mV: [-0.1, 0.4]\n",
      "c.yaml:3: sampling.parameters.eta: reaches networks whose network.eta is out of range (got 0.0, "
        + "expected a number greater than 0)",
      "c.yaml:4: sampling.parameters.J_mV: reaches networks whose network.J_mV is out of range (got -0.1, "
        + "expected a number greater than 0)"),
    Mistake(
      "box in which the threshold falls below the reset",
      "sampling:\n  parameters: {theta_mV: [8, 30]}\ntraining: {target_box: {theta_mV: [8, 30]}}",
      "c.yaml:2: sampling.parameters.theta_mV: reaches networks whose network.V_reset_mV is not below the "
        + "threshold (got 10.0, expected less than theta_mV = 8.0)"),
    Mistake(
      "sampled parameter that is no real number", "sampling:\n  parameters:\n    multapses: [0, 1]\n",
      "c.yaml:3: sampling.parameters.multapses: is not a known key, did you mean network.multapses? "
        + "(got multapses, expected one of connection_fraction, eta, g, J_mV, tau_m_ms, tau_syn_ms, t_ref_ms, "
        + "theta_mV, V_reset_mV, E_L_mV, delay_ms)"),
    Mistake(
      "sampled parameter without target range",
      "sampling:\n  parameters:\n    delay_ms: [1, 2]\ntraining: {target_box: {eta: [1, 2]}}\n",
      "c.yaml:3: sampling.parameters.delay_ms: has no range in training.target_box (got {eta: [1.0, 2.0]}, "
        + "expected a line delay_ms: [lower, upper] there)"),
    Mistake(
      "layers that overlap", "kernel:\n  layers_um:\n    lower: [-500, -250]\n",
      "c.yaml:3: kernel.layers_um.lower: overlaps layer upper (got [-500.0, -250.0], expected nothing "
        + "between -300.0 and -250.0)"),
    Mistake(
      "no soma-free room", "kernel: {excluded_radius_um: 10, population_radius_um: 10}",
      "c.yaml:1: kernel.excluded_radius_um: leaves no room for somata (got 10.0, expected less than "
        + "population_radius_um = 10.0)"),
    Mistake(
      "synapses without a place", "kernel:\n  sections:\n    E_to_E: []\n    I_to_I: [soma, soma]\n",
      "c.yaml:3: kernel.sections.E_to_E: leaves no place for the synapses (got [], expected at least one "
        + "of soma, basal, apical)",
      "c.yaml:4: kernel.sections.I_to_I: names a part twice (got [soma, soma], expected each part once)"),
    Mistake(
      "kernel shorter than the delay", "kernel: {lags_ms: 1}",
      "c.yaml:1: kernel.lags_ms: ends before the synapses respond (got 1, expected more than "
        + "delay_ms = 1.5)"),
    Mistake(
      "split of everything", "split:\n  test_fraction: 0.9\n  validation_fraction: 0.1\n",
      "c.yaml:2: split.test_fraction: leaves nothing for training (got 0.9 + 0.1, expected test_fraction "
        + "+ validation_fraction < 1, or 1 and 0 for a data set to be tested on only)"),
    Mistake(
      "share of less than one sample", "sampling:\n  samples: 10\n",
      "c.yaml:2: split.validation_fraction: is less than one sample (got 0.08, expected 0 or at least "
        + "1 / samples = 0.1)"),
    Mistake(
      "no sample for training",
      "sampling: {samples: 4}\nsplit: {test_fraction: 0.5, validation_fraction: 0.4}",
      "c.yaml:1: sampling.samples: is too small for the split (got 4, expected at least one sample for "
        + "training)"),
    Mistake(
      "selection on an empty set", "split: {test_fraction: 0}\ntraining: {selection: test}",
      "c.yaml:1: split.test_fraction: leaves no sample to select the best epoch on (got 0.0, expected "
        + "more than 0 with selection: test)"),
  ]
}
