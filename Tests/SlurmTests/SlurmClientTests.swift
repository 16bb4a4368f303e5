import Slurm
import TestSupport
import Testing

@Suite("Commands of Slurm")
struct SlurmClientTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A client whose commands are shell scripts.
  private func client(sbatch: String = "", scontrol: String = "") throws -> SlurmClient {
    try folder.writeProgram(sbatch, to: "sbatch")
    try folder.writeProgram(scontrol, to: "scontrol")
    return try SlurmClient(searchPath: "/nowhere:\(folder.path)")
  }

  /// Defines a command that prints a mebibyte, more than a pipe holds, and gives up, in failure, if nobody reads it.
  private static let flood =
    "flood() { timeout 20 head -c 1048576 < <(yes 'MaxJobCount = 10000') || exit 1; }\n"

  @Test(
    "commands may print any amount to both outputs, in any order",
    arguments: ["flood >&2; flood", "flood; flood >&2"])
  func floods(commands: String) throws {
    let client = try client(scontrol: Self.flood + commands + "; echo; echo MaxArraySize = 7")
    #expect(try client.maximalArraySize() == 7)
  }

  @Test("a refusal has all that was said, however much was printed")
  func refusal() throws {
    let client = try client(
      sbatch: Self.flood + "flood; echo 'sbatch: error: no partition' >&2; echo why >&2; exit 1")
    #expect(throws: SlurmError.refused(command: "sbatch", reason: "error: no partition; why")) {
      try client.submit(script: "script")
    }
  }

  @Test("a command that says nothing is refused by its exit status, one that is missing by its name")
  func others() throws {
    let client = try client(sbatch: "exit 3", scontrol: "echo nothing")
    #expect(throws: SlurmError.refused(command: "sbatch", reason: "exit status 3")) {
      try client.submit(script: "script")
    }
    #expect(
      throws: SlurmError.refused(command: "scontrol show config", reason: "it names no MaxArraySize")
    ) { try client.maximalArraySize() }
    #expect(throws: SlurmError.notInstalled(command: "sbatch")) { try SlurmClient(searchPath: "/nowhere") }
  }
}
