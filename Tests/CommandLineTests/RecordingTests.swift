import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Recordings are read by what their files say, or refused", .finishedStudy)
struct RecordingTests {
  /// The potentials of `run.h5` after the transient, as changed, in `recording.h5`.
  fileprivate struct Recorded {
    var lfp: [Double]
    var time: [Double]
    var depths: [Double]
    /// Attributes of data sets, by path.
    var texts: [String: [String: String]] = [:]
    var numbers: [String: [String: Double]] = [:]
    var root: [String: Double] = [:]
    var isTransposed = false
    var hasTime = true

    var channels: Int { depths.count }
    var samples: Int { lfp.count / channels }

    init(_ folder: TemporaryFolder, from start: Double = 50) throws {
      let run = try HDF5File.open(folder.path("run.h5"))
      let times: [Double] = try run.root.dataset("time").read()
      let first = times.firstIndex { $0 >= start }!
      let potentials: [Double] = try run.root.dataset("lfp").read()
      depths = try run.root.dataset("channel_depth").read()
      time = Array(times[first...])
      lfp = depths.indices.flatMap { potentials[$0 * times.count + first..<($0 + 1) * times.count] }
      try run.close()
    }

    func write(to path: String) throws {
      let file = try HDF5File.create(path)
      let values =
        isTransposed ? (0..<samples).flatMap { k in (0..<channels).map { lfp[$0 * samples + k] } } : lfp
      try file.root.createDataset(
        "lfp", values, shape: isTransposed ? [samples, channels] : [channels, samples])
      if hasTime { try file.root.createDataset("time", time) }
      try file.root.createDataset("channel_depth", depths)
      for (name, attributes) in texts {
        for (key, text) in attributes { try file.root.dataset(name).attributes.write(text, named: key) }
      }
      for (name, attributes) in numbers {
        for (key, number) in attributes { try file.root.dataset(name).attributes.write(number, named: key) }
      }
      for (key, number) in root { try file.root.attributes.write(number, named: key) }
      try file.close()
    }
  }

  private func outcome(
    from start: Double = 50, _ change: (inout Recorded) -> Void = { _ in }
  ) async throws -> Program.Outcome {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    var recorded = try Recorded(folder, from: start)
    change(&recorded)
    try recorded.write(to: folder.path("recording.h5"))
    return try await Program.run("estimate --model model.h5 --input recording.h5", in: folder)
  }

  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var expected = ""
    fileprivate let change: @Sendable (inout Recorded) -> Void
  }

  private static let equal = [
    Change(testDescription: "uV") {
      $0.lfp = $0.lfp.map { $0 * 1e3 }
      $0.texts["lfp"] = ["units": "uV"]
    },
    Change(testDescription: "volts with conversion and offset") {
      $0.lfp = $0.lfp.map { ($0 * 1e-3 - 2) * 4 }
      $0.texts["lfp"] = ["unit": "volts"]
      $0.numbers["lfp"] = ["conversion": 0.25, "offset": 2]
    },
    Change(testDescription: "scale and offset of the CF conventions") {
      $0.lfp = $0.lfp.map { ($0 - 1) * 8 }
      $0.numbers["lfp"] = ["scale_factor": 0.125, "add_offset": 1, "_FillValue": -1e9]
    },
    Change(testDescription: "seconds") {
      $0.time = $0.time.map { $0 / 1000 }
      $0.texts["time"] = ["units": "s"]
    },
    Change(testDescription: "a sampling rate in place of times") {
      $0.hasTime = false
      $0.root["sampling_rate_Hz"] = 1000
    },
    Change(testDescription: "a clock that is some ppm off") { $0.time = $0.time.map { $0 * 0.99995 } },
    Change(testDescription: "depths in mm") {
      $0.depths = $0.depths.map { $0 / 1000 }
      $0.texts["channel_depth"] = ["units": "mm"]
    },
    Change(testDescription: "[time, channel]") { $0.isTransposed = true },
    Change(testDescription: "a cut recording that keeps its transient") { $0.root["transient_ms"] = 50 },
  ]

  @Test("what a file says about its numbers counts", arguments: equal)
  func read(change: Change) async throws {
    let expected = try await outcome()
    let found = try await outcome { change.change(&$0) }
    #expect(found.status == 0 && found.output == expected.output, "\(found.errors)\(found.output)")
  }

  private static let refused = [
    Change(testDescription: "NaN", expected: "/lfp: channel 1, counted from 0, is not finite at 57.5 ms") {
      $0.lfp[$0.samples + 7] = .nan
    },
    Change(
      testDescription: "a fill value", expected: "/lfp: channel 0, counted from 0, is not finite at 60.5 ms"
    ) {
      $0.lfp[10] = -999
      $0.numbers["lfp"] = ["_FillValue": -999]
    },
    Change(testDescription: "another unit", expected: "/lfp@units: is \"furlong\", expected V, mV, uV or nV")
    {
      $0.texts["lfp"] = ["units": "furlong"]
    },
    Change(testDescription: "seconds without a word", expected: "/lfp: lasts") {
      $0.time = $0.time.map { $0 / 1000 }
    },
    Change(testDescription: "a gap", expected: "/time: has an interval of 11 ms at 149.5 ms, expected 1 ms") {
      for i in 100..<$0.time.count { $0.time[i] += 10 }
    },
    Change(
      testDescription: "two rates", expected: "/time: has an interval of 1 ms at 50.5 ms, expected 0.5 ms"
    ) {
      for i in 100..<$0.time.count { $0.time[i] = $0.time[99] + 0.5 * Double(i - 99) }
    },
    Change(testDescription: "backwards", expected: "/time: goes back from") { $0.time.swapAt(20, 21) },
    Change(testDescription: "no time", expected: "/time: time 5, counted from 0, is nan") {
      $0.time[5] = .nan
    },
    Change(testDescription: "a dead channel", expected: "/lfp: channel 3, counted from 0, never changes") {
      for i in 3 * $0.samples..<4 * $0.samples { $0.lfp[i] = 0.25 }
    },
    Change(testDescription: "silence", expected: "/lfp: no channel ever changes: a silent network") {
      $0.lfp = $0.lfp.map { _ in 0 }
    },
    Change(testDescription: "too short", expected: "/lfp: lasts 0.1 s") {
      let recorded = $0
      $0.lfp = (0..<$0.channels).flatMap { recorded.lfp[$0 * recorded.samples..<$0 * recorded.samples + 100] }
      $0.time = Array($0.time.prefix(100))
    },
    Change(testDescription: "too slow", expected: "/lfp: is sampled at 500.0 Hz, expected at least 1000.0 Hz")
    {
      $0.time = $0.time.map { $0 * 2 }
    },
  ]

  @Test("what cannot be read rightly is refused in one line", arguments: refused)
  func refuse(change: Change) async throws {
    let found = try await outcome { change.change(&$0) }
    #expect(found.status == 65 && found.errorLines.count == 1)
    #expect(found.errors.contains("recording.h5: " + change.expected), "\(found.errors)")
  }

  @Test("spectra that are not those of the potentials beside them are refused")
  func staleSpectra() async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    let run = try HDF5File.open(folder.path("run.h5"), .readWrite)
    let potentials: [Double] = try run.root.dataset("lfp").read()
    try run.root.dataset("lfp").write(potentials.map { $0 * 1000 })
    try run.close()
    let outcome = try await Program.run("estimate --model model.h5 --input run.h5", in: folder)
    #expect(outcome.status == 65 && outcome.errors.contains("/psd: is not the spectrum of /lfp"))
  }

  @Test("files with neither potentials nor spectra are refused, and counts without a unit")
  func nothing() async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    let outcome = try await Program.run("estimate --model model.h5 --input model.h5", in: folder)
    #expect(outcome.status == 65 && outcome.errors.contains("/: has neither /lfp nor /psd"))
    let file = try HDF5File.create(folder.path("counts.h5"))
    let depths: [Double] = (0..<TinyStudy.channels).map { -100 * Double($0) }
    try file.root.createDataset("channel_depth", depths)
    try file.root.createDataset(
      "lfp", (0..<300 * depths.count).map { Int16($0 % 97) }, shape: [depths.count, 300])
    try file.root.attributes.write(1000.0, named: "sampling_rate_Hz")
    try file.close()
    let counts = try await Program.run("estimate --model model.h5 --input counts.h5", in: folder)
    #expect(counts.status == 65 && counts.errors.contains("/lfp: holds integers, expected attributes units"))
  }

  @Test("decibels are refused as such")
  func decibels() async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    let run = try HDF5File.open(folder.path("run.h5"))
    let file = try HDF5File.create(folder.path("spectra.h5"))
    for name in ["frequency", "channel_depth"] {
      let values: [Double] = try run.root.dataset(name).read()
      try file.root.createDataset(name, values)
    }
    let densities: [Double] = try run.root.dataset("psd").read()
    try file.root.createDataset(
      "psd", densities.map { 10 * log10($0) }, shape: try run.root.dataset("psd").shape)
    try file.close()
    let outcome = try await Program.run("estimate --model model.h5 --input spectra.h5", in: folder)
    #expect(outcome.status == 65 && outcome.errors.contains("decibels"), "\(outcome.errors)")
  }

  @Test("columns of a data set are found by their names")
  func sortedColumns() async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    try folder.remove("dataset.h5.sha256")
    let before = try await Program.run(
      "evaluate --model model.h5 --dataset dataset.h5 --output a", in: folder)
    let file = try HDF5File.open(folder.path("dataset.h5"), .readWrite)
    // As xarray's sortby("parameter") leaves it.
    let values: [Double] = try file.root.dataset("parameters").read()
    let order = [2, 0, 1]
    try file.root.dataset("parameters").write(
      stride(from: 0, to: values.count, by: 3).flatMap { row in order.map { values[row + $0] } })
    try file.root.dataset("parameter").write(["J", "eta", "g"])
    try file.close()
    let after = try await Program.run("evaluate --model model.h5 --dataset dataset.h5 --output b", in: folder)
    #expect(before.status == 0 && after.output == before.output, "\(after.errors)")
  }
}
