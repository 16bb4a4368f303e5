import Foundation
import HDF5Storage
import RecordingSupport
import Recordings
import TestSupport
import Testing

@Suite("NWB files")
struct NWBTests {
  private let recording = SampleRecording(depths: [0, -100, -200], samples: 120)
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Reads a file after a change of how it is written.
  private func read(
    _ options: RecordingOptions = .init(), _ change: (inout SampleNWB) -> Void = { _ in }
  ) throws -> ReadRecording {
    try RecordingsTests.read(try path(change), options, depths: recording.depths)
  }

  private func problem(
    _ options: RecordingOptions = .init(), _ change: (inout SampleNWB) -> Void = { _ in }
  ) throws -> String {
    RecordingsTests.problem(try path(change), options, depths: recording.depths)
  }

  private func path(_ change: (inout SampleNWB) -> Void) throws -> String {
    var sample = SampleNWB(recording)
    change(&sample)
    let path = folder.path("\(UUID().uuidString).nwb")
    try sample.write(path)
    return path
  }

  private func isSame(_ read: ReadRecording) -> Bool {
    read.samples == recording.samples
      && zip(read.values, recording.values).allSatisfy { abs($0 - $1) < 1e-9 }
  }

  @Test("factors, offset and factors of channels are applied")
  func conversion() throws {
    #expect(isSame(try read { ($0.conversion, $0.offset, $0.gains) = (2.5e-7, 0.125, [1, 0.5, 3]) }))
    let found = try problem { $0.gains = [1, 2] }
    #expect(found == "/acquisition/lfp/channel_conversion: has 2 factors, expected 3, one for each channel")
    #expect(
      try problem(.with { $0.unit = "mV" }).contains("/data@unit: is \"volts\", which contradicts --unit mV"))
    #expect(isSame(try read(.with { $0.unit = "V" })))
  }

  @Test("times are stamps or a rate")
  func times() throws {
    let stamps = (0..<120).map { 1.7e9 + Double($0) / 1000 }
    let stamped = try read { $0.stamps = stamps }
    #expect(isSame(stamped) && abs(stamped.time.samplingRate - 1000) < 0.01)
    #expect(
      try problem { $0.stamps = Array(stamps.dropLast()) }.contains(
        "has 119 times, expected one for each of 120"))
    let gap = (0..<120).map { Double($0) / 1000 + ($0 > 50 ? 0.2 : 0) }
    #expect(try problem { $0.stamps = gap }.contains("timestamps: has an interval of 201 ms at 50 ms"))
    #expect(try problem(.with { $0.samplingRate = 999 }).contains("contradicts --sampling-rate 999"))
  }

  @Test("electrodes put channels in order")
  func electrodes() throws {
    // Channel 0 is at the electrode of row 2, and so on.
    let turned = try read { $0.order = [2, 0, 1] }
    #expect(turned.numbers == [1, 2, 0])
    #expect(abs(turned.values[7] - recording.values[120 + 7]) < 1e-9)
    #expect(turned.notes.last?.contains("channels 1, 2, 0 are put in the order") == true)
    #expect(try problem { $0.order = [0, 1, 7] }.contains("electrodes: names row 8 of 4 in /general/"))
    #expect(try problem { $0.order = [0, 1] }.contains("electrodes: names 2 electrodes, expected 3"))
  }

  @Test("positions are in um or in the column's unit, and need not be exact")
  func positions() throws {
    #expect(isSame(try read { ($0.unit, $0.positions) = ("m", [0, -1e-4, -2e-4]) }))
    #expect(isSame(try read { $0.positions = [10, -95, -210] }))
    for column in ["z", "y"] { #expect(isSame(try read { $0.column = column })) }
    #expect(isSame(try read(.with { $0.depthColumn = "below" }) { $0.column = "below" }))
    let none = try read { $0.positions = [0, .nan, -200] }
    #expect(isSame(none) && none.notes.contains { $0.contains("tells no depths") })
    #expect(
      try problem { $0.positions = [0, -100, -230] }.contains(
        "has channels at depths 0, -100, -230 µm, expected"))
    #expect(try problem { $0.unit = "mV" }.contains("is \"mV\", expected m, mm or um"))
    let named = RecordingOptions.with { $0.depthColumn = "rel_y" }
    #expect(try problem(named) { $0.positions[1] = .nan }.contains("is nan for channel 1, counted from 0"))
    #expect(
      try problem(.with { $0.depthColumn = "x" }).contains("/electrodes/x: does not exist: there are rel_y"))
  }

  @Test("positions that count from elsewhere are never turned without being told")
  func directions() throws {
    let up = [200.0, 100, 0].map { $0 + 33 }
    let down = [0.0, 100, 200]
    for positions in [up, down] {
      let found = try problem { $0.positions = positions }
      #expect(found.contains("--depths tells the channels' depths"), "\(found)")
      #expect(isSame(try read(.with { $0.depths = recording.depths }) { $0.positions = positions }))
      let other = try problem(.with { $0.depths = [0, -200, -100] }) { $0.positions = positions }
      #expect(other.contains("contradicts --depths 0, -200, -100"), "\(other)")
    }
  }

  @Test("one of several series is named")
  func names() throws {
    let found = try problem { $0.names = ["a", "b"] }
    #expect(found.hasSuffix("--series has to name one: /acquisition/a, /acquisition/b"))
    for name in ["b", "/acquisition/b", "acquisition/b"] {
      #expect(isSame(try read(.with { $0.series = name }) { $0.names = ["a", "b"] }))
    }
    #expect(try problem(.with { $0.series = "c" }).contains("hold no series c, but /acquisition/lfp"))
    let file = try HDF5File.create(folder.path("none.nwb"))
    try file.root.attributes.write("2.0b", named: "nwb_version")
    try file.close()
    #expect(
      RecordingsTests.problem(folder.path("none.nwb"), depths: [0]).contains("hold no ElectricalSeries"))
  }
}
