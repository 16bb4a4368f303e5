import DurableFiles
import Foundation
import SimulationData
import Studies
import TestSupport
import Testing

@Suite("Running processes")
struct RunningProcessTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("") }

  init() throws { folder = try TemporaryFolder() }

  private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path) }

  /// Writes what a process says about itself; numbers of running processes are below 2²².
  private func write(_ name: String, process: Int32 = 8_388_607, host: String, machine: String?) throws {
    let machine = machine.map { "\"machine\":\"\($0)\"," } ?? ""
    try folder.write(
      """
      {"host":"\(host)",\(machine)"process":\(process),"samples":5,"simulated":2,"stored":0,"samplesPerSecond":1}
      """, to: name)
  }

  /// Makes a file older than the ten minutes after which processes elsewhere count as gone.
  private func age(_ name: String) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -1000)], ofItemAtPath: folder.path(name))
  }

  @Test("A process is seen from its first to its last word")
  func presence() throws {
    let presence = Presence(in: path, samples: 10)
    #expect(RunningProcess.all(in: path).map(\.samples) == [10])
    for _ in 0..<3 { presence.advance(stored: 0) }
    presence.advance(stored: 4)
    let process = try #require(RunningProcess.all(in: path).first)
    #expect(process.simulated == 4 && process.stored == 4 && process.samplesPerSecond > 0)
    presence.end()
    #expect(RunningProcess.all(in: path).isEmpty)
    #expect(try names().isEmpty)
  }

  @Test("Who has nothing to do says nothing")
  func idle() throws {
    let presence = Presence(in: path, samples: 0)
    #expect(try names().isEmpty)
    presence.end()
  }

  @Test(
    "What a killed process of this machine left behind is not counted, and removed by the next one",
    .enabled(if: ProcessTable.identity != nil))
  func killed() throws {
    try write(
      "running-here-8388607.json", host: ProcessInfo.processInfo.hostName, machine: ProcessTable.identity)
    #expect(RunningProcess.all(in: path).isEmpty)
    let presence = Presence(in: path, samples: 3)
    #expect(try names().count == 1)
    presence.end()
  }

  @Test("A process of another machine counts until it has said nothing for ten minutes")
  func elsewhere() throws {
    let name = "running-elsewhere-17.json"
    try write(name, host: "elsewhere", machine: "0123456789ab")
    #expect(RunningProcess.all(in: path).count == 1)
    try age(name)
    #expect(RunningProcess.all(in: path).isEmpty)
    RunningProcess.clean(path)
    #expect(try names() == [name])
  }

  @Test(
    "Process numbers mean nothing in another container or after a restart, though the host name is the same",
    arguments: ["0123456789ab", nil], [getpid(), 8_388_607])
  func sameHost(machine: String?, process: Int32) throws {
    // Files without a machine are older.
    let name = "running-here-\(process).json"
    try write(name, process: process, host: ProcessInfo.processInfo.hostName, machine: machine)
    RunningProcess.clean(path)
    #expect(RunningProcess.all(in: path).map(\.process) == [process])
    try age(name)
    #expect(RunningProcess.all(in: path).isEmpty)
    RunningProcess.clean(path)
    #expect(try names().isEmpty)
  }

  @Test("Files that only look alike are left alone")
  func foreign() throws {
    try folder.write("mine", to: "running-notes.json")
    RunningProcess.clean(path)
    #expect(RunningProcess.all(in: path).isEmpty)
    #expect(try names() == ["running-notes.json"])
  }
}
