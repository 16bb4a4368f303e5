import Configuration
import Foundation
import ParameterChecks
import ParameterSampling
import SpikingNetwork
import TestSupport
import Testing

/// Reading, writing and changing of valid configurations.
@Suite struct ConfigurationTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "configs")

  @Test(
    "keys that are left out have the paper's values",
    arguments: ["{}", "--- {} # nothing\n", "network:\nsimulation:\n", "\u{FEFF}seed: 1\r\n"])
  func defaults(yaml: String) throws {
    let configuration = try StudyConfiguration(yaml: yaml)
    #expect(configuration == StudyConfiguration())
    #expect(configuration.network.excitatoryInDegree == 1_000)
    #expect(configuration.network.inhibitoryInDegree == 250)
    #expect(configuration.network.delay == 1.5)
    #expect(configuration.simulation.duration == 3_000)
    #expect(configuration.sampling.box.keys == ["eta", "g", "J_mV"])
    #expect(configuration.sampling.box["J_mV"] == .init(key: "J_mV", lower: 0.05, upper: 0.4))
    #expect(configuration.kernel.contacts.map(\.z) == [0, -100, -200, -300, -400, -500])
    #expect(configuration.resolved.kernel.synapses.named[.EI] == ["lower": 1_000])
  }

  @Test("the reference file is the default configuration with comments")
  func referenceFile() throws {
    let file = Self.folder.appending(path: "reference.yaml")
    #expect(try StudyConfiguration(contentsOf: file) == StudyConfiguration())
    let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    let uncommented = lines.filter {
      let text = $0.trimmingCharacters(in: .whitespaces)
      return !text.isEmpty && !text.hasPrefix("#")
    }
    // Equal text also means that the file mentions every key.
    #expect(uncommented.joined(separator: "\n") + "\n" == StudyConfiguration().yaml)
  }

  @Test(
    "the files of the folder configs are valid",
    arguments: ["quick", "ci", "paper-full", "paper-ai", "recording"])
  func shippedFiles(name: String) throws {
    let configuration = try StudyConfiguration(contentsOf: Self.folder.appending(path: "\(name).yaml"))
    #expect(try StudyConfiguration(yaml: configuration.yaml) == configuration)
  }

  @Test("the studies of the paper have its sizes and boxes")
  func paperStudies() throws {
    let full = try StudyConfiguration(contentsOf: Self.folder.appending(path: "paper-full.yaml"))
    #expect(full == StudyConfiguration())
    let ai = try StudyConfiguration(contentsOf: Self.folder.appending(path: "paper-ai.yaml"))
    #expect(ai.sampling.samples == 50_000)
    #expect(ai.sampling.box["eta"] == .init(key: "eta", lower: 1.5, upper: 3))
    #expect(ai.sampling.box["g"] == .init(key: "g", lower: 4.5, upper: 6))
    #expect(ai.sampling.box["J_mV"] == .init(key: "J_mV", lower: 0.1, upper: 0.25))
    #expect(ai.training.targetBox == .ranges(.full))
  }

  /// Every key with a value other than its default, in canonical form.
  private static let everyKey = """
    seed: 18446744073709551615
    network:
      excitatory_neurons: 800
      inhibitory_neurons: 200
      connection_fraction: 0.25
      eta: 1.7
      g: 4.5
      J_mV: 0.2
      tau_m_ms: 15.0
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

  @Test("every key is read and written")
  func everyKeyRoundTrips() throws {
    let configuration = try StudyConfiguration(yaml: Self.everyKey)
    #expect(configuration.yaml == Self.everyKey)
    #expect(try StudyConfiguration(yaml: configuration.yaml) == configuration)
    let usual = StudyConfiguration().yaml.components(separatedBy: "\n")
    let shared = Self.everyKey.components(separatedBy: "\n").filter {
      $0.contains(": ") && usual.contains($0)
    }
    // Weights are for points only, other noise than that of measurements for none; the box of J_mV is named beside another parameter.
    #expect(
      shared == [
        "  loss_weights: {}", "  input_noise: 0.0", "  gain_noise_dB: 0.0", "    noise_of_rms: 0.0",
        "    reference: none", "    J_mV: [0.05, 0.4]",
      ])
  }

  @Test("text that differs in form alone gives one canonical text")
  func canonicalText() throws {
    let plain = try StudyConfiguration(
      yaml: "network: {eta: 2.50, E_L_mV: -0.0}\nsampling: {samples: 1e3}\nseed: 7")
    let other = try StudyConfiguration(
      yaml: "seed: 7\nsampling:\n  samples: 1000 # few\nnetwork:\n  eta: 25e-1\n")
    #expect(plain == other)
    #expect(plain.yaml == other.yaml)
    #expect(
      plain.identityText(of: [.spectra, .seed])
        == "seed: 7\nspectra:\n  segment_ms: 300\n  overlap_ms: 150\n")
  }

  @Test("canonical text of some sections does not depend on the others")
  func canonicalTextOfSections() throws {
    let data: [StudyConfiguration.Section] = [.network, .simulation, .sampling, .seed]
    let usual = StudyConfiguration()
    var changed = usual
    changed.training.epochs = 1
    changed.kernel.orientationSamples = 1
    #expect(changed.identityText(of: data) == usual.identityText(of: data))
    changed.network.eta = 2.1
    #expect(changed.identityText(of: data) != usual.identityText(of: data))
  }

  @Test("numbers of any size read back exactly", arguments: [1e-300, 1.0 / 3, 1e22, 123_456_789.125])
  func numbers(value: Double) throws {
    var configuration = StudyConfiguration()
    configuration.kernel.specificCapacitance = value
    #expect(try StudyConfiguration(yaml: configuration.yaml).kernel.specificCapacitance == value)
  }

  @Test("a sample's network is the configured one with the sampled parameters, in their order")
  func sampledNetwork() throws {
    let configuration = try StudyConfiguration(
      yaml:
        "network: {theta_mV: 19}\nsampling: {parameters: {delay_ms: [1, 2], J_mV: [0.1, 0.3], eta: [1, 4]}}")
    var expected = NetworkParameters()
    (expected.threshold, expected.delay, expected.efficacy, expected.eta) = (19, 2, 0.3, 3)
    #expect(configuration.network(with: [2, 0.3, 3]) == expected)
  }

  @Test("drawn times are moved to the grid, other parameters stay")
  func admissibleValues() throws {
    let configuration = StudyConfiguration()
    #expect(configuration.nearestAdmissible(1.5234, of: "delay_ms") == 1.5)
    #expect(configuration.nearestAdmissible(0.31, of: "t_ref_ms") == 0.3)
    #expect(configuration.nearestAdmissible(1.5234, of: "eta") == 1.5234)
    #expect(configuration.nearestAdmissible(0.12345, of: "connection_fraction") == 0.1236)
  }

  @Test("a configuration changed in code is checked like a file")
  func validation() throws {
    var configuration = StudyConfiguration()
    try configuration.validate()
    configuration.simulation.duration = 400
    let short = #expect(throws: ParameterError.self) { try configuration.validate() }
    #expect(
      short?.description
        == "simulation.duration_ms: is too short for one segment of the spectrum after the transient "
        + "(got 400, expected at least transient_ms + segment_ms = 450)")
    configuration.network.connectionFraction = .nan
    configuration.sampling.box = ParameterBox([])
    let invalid = #expect(throws: ParameterError.self) { try configuration.validate() }
    #expect(
      invalid?.problems.map(\.keyPath) == [
        "network.connection_fraction", "simulation.duration_ms", "sampling.parameters",
      ])
  }

  @Test("files that cannot be read are errors that name the file")
  func unreadableFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "configuration-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func message(_ file: URL) -> String? {
      do {
        _ = try StudyConfiguration(contentsOf: file)
        return nil
      } catch {
        return error.description.replacingOccurrences(of: folder.path, with: "F")
      }
    }
    #expect(message(folder.appending(path: "none.yaml")) == "F/none.yaml: does not exist")
    #expect(message(URL(filePath: folder.path)) == "F: is a folder, not a file")

    let file = folder.appending(path: "c.yaml")
    try Data([0x73, 0xFF, 0xFE]).write(to: file)
    #expect(message(file) == "F/c.yaml: is not text in UTF-8")

    try Data("kernel:\n  morphology_E: cell.swc\n".utf8).write(to: file)
    #expect(
      message(file) == "F/c.yaml:2: kernel.morphology_E: does not exist (got cell.swc, expected an SWC file, "
        + "relative to the folder of the configuration)")
    try Data().write(to: folder.appending(path: "cell.swc"))
    #expect(message(file) == nil)
  }
}
