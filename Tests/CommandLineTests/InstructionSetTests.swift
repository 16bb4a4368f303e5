import SpikingNetwork
import TestSupport
import Testing

@Suite("Choice of the instruction set")
struct InstructionSetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func simulate(_ name: String) async throws -> Program.Outcome {
    try await Program.run(
      "simulate --duration-ms 500 --seed 4 --quiet", in: folder,
      environment: ["BRUNEL_LFP_INSTRUCTIONS": name])
  }

  @Test("networks are the same with each that this machine has, whatever the case of its name")
  func sameNetworks() async throws {
    func spikes(_ name: String) async throws -> [Substring] {
      let outcome = try await simulate(name)
      #expect(outcome.status == 0)
      // Times differ.
      return outcome.output.split(separator: "\n").filter { !$0.hasPrefix("time") }
    }
    let chosen = try await spikes("")
    #expect(chosen.count > 2)
    for instructions in InstructionSet.available {
      #expect(try await spikes(instructions.description.lowercased()) == chosen)
    }
  }

  @Test("others are refused")
  func unknownNames() async throws {
    let outcome = try await simulate("MMX")
    #expect(outcome.status == 64)
    #expect(
      outcome.errors.hasPrefix(
        "brunel-lfp: BRUNEL_LFP_INSTRUCTIONS: is no instruction set of this machine (got MMX, expected one of baseline"
      ))
  }
}
