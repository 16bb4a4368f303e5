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

  /// Commands of which `flood` prints a mebibyte, more than a pipe holds; all are killed if nobody reads that.
  private func flooding(_ commands: String) -> String {
    """
    exec timeout -s KILL 20 bash <<'END'
    flood() { yes 'MaxJobCount = 10000' 2>/dev/null | head -c 1048576; }
    \(commands)
    END
    """
  }

  @Test(
    "commands may print any amount to both outputs, in any order",
    arguments: ["flood >&2; flood", "flood; flood >&2"])
  func floods(commands: String) throws {
    let client = try client(scontrol: flooding(commands + "; echo; echo MaxArraySize = 7"))
    #expect(try client.maximalArraySize() == 7)
  }

  @Test("a refusal has all that was said, however much was printed")
  func refusal() throws {
    let client = try client(
      sbatch: flooding("flood; echo 'sbatch: error: no partition' >&2; echo why >&2; exit 1"))
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
