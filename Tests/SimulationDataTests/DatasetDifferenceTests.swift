import Configuration
import ParameterSampling
import SimulationData
import Testing

@Suite("Which samples belong into one data set")
struct DatasetDifferenceTests {
  private let reference = DatasetDescription(
    box: ParameterBox([.init(key: "eta", lower: 1, upper: 3)]), channelDepths: [0], frequencies: [0, 8],
    duration: 3, transient: 1, timeStep: 0.1, excitatoryKernel: [1, 2], inhibitoryKernel: [3, 4],
    configuration: "seed: 1\nnetwork:\n  g: 5\n", softwareVersion: "1", simulationIdentity: "a",
    spectraIdentity: "b")

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
    #expect(
      difference { $0.configuration = "seed: 1\nnetwork:\n  g: 6\n" }
        == "configuration: got g: 6, expected g: 5")
    #expect(difference { $0.softwareVersion = "2" } == "software version: got 2, expected 1")
    #expect(difference { $0.simulationIdentity = "" } == "another simulation_identity")
    #expect(difference { $0.spectraIdentity = "" } == "another spectra_identity")
    #expect(difference { $0.transient = 2 } == "other ranges, channels, frequencies or times")
    #expect(difference { $0.inhibitoryKernel[1] += 1e-6 } == "other kernels")
    #expect(difference { $0.inhibitoryKernel = [] } == "other kernels")
  }
}
