import Foundation
import HDF5Storage
import RecordingSupport
import TestSupport
import Testing

@Suite("Estimates over time", .finishedStudy)
struct EstimateWindowTests {
  /// 3 s at 1250 Hz; the tiny model was trained on 0.25 s.
  private static let recording = SampleRecording(
    depths: (0..<TinyStudy.channels).map { Double($0) * -100 }, samples: 3750, samplingRate: 1250)

  /// A folder with the model and recordings in some formats.
  private func folder(
    _ formats: [SampleFormat] = [.own], _ change: (inout SampleRecording) -> Void = { _ in }
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let study = try #require(FinishedStudy.folder)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("model.h5"), withDestinationPath: study.path("model.h5"))
    var recording = Self.recording
    change(&recording)
    for format in formats { try format.write(recording, to: folder) }
    return folder
  }

  private func run(
    _ options: String, _ format: SampleFormat = .own, in folder: TemporaryFolder
  ) async throws -> Program.Outcome {
    let arguments = format.arguments(Self.recording).joined(separator: " ")
    return try await Program.run(
      "estimate --model model.h5 --input \(format.file) \(arguments) \(options)", in: folder)
  }

  private func rows(_ outcome: Program.Outcome) throws -> [[String: Any]] {
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try outcome.json() as? [[String: Any]])
  }

  private func estimates(_ row: [String: Any]) throws -> [String: Double] {
    try #require(row["estimates"] as? [String: Double])
  }

  @Test(
    "a window gives what the same part of the file gives",
    arguments: [SampleFormat.own, .raw, .nwb, .npyFortran])
  func windows(format: SampleFormat) async throws {
    let folder = try folder([format])
    let rows = try rows(try await run("--window 0.25 --step 0.1 --json --quiet", format, in: folder))
    // 3 s less 22 ms of the filter to either side, which are 2.955 s in samples of 1 ms.
    #expect(rows.count == 28)
    for index in [0, 5, 27] {
      let start = try #require(rows[index]["start_s"] as? Double)
      let end = try #require(rows[index]["end_s"] as? Double)
      #expect(abs(start - 0.022 - 0.1 * Double(index)) < 1e-9 && abs(end - start - 0.25) < 1e-9)
      // The filter of the part begins 22 ms before the window.
      let part = try await run(
        "--from \(start - 0.022) --to \(end + 0.0225) --json --quiet", format, in: folder)
      let expected = try estimates(try self.rows(part)[0])
      for (name, value) in try estimates(rows[index]) {
        #expect(abs(value - expected[name]!) < 1e-4, "\(name) in window \(index)")
      }
    }
  }

  @Test("a long recording is combined from pieces, which a note says")
  func pieces() async throws {
    let folder = try folder()
    let outcome = try await run("--json", in: folder)
    let row = try rows(outcome)[0]
    #expect(row["pieces"] as? Int == 11)
    #expect(outcome.errors.contains("combined from 11 pieces of 0.25 s"))
    #expect(outcome.errors.contains("the last 0.206 s are not used"))
    let windows = try rows(try await run("--window 0.25 --json --quiet", in: folder))
    #expect(windows.count == 11)
    let mean = try windows.reduce(0.0) { $0 + (try estimates($1)["g"] ?? .nan) / 11 }
    #expect(abs(try #require(try estimates(row)["g"]) - mean) < 1e-9)
    // Windows may be of several pieces, too.
    let double = try rows(try await run("--window 0.5 --step 1 --json --quiet", in: folder))
    #expect(double.count == 3 && double.allSatisfy { $0["pieces"] as? Int == 2 })
  }

  @Test("what is shorter than the training is refused, or marked")
  func short() async throws {
    let folder = try folder()
    for options in ["--to 0.23", "--window 0.2"] {
      let refused = try await run(options, in: folder)
      #expect(refused.status == 65 && refused.output.isEmpty)
      #expect(refused.errors.contains("expected 0.25 s as in the model's training; --allow-short"))
      let marked = try rows(try await run("\(options) --allow-short --json --quiet", in: folder))
      #expect(marked.allSatisfy { ($0["flags"] as? [String])?.contains("shorter_than_trained") == true })
    }
    let tooShort = try await run("--window 0.1 --allow-short", in: folder)
    #expect(
      tooShort.status == 65 && tooShort.errors.contains("expected one Welch segment of 125 ms at least"))
    let tooLong = try await run("--window 4", in: folder)
    #expect(tooLong.status == 65 && tooLong.errors.contains("expected at least one window of 4 s"))
  }

  @Test("a time without a signal costs only its windows, without windows everything")
  func unusable() async throws {
    let folder = try folder {
      // Channel 2 is silent from 1 to 2 s, and channel 0 not finite at 2.4 s.
      for sample in 1250..<2500 { $0.values[2 * 3750 + sample] = 0 }
      $0.values[3000] = .nan
    }
    let rows = try rows(try await run("--window 0.25 --json --quiet --output a.csv", in: folder))
    let bad = rows.filter { ($0["flags"] as? [String])?.contains("no_estimate") == true }
    #expect(bad.compactMap { $0["row"] as? Int } == [4, 5, 6, 7, 9])
    #expect((bad[0]["problem"] as? String) == "channel 2, counted from 0, never changes: not connected?")
    #expect((bad[4]["problem"] as? String) == "channel 0, counted from 0, is not finite at 2400.0 ms")
    let lines = try folder.text("a.csv").split(separator: "\n")
    #expect(lines.count == 12 && lines[5].contains(",,,no_estimate,,false,\"channel 2, counted"))
    let whole = try await run("", in: folder)
    #expect(whole.status == 65 && whole.errors.contains("from 1.022 to 1.272 s: channel 2"))
    let silent = try await run("--window 0.25 --from 1.05 --to 1.95", in: folder)
    #expect(silent.status == 65 && silent.errors.contains("no other window has a signal either"))
  }

  @Test("a channel that stands still for a while, or is beyond 1 V, gives no estimate")
  func disturbed() async throws {
    let folder = try folder {
      // 0.12 s from 1 s on, 0.1 s from 2.6 s on, 0.0992 s from 2.1 s on, and one sample at 2.4 s that a file may hold where nothing was recorded.
      for sample in [Array(1250..<1400), Array(3250..<3375), Array(2625..<2749)].joined() {
        $0.values[3 * 3750 + sample] = 0.25
      }
      $0.values[3000] = 9.96921e36
    }
    let rows = try rows(try await run("--window 0.25 --json --quiet", in: folder))
    let bad = rows.filter { ($0["flags"] as? [String])?.contains("no_estimate") == true }
    let numbers = bad.compactMap { $0["row"] as? Int }
    #expect(numbers == [3, 4, 9, 10] || numbers == [4, 9, 10], "\(numbers)")
    let problems = bad.compactMap { $0["problem"] as? String }
    #expect(
      problems.contains {
        $0.hasPrefix("channel 3, counted from 0, does not change from 1000.0 to 1119.2 ms")
      })
    #expect(
      problems.dropLast().last
        == "channel 0, counted from 0, is 9.96921e+36 mV, expected 1 V at most at 2400.0 ms")
    #expect(
      problems.last?.hasPrefix("channel 3, counted from 0, does not change from 2600.0 to 2699.2 ms") == true)
  }

  @Test("tables and the figure are written, none over another")
  func files() async throws {
    let folder = try folder()
    let window = "--window 0.25 --step 0.5 --quiet"
    let printed = try await run("\(window) --json --output a.json --figure a.svg", in: folder)
    let rows = try rows(printed)
    #expect(rows.count == 6)
    let stored = try #require(
      try JSONSerialization.jsonObject(with: folder.bytes("a.json")) as? [[String: Any]])
    #expect(NSArray(array: stored) == NSArray(array: rows))
    #expect(try folder.text("a.svg").contains("time (s)"))
    for file in ["a.csv", "a.h5"] {
      #expect(try await run("\(window) --output \(file)", in: folder).status == 0)
    }
    let header = try folder.text("a.csv").split(separator: "\n")[0]
    #expect(header == "time_s,start_s,end_s,pieces,eta,g,J,flags,typicality,trusted,reasons")
    let file = try HDF5File.open(folder.path("a.h5"))
    let g: [Double] = try file.root.dataset("g").read()
    #expect(g == (try rows.map { try estimates($0)["g"] ?? .nan }))
    let time: [Double] = try file.root.dataset("time").read()
    #expect(abs(time[1] - 0.647) < 1e-9 && time.count == 6)
    for options in ["--output a.csv", "--output b.csv --figure a.svg"] {
      let refused = try await run("\(window) \(options)", in: folder)
      #expect(refused.status == 73 && refused.errors.contains("exists already"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("b.csv")))
  }

  @Test(
    "wrong options are refused",
    arguments: [
      ("--window 0", "--window: got 0.0, expected a positive"), ("--window 1e300", "--window: got 1e+300"),
      ("--window 1 --step -1", "--step: got -1.0"),
      ("--step 1", "--step: has a meaning only with --window"),
      ("--window 1 --figure a.png", "--figure: got a.png, expected a name that ends in .svg"),
      ("--output a.txt", "expected a name that ends with .csv, .json, .h5"),
    ])
  func wrong(options: String, problem: String) async throws {
    let outcome = try await run(options, in: folder())
    #expect(outcome.status == 64 && outcome.errors.contains(problem), "\(outcome.errors)")
  }

  @Test("spectra have no windows")
  func spectra() async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    let outcome = try await Program.run(
      "estimate --model model.h5 --input dataset.h5 --window 1", in: folder)
    #expect(
      outcome.status == 65 && outcome.errors.contains("holds spectra, for which --window has no meaning"))
  }
}
