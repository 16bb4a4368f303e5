import Foundation

/// A configuration that names all keys.
enum EveryKey {
  /// Every key with a value other than its default, in canonical form.
  static let text = """
    seed: 18446744073709551615
    network:
      excitatory_neurons: 800
      inhibitory_neurons: 200
      connection_fraction: 0.25
      eta: 1.7
      g: 4.5
      J_mV: 0.2
      tau_m_ms: 15.0
      tau_syn_ms: 1.5
      t_ref_ms: 1.5
      theta_mV: -50.0
      V_reset_mV: -60.0
      E_L_mV: -70.0
      delay_ms: 2.25
      multapses: false
      autapses: false
      spread:
        tau_m_ms: [2.0, 5.0, 25.0]
        t_ref_ms: [0.25, 0.5, 2.5]
        theta_mV: [1.0, -55.0, -45.0]
        delay_ms: [0.5, 0.25, 4.0]
    simulation:
      duration_ms: 1000
      transient_ms: 200
      dt_ms: 0.25
      bin_ms: 0.5
    sampling:
      design: grid
      samples: 1000
      grid_points: [20, 50]
      shard_size: 10
      parameters:
        J_mV: [0.1, 0.3]
        delay_ms: [1.0, 2.0]
      nuisance:
        tau_m_ms: [15.0, 25.0]
    kernel:
      populations: [E]
      morphology_E: cells/layer 5.swc
      morphology_I: basket.swc
      rotation_E: [90.0, 0.0, 45.0]
      rotation_I: "-y"
      capacitance_uF_per_cm2: 0.9
      axial_resistivity_ohm_cm: 100.0
      tau_m_ms: 10.0
      tau_syn_ms: 2.0
      point_neuron_capacitance_pF: 250.0
      conductivity_S_per_m: 0.4
      lambda_f_Hz: 200.0
      d_lambda: 0.2
      contacts_um: [50.0, [20.0, 0.0, -100.0]]
      population_radius_um: 300.0
      excluded_radius_um: 0.0
      soma_depth_um: [-400.0, -400.0]
      soma_depths: 1
      rotations: 7
      orientation_I: isotropic
      layers_um:
        upper: [-200.0, 10.0]
        lower: [-600.0, -250.0]
      synapses:
        E_to_E: {upper: 1, lower: 2}
        I_to_E: {upper: 3, lower: 4}
        E_to_I: {upper: 5, lower: 6}
        I_to_I: {upper: 0, lower: 0}
      synapses_of: another_network
      sections:
        E_to_E: [apical]
        I_to_E: [soma]
        E_to_I: [basal, soma]
        I_to_I: []
      lags_ms: 80
      nuisance:
        soma_shift_um: [-50.0, 50.0]
        gain_dB: [-3.0, 3.0]
        gain_I_dB: [-6.0, 12.0]
        morphologies: [[stick_pyramid, stick_interneuron], [pyramid.swc, basket.swc]]
    measurement:
      noise_uV: [0.1, 5.0]
      noise_of_rms: 0.03
      background_uV: 2.0
      mains_uV: [1.0, 10.0]
      mains_Hz: 60.0
      mains_harmonics: 2
      gain_dB: 3.0
      channel_gain_dB: 0.5
      high_pass_Hz: 0.1
      high_pass_order: 2
      low_pass_Hz: 200.0
      low_pass_order: 3
      converter_step_uV: 0.195
      reference: bipolar
      realisation: 1
    spectra:
      segment_ms: 200
      overlap_ms: 0
    split:
      test_fraction: 0.1
      validation_fraction: 0.0
    training:
      preset: recording
      input: log_power
      predict: gaussian
      loss_weights: {}
      error_weight: 30.0
      components: 3
      members: 4
      epochs: 3
      batch_size: 7
      learning_rate: 1.0e-05
      schedule: cosine
      warm_up_epochs: 2
      beta_1: 0.5
      beta_2: 0.0
      epsilon: 1.0e-12
      weight_decay: 0.3
      gradient_norm: 2.5
      averaging: 0.99
      input_noise: 0.0
      gain_noise_dB: 0.0
      regularisation_samples: 5000
      frequencies_Hz: [2.0, 300.0]
      exclude_frequencies_Hz: [[45.0, 55.0], [95.0, 105.0]]
      floor_uV: 0.05
      measurement:
        noise_uV: 1.0
        noise_of_rms: 0.0
        background_uV: [0.5, 2.0]
        mains_uV: 5.0
        mains_Hz: 60.0
        mains_harmonics: 1
        gain_dB: 3.0
        channel_gain_dB: 1.0
        high_pass_Hz: 1.0
        high_pass_order: 4
        low_pass_Hz: 300.0
        low_pass_order: 2
        converter_step_uV: 0.2
        reference: none
        realisation: 2
      patience: 20
      selection: test
      target_box:
        delay_ms: [0.5, 3.0]
        J_mV: [0.05, 0.4]
      parameters: [J_mV]
      samples: 20
    evaluation:
      bootstrap_resamples: 10
      confidence: 0.683
    robustness:
      samples: 1000
      conditions:
        clean: []
        "1 \\U000000B5V": ["measurement.noise_uV=1", "dataset=other.h5"]

    """.replacingOccurrences(of: "cells/layer 5.swc", with: "\"cells/layer 5.swc\"")
}
