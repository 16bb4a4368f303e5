import Foundation
import TestSupport
import Testing

@Suite("Before there is work to finish, a signal ends the program at once")
struct InterruptionTests {
  @Test(
    "while kernels are computed",
    arguments: [
      ("config validate study.yaml", SIGTERM, 143),
      ("kernel --config study.yaml --output new.h5", SIGINT, 130),
      ("generate study.yaml --output shards", SIGINT, 130),
    ])
  func kernels(command: String, signal: Int32, status: Int32) async throws {
    let folder = try TinyStudy.folder(TinyStudy.configuration())
    // Hours of work.
    let run = try Program.start(
      command + " --set kernel.soma_depths=100000 --set kernel.rotations=100000", in: folder)
    run.send(signal) { isHandled(signal, by: run.identifier) }
    let outcome = try await run.outcome()
    #expect(outcome.status == status)
    #expect(!folder.contains("new.h5"))
  }

  /// Whether the process has its own way of handling the signal by now.
  private func isHandled(_ signal: Int32, by process: pid_t) -> Bool {
    let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let caught = status?.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
    let mask = caught.flatMap { UInt64($0, radix: 16) } ?? 0
    return mask & 1 << (UInt64(signal) - 1) != 0
  }
}
