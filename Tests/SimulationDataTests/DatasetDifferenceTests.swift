import Configuration
import ParameterSampling
import SimulationData
import Testing

@Suite("Which samples belong into one data set")
struct DatasetDifferenceTests {
  private let reference: DatasetDescription

  init() throws {
    reference = DatasetDescription(
      box: ParameterBox([.init(key: "eta", lower: 1, upper: 3)]), contacts: [.init(z: 0)],
      frequencies: [0, 8],
      duration: 3, transient: 1, timeStep: 0.1, excitatoryKernel: [1, 2], inhibitoryKernel: [3, 4],
      configuration: try StoredConfiguration(yaml: "seed: 1\nnetwork:\n  g: 5\n", file: ""),
      softwareVersion: "1",
      simulationIdentity: "a",
      spectraIdentity: "b")
  }

  private func difference(after change: (inout DatasetDescription) -> Void) -> String? {
    var changed = reference
    change(&changed)
    return changed.difference(from: reference)
  }

  @Test("equal descriptions do not differ, nor do kernels by rounding on another machine")
  func same() {
    #expect(difference { _ in } == nil)
    #expect(difference { $0.excitatoryKernel[0] *= 1 + 1e-12 } == nil)
  }

  @Test("a difference is named")
  func other() {
    #expect(difference { $0.softwareVersion = "2" } == "the software version is 2 there, 1 here")
    #expect(difference { $0.simulationIdentity = "" } == "another simulation_identity")
    #expect(difference { $0.spectraIdentity = "" } == "another spectra_identity")
    #expect(difference { $0.contacts[0].x = 1 } == "other ranges, channels, frequencies or times")
    #expect(difference { $0.transient = 2 } == "other ranges, channels, frequencies or times")
    #expect(difference { $0.inhibitoryKernel[1] += 1e-6 } == "other kernels")
    #expect(difference { $0.inhibitoryKernel = [] } == "other kernels")
  }

  @Test(
    "configurations differ by a key, also if one lacks it, but not by how they are written",
    arguments: [
      ("seed: 1\nnetwork:\n  g: 6\n", "network.g is 6 there, 5 here"),
      ("seed: 1\nnetwork:\n  g: 5\n  J_mV: 0.2\n", "network.J_mV is 0.2 there, missing here"),
      ("network:\n  g: 5\n", "seed is missing there, 1 here"),
      (
        "seed: 1\nnetwork: {g: 5}\nsampling: {samples: 20, shard_size: 5}\n",
        "sampling is {samples: 20, shard_size: 5} there, missing here"
      ),
      ("seed: 1\nnetwork: {g: 5} # as before\n", nil),
    ] as [(String, String?)])
  func configurations(text: String, expected: String?) throws {
    let other = try StoredConfiguration(yaml: text, file: "")
    #expect(difference { $0.configuration = other } == expected)
  }
}
