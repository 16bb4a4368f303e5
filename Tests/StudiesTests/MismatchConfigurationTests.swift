import Configuration
import Foundation
import ParameterSampling
import Studies
import TestSupport
import Testing

/// Test networks that differ from those of a training.
@Suite struct MismatchConfigurationTests {
  @Test("nuisance parameters of the training are drawn, but for what is changed or estimated")
  func nuisance() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "model.h5")
    try folder.write(
      """
      boxes: {one: {parameters: {eta: [1, 2], t_ref_ms: [1, 3]}, models: {own: {file: model.h5}}}}
      shift: {tau_syn_ms: [2]}
      spread: {delay_ms: {within: [0.5, 2], deviations: [0.1]}}
      """, to: "study.yaml")
    let configuration = try MismatchConfiguration(contentsOf: URL(fileURLWithPath: folder.path("study.yaml")))
    let trained = try StudyConfiguration(
      yaml:
        "sampling: {nuisance: {tau_syn_ms: [0, 5], t_ref_ms: [2, 4], delay_ms: [1, 2], theta_mV: [18, 22]}}")
    let drawn = try configuration.mismatches.map {
      try configuration.networks(in: configuration.boxes.entries[0].value, $0, for: [trained]).sampling
        .nuisance
        .keys
    }
    #expect(
      drawn == [
        ["tau_syn_ms", "delay_ms", "theta_mV"], ["tau_syn_ms", "theta_mV"], ["delay_ms", "theta_mV"],
      ])
  }
}
