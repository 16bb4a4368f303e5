import Configuration
import Foundation
import ParameterChecks
import ParameterSampling
import SpectralAnalysis
import Testing

/// Keys about what lies between potential and network.
@Suite struct MeasurementConfigurationTests {
  private static let measurement = """
    measurement:
      noise_uV: [0.5, 5.0]
      noise_of_rms: 0.1
      background_uV: 2.0
      mains_uV: [0.1, 10.0]
      mains_Hz: 60.0
      mains_harmonics: 4
      gain_dB: 3.0
      channel_gain_dB: 0.5
      high_pass_Hz: 0.3
      high_pass_order: 2
      low_pass_Hz: 450.0
      low_pass_order: 3
      converter_step_uV: 0.195
      reference: bipolar
      realisation: 7

    """
  private static let others = """
    simulation: {bin_ms: 0.2}
    sampling:
      nuisance: {tau_m_ms: [10.0, 30.0], delay_ms: [1.0, 2.0]}
    training:
      input: log_power
      frequencies_Hz: [2.0, 300.0]
      exclude_frequencies_Hz: [[45.0, 55.0], [95.0, 105.0]]
      floor_uV: 0.05
      measurement: {noise_uV: [0.05, 5.0], gain_dB: 3.0}

    """

  @Test("every key of a measurement is read and written")
  func measurement() throws {
    let study = try StudyConfiguration(yaml: Self.measurement)
    var expected = MeasurementParameters()
    (expected.noise, expected.background, expected.mains) = (Level(0.5...5), Level(2), Level(0.1...10))
    (expected.relativeNoise, expected.mainsFrequency, expected.mainsHarmonics) = (0.1, 60, 4)
    (expected.gain, expected.channelGain) = (3, 0.5)
    (expected.highPass, expected.highPassOrder, expected.lowPass, expected.lowPassOrder) = (0.3, 2, 450, 3)
    (expected.converterStep, expected.reference, expected.realisation) = (0.195, .bipolar, 7)
    #expect(study.measurement == expected)
    #expect(study.yaml.contains(Self.measurement))
    #expect(try StudyConfiguration(yaml: study.yaml) == study)
    #expect(try StudyConfiguration(yaml: study.yaml).measurement == expected)
  }

  @Test("bands, floors, measurements in training, fine bins and nuisances are read and written")
  func others() throws {
    let study = try StudyConfiguration(yaml: Self.others)
    #expect(study.simulation.bin == 0.2)
    #expect(study.sampling.nuisance.keys.sorted() == ["delay_ms", "tau_m_ms"])
    #expect(study.sampling.nuisance["tau_m_ms"]?.upper == 30)
    #expect(study.training.frequencies == .range(2...300))
    #expect(study.training.excludedFrequencies == [45...55, 95...105])
    #expect(study.training.floor == 0.05)
    #expect(study.training.measurement.noise == Level(0.05...5) && study.training.measurement.gain == 3)
    let again = try StudyConfiguration(yaml: study.yaml)
    #expect(again == study && again.yaml == study.yaml)
    #expect(again.training == study.training && again.sampling == study.sampling)
    // Single values, nothing and all.
    #expect(try StudyConfiguration(yaml: "training: {frequencies_Hz: all}").training.frequencies == .all)
    #expect(try StudyConfiguration(yaml: "measurement: {noise_uV: 3}").measurement.noise == Level(3))
  }

  @Test("networks see the frequencies of the band but for excluded ones, ends included")
  func positions() throws {
    let training = try StudyConfiguration(yaml: Self.others).training
    let frequencies = stride(from: 0.0, through: 500, by: 5).map { $0 }
    let seen = training.positions(in: frequencies).map { frequencies[$0] }
    #expect(seen.first == 5 && seen.last == 300)
    #expect(seen == frequencies.filter { 2...300 ~= $0 && !(45...55 ~= $0) && !(95...105 ~= $0) })
    #expect(TrainingConfiguration().positions(in: frequencies) == Array(frequencies.indices))
  }

  private func keyPaths(_ yaml: String) -> [String] {
    do throws(ParameterError) {
      _ = try StudyConfiguration(yaml: yaml)
      return []
    } catch {
      return error.problems.map(\.keyPath)
    }
  }

  @Test(
    "impossible values are refused at their keys",
    arguments: [
      ("measurement: {noise_uV: -1}", "measurement.noise_uV"),
      ("measurement: {background_uV: [0, 2]}", "measurement.background_uV"),
      ("measurement: {mains_uV: [-1, 2]}", "measurement.mains_uV"),
      ("measurement: {noise_of_rms: -0.1}", "measurement.noise_of_rms"),
      ("measurement: {converter_step_uV: -1}", "measurement.converter_step_uV"),
      ("measurement: {gain_dB: -1}", "measurement.gain_dB"),
      ("measurement: {low_pass_Hz: 500}", "measurement.low_pass_Hz"),
      ("measurement: {high_pass_Hz: -1}", "measurement.high_pass_Hz"),
      ("measurement: {high_pass_Hz: 20, low_pass_Hz: 10}", "measurement.low_pass_Hz"),
      ("measurement: {mains_Hz: 0}", "measurement.mains_Hz"),
      ("measurement: {mains_harmonics: 0}", "measurement.mains_harmonics"),
      ("measurement: {low_pass_order: 9}", "measurement.low_pass_order"),
      ("measurement: {realisation: -1}", "measurement.realisation"),
      ("measurement: {reference: bipolar}\nkernel: {contacts_um: [0.0]}", "measurement.reference"),
      ("training: {input: log_power, frequencies_Hz: [5, 2]}", "training.frequencies_Hz"),
      ("training: {input: log_power, floor_uV: -1}", "training.floor_uV"),
      ("training: {input: power, floor_uV: 1}", "training.floor_uV"),
      ("training: {input: power, measurement: {noise_uV: 1}}", "training.measurement"),
      (
        "training: {input: log_power, measurement: {noise_uV: 1, reference: average}}",
        "training.measurement.reference"
      ),
      (
        "training: {input: log_power, measurement: {noise_of_rms: 1}}",
        "training.measurement.noise_of_rms"
      ),
      ("training: {input: log_power, input_noise: 0.1, measurement: {gain_dB: 1}}", "training.measurement"),
      ("sampling: {nuisance: {g: [4, 5]}}", "sampling.nuisance.g"),
      ("sampling: {nuisance: {delay_ms: [0.0, 2.0]}}", "sampling.nuisance.delay_ms"),
      ("simulation: {bin_ms: 0.3}", "simulation.bin_ms"),
      ("simulation: {bin_ms: 0.2, dt_ms: 0.25}", "simulation.dt_ms"),
    ])
  func problems(yaml: String, keyPath: String) {
    #expect(keyPaths(yaml) == [keyPath])
  }

  @Test("measurements change spectra alone, bins and nuisances change simulations")
  func identities() throws {
    let folder = URL(fileURLWithPath: "/")
    func identities(_ yaml: String) throws -> (simulation: String, spectra: String) {
      let study = try Study(StudyConfiguration(yaml: yaml), folder: folder)
      return (study.simulationIdentity, study.spectraIdentity)
    }
    let usual = try identities("{}")
    for yaml in [
      "measurement: {noise_uV: 0}", "sampling: {nuisance: {}}", "simulation: {bin_ms: 1}",
      "network: {tau_syn_ms: 0}",
      "training: {input: log_power, floor_uV: 1}",
    ] {
      #expect(try identities(yaml) == usual)
    }
    for yaml in ["measurement: {noise_uV: 1}", "measurement: {reference: average}"] {
      let changed = try identities(yaml)
      #expect(changed.simulation == usual.simulation && changed.spectra != usual.spectra)
    }
    for yaml in [
      "simulation: {bin_ms: 0.5}", "sampling: {nuisance: {delay_ms: [1, 2]}}", "network: {tau_syn_ms: 2}",
    ] {
      let changed = try identities(yaml)
      #expect(changed.simulation != usual.simulation && changed.spectra != usual.spectra)
    }
  }
}
