import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Recordings that cannot be read", .finishedStudy)
struct RecordingTests {
  struct Problem: Sendable {
    let expected: String
    let change: @Sendable (_ lfp: inout [Double], _ time: inout [Double]) -> Void
  }

  private static let problems = [
    Problem(expected: "recording.h5: /lfp: channel 1, counted from 0, is not finite at 7.0 ms") { lfp, time in
      lfp[time.count + 7] = .nan
    },
    // In seconds instead.
    Problem(expected: "recording.h5: /lfp: lasts ") { _, time in time = time.map { $0 / 1000 } },
  ]

  @Test("say which file, channel and time", arguments: problems)
  func refused(problem: Problem) async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    let count = 600
    var lfp = (0..<(TinyStudy.channels * count)).map { sin(Double($0)) }
    var time = (0..<count).map(Double.init)
    problem.change(&lfp, &time)
    let run = try HDF5File.open(folder.path("run.h5")).root
    let recording = try HDF5File.create(folder.path("recording.h5"))
    try recording.root.createDataset("lfp", lfp, shape: [TinyStudy.channels, count])
    try recording.root.createDataset("time", time)
    let depths: [Double] = try run.dataset("channel_depth").read()
    try recording.root.createDataset("channel_depth", depths)
    try recording.close()
    let outcome = try await Program.run("estimate --model model.h5 --input recording.h5", in: folder)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains(problem.expected), "\(outcome.errors)")
  }
}
