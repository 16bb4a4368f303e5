import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite("Files of processes that have ended")
struct TemporaryNameTests {
  @Test("Running processes are in the table, and no others")
  func table() {
    #expect(ProcessTable.contains(getpid()) && ProcessTable.contains(1))
    // Numbers of processes are below 2²².
    #expect(![0, -1, 8_388_607].contains(where: ProcessTable.contains))
    if let identity = ProcessTable.identity { #expect(identity.wholeMatch(of: /[0-9a-f]{12}/) != nil) }
  }

  @Test(
    "Only files of ended processes of this machine are removed", .enabled(if: ProcessTable.identity != nil))
  func abandoned() throws {
    let machine = try #require(ProcessTable.identity)
    let folder = try TemporaryFolder()
    let ended = "a.h5.tmp-\(machine)-8388607-0123abcd"
    let kept = [
      FilePath.name(TemporaryName.beside("b.h5")), "c.h5.tmp-0123456789ab-8388607-0123abcd",
      "d.h5.tmp-\(machine)-8388607-mine", "e.h5.tmp-\(machine)-0-0123abcd", "f.h5",
    ]
    for name in kept + [ended] { try folder.write("", to: name) }
    TemporaryName.removeAbandoned(in: folder.path)
    #expect(try folder.names() == kept)
  }
}
