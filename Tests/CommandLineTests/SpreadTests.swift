import Foundation
import TestSupport
import Testing

@Suite("Neurons and synapses that differ")
struct SpreadTests {
  /// Rates and spikes of a small network with the given lines in its section `spread`.
  private func figures(_ spread: String) async throws -> [Double] {
    let folder = try TemporaryFolder()
    let network = "network: {excitatory_neurons: 400, inhibitory_neurons: 100, spread: {\(spread)}}\n"
    try folder.write(network, to: "study.yaml")
    let outcome = try await Program.run(
      "simulate --config study.yaml --J 0.4 --duration-ms 600 --json", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let members = try outcome.members()
    return ["rate_E_Hz", "rate_I_Hz", "cv_isi", "spikes"].compactMap { members[$0] as? Double }
  }

  @Test("a spread without width is none, and each with width changes the network")
  func widths() async throws {
    let uniform = try await figures("")
    #expect(uniform.count == 4)
    let spreads = [
      ("tau_m_ms", "2, 38"), ("theta_mV", "12, 28"), ("t_ref_ms", "0.2, 3.8"), ("delay_ms", "0.2, 2.8"),
    ]
    for (name, bounds) in spreads {
      #expect(try await figures("\(name): [0, \(bounds)]") == uniform, "\(name)")
      #expect(try await figures("\(name): [0.5, \(bounds)]") != uniform, "\(name)")
    }
  }
}
