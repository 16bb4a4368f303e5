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
    arguments: ["quick", "ci", "paper-full", "paper-ai", "recording", "survey"])
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

  @Test("every key is read and written")
  func everyKeyRoundTrips() throws {
    let configuration = try StudyConfiguration(yaml: EveryKey.text)
    #expect(configuration.yaml == EveryKey.text)
    #expect(try StudyConfiguration(yaml: configuration.yaml) == configuration)
    let usual = StudyConfiguration().yaml.components(separatedBy: "\n")
    let shared = EveryKey.text.components(separatedBy: "\n").filter {
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
