import Foundation
import HDF5Storage
import RecordingSupport
import TestSupport
import Testing

@Suite("Recordings of other formats", .finishedStudy)
struct RecordingFormatTests {
  private static let recording = SampleRecording(
    depths: (0..<TinyStudy.channels).map { Double($0) * -100 }, samples: 270)
  private static let command = ["estimate", "--model", "model.h5", "--input"]

  /// A folder with the model.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let study = try #require(FinishedStudy.folder)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("model.h5"), withDestinationPath: study.path("model.h5"))
    return folder
  }

  private func estimates(_ outcome: Program.Outcome) throws -> [String: Double] {
    let rows = try #require(try outcome.json() as? [[String: Any]])
    #expect(rows.count == 1)
    return try #require(rows.first?["estimates"] as? [String: Double])
  }

  private func estimate(
    _ format: SampleFormat, _ options: [String] = [], in folder: TemporaryFolder
  ) async throws -> Program.Outcome {
    try await Program.run(
      Self.command + [format.file, "--json"] + format.arguments(Self.recording) + options, in: folder)
  }

  @Test("give the estimates of the same potentials in the program's own")
  func same() async throws {
    let folder = try folder()
    try SampleFormat.own.write(Self.recording, to: folder)
    let own = try estimates(try await estimate(.own, in: folder))
    #expect(own.count == 3)
    for format in SampleFormat.allCases {
      try format.write(Self.recording, to: folder)
      let outcome = try await estimate(format, in: folder)
      #expect(outcome.status == 0, "\(format): \(outcome.errors)")
      for (name, value) in try estimates(outcome) {
        let expected = try #require(own[name])
        #expect(abs(value / expected - 1) < 1e-3, "\(format): \(name) is \(value), not \(expected)")
      }
      #expect(
        outcome.errors.contains("note: \(format.file)")
          == !(format.hasDepths && format != .nwb && format != .nwbLFP))
      #expect(outcome.errors.contains("tells no depths") == !format.hasDepths)
      #expect(try await estimate(format, ["--quiet"], in: folder).errors.isEmpty)
    }
  }

  @Test("in another order give the same estimates, with a note")
  func order() async throws {
    let folder = try folder()
    let (channels, samples) = (Self.recording.channels, Self.recording.samples)
    try SampleFormat.own.write(Self.recording, to: folder)
    let own = try await estimate(.own, in: folder)
    let turned = SampleRecording(
      values: (0..<channels).reversed().flatMap { Self.recording.values[$0 * samples..<($0 + 1) * samples] },
      depths: Self.recording.depths.reversed(), samplingRate: 1000)
    for format in [SampleFormat.own, .npy] {
      try format.write(turned, to: folder)
      let depths = format == .own ? [] : ["--depths", "-500,-400,-300,-200,-100,0"]
      let outcome = try await estimate(format, depths, in: folder)
      #expect(outcome.output == own.output, "\(outcome.errors)")
      #expect(
        outcome.errorLines == [
          "brunel-lfp: note: \(format.file): channels 5, 4, 3, 2, 1, 0 are put in the order of the model's contacts, by depth"
        ])
    }
  }

  @Test(
    "have options that are checked before any file is read",
    arguments: [
      (["--sampling-rate", "0"], "--sampling-rate: got 0.0, expected a positive number of Hz"),
      (["--sampling-rate", "nan"], "--sampling-rate: got nan"),
      (["--unit", "A"], "--unit: got A, expected V, mV, uV or nV"),
      (["--scale", "0"], "--scale: got 0.0, expected a number other than 0"),
      (["--from", "3", "--to", "2"], "--to: got 2.0, expected more than --from"),
      (["--raw-channels", "0", "--raw-type", "int16"], "--raw-channels: got 0, expected at least 1"),
      (["--raw-channels", "-4", "--raw-type", "int16"], "--raw-channels: got -4, expected at least 1"),
      (["--raw-channels", "4"], "--raw-channels: got 4, expected --raw-type beside it"),
      (["--raw-type", "int16"], "--raw-type: got int16, expected --raw-channels beside it"),
      (
        ["--depths", "0,-100", "--depth-column", "z"],
        "--depth-column: got z, expected only one of it and --depths"
      ),
      (
        ["--depths", "0,-100", "--channels", "0-2"],
        "--depths: got 2 depths, expected 3, one for each of --channels"
      ),
      (["--channels", "0,0"], "--channels"), (["--channels", "5-2"], "--channels"),
      (["--channels", "-1"], "--channels"),
      (["--channels", "1,,2"], "--channels"), (["--depths", "0,a"], "--depths"),
      (["--orientation", "up"], "--orientation"),
      (["--raw-channels", "4", "--raw-type", "int16-me"], "--raw-type"),
    ])
  func options(arguments: [String], expected: String) async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Program.run(Self.command + ["none"] + arguments, in: folder)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
  }

  @Test("are refused where they contradict the options, or are none")
  func refused() async throws {
    let folder = try folder()
    for format in [SampleFormat.nwb, .csv, .npy, .raw] { try format.write(Self.recording, to: folder) }
    try folder.write("%PDF-1.7\u{1}", to: "paper.pdf")
    for (arguments, status, expected) in [
      (["nwb.recording", "--sampling-rate", "2000"], 65, "contradicts --sampling-rate 2000"),
      (
        ["csv.recording", "--unit", "uV"], 65,
        "csv.recording: header: names the unit mV, which contradicts --unit uV"
      ),
      (
        ["npy.recording", "--unit", "uV"], 65,
        "npy.recording: tells no sampling rate, --sampling-rate has to (in Hz)"
      ),
      (["raw.recording"], 65, "raw.recording: is of no known format"),
      (["paper.pdf"], 65, "paper.pdf: is of no known format"), (["none.nwb"], 66, "none.nwb: cannot open"),
      (
        ["model.h5", "--series", "a"], 65,
        "model.h5: is an HDF5 file of this program, for which --series has no meaning"
      ),
    ] as [([String], Int32, String)] {
      let outcome = try await Program.run(Self.command + arguments, in: folder)
      #expect(outcome.status == status && outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1 && outcome.errors.contains(expected), "\(outcome.errors)")
    }
  }

  @Test("spectra take no options of recordings")
  func spectra() async throws {
    let folder = try TemporaryFolder(copying: try #require(FinishedStudy.folder))
    let outcome = try await Program.run(Self.command + ["dataset.h5", "--to", "1"], in: folder)
    #expect(outcome.status == 65)
    #expect(outcome.errors == "brunel-lfp: dataset.h5: /psd: holds spectra, for which --to has no meaning\n")
  }

  @Test("a part of a recording gives other estimates, the whole of it the same")
  func parts() async throws {
    let folder = try folder()
    try SampleFormat.raw.write(Self.recording, to: folder)
    let whole = try await estimate(.raw, in: folder)
    let part = try await estimate(.raw, ["--from", "0.02", "--to", "0.27"], in: folder)
    #expect(part.status == 0 && part.output != whole.output)
    #expect(try await estimate(.raw, ["--from", "0", "--to", "0.27"], in: folder).output == whole.output)
    let short = try await estimate(.raw, ["--to", "0.1"], in: folder)
    #expect(short.status == 65 && short.errors.contains("lasts 0.1 s"))
  }
}
