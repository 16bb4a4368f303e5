import FieldPotential
import Foundation
import RecordingSupport
import Recordings
import TestSupport
import Testing

/// Contacts that are expected, at depths in µm.
func contacts(_ depths: [Double]) -> [Contact] { depths.map { Contact(z: $0) } }

/// A recording and what is known of it.
@dynamicMemberLookup
struct ReadRecording {
  let selection: RecordingSelection
  let recording: Recording

  init(_ selection: RecordingSelection) throws {
    (self.selection, recording) = (selection, try selection.recording())
  }

  var contacts: [Contact]? { selection.contacts }
  var notes: [String] { selection.notes }
  subscript<Value>(dynamicMember path: KeyPath<Recording, Value>) -> Value { recording[keyPath: path] }
}

/// Reads a recording in the order of the contacts.
func read(_ path: String, _ options: RecordingOptions = .init(), depths: [Double]) throws -> ReadRecording {
  try ReadRecording(
    RecordingFormats.open(path, options: options)
      .selection(options, expecting: contacts(depths)).matched(to: contacts(depths)))
}

/// What reading fails with.
func problem(_ path: String, _ options: RecordingOptions = .init(), depths: [Double]) -> String {
  do {
    let recording = try read(path, options, depths: depths)
    return "read \(recording.channels) channels"
  } catch {
    return "\(error)".replacing("\(path): ", with: "")
  }
}

extension RecordingOptions {
  /// Some of them.
  static func with(_ change: (inout RecordingOptions) -> Void) -> RecordingOptions {
    var options = RecordingOptions()
    change(&options)
    return options
  }
}

@Suite("Formats of recordings")
struct FormatTests {
  private let recording = SampleRecording(depths: [0, -100, -200], samples: 300, samplingRate: 1250)

  @Test("all hold the same recording", arguments: SampleFormat.allCases)
  func same(format: SampleFormat) throws {
    let folder = try TemporaryFolder()
    try format.write(recording, to: folder)
    let read = try read(folder.path(format.file), format.options(recording), depths: recording.depths)
    #expect(read.channels == 3 && read.samples == 300)
    #expect(abs(read.time.samplingRate - 1250) < 1e-6 && read.time.start == 0)
    #expect(read.contacts == contacts(recording.depths))
    let largest = zip(read.values, recording.values).map { abs($0 - $1) }.max() ?? .infinity
    #expect(largest <= format.rounding, "\(largest)")
    // Only what says no depths is assumed to be as the model.
    #expect(read.notes.contains { $0.contains("tells no depths") } == !format.hasDepths)
  }

  @Test("some channels at some time are those of the whole", arguments: SampleFormat.allCases)
  func parts(format: SampleFormat) throws {
    let folder = try TemporaryFolder()
    try format.write(recording, to: folder)
    var options = format.options(recording)
    (options.channels, options.from, options.to) = ([2, 0], 0.0399, 0.08)
    if [.npy, .npyFortran, .matlab, .matlab5, .matlab5Single].contains(format) {
      options.orientation = .channelsFirst
    }
    if format == .npyCounts || format == .matlab5Counts { options.orientation = .samplesFirst }
    let part = try RecordingFormats.open(folder.path(format.file), options: options)
      .selection(options, expecting: contacts([0, -200])).recording()
    #expect(part.channels == 2 && part.samples == 50 && part.numbers == [2, 0])
    #expect(abs(part.time.start - 40) < 1e-9)
    for (index, channel) in [2, 0].enumerated() {
      for sample in 0..<50 {
        let expected = recording.values[channel * 300 + 50 + sample]
        #expect(abs(part.values[index * 50 + sample] - expected) <= format.rounding)
      }
    }
    // There have to be as many depths, which bring them into order.
    options.depths = [0, -100, -200]
    #expect(
      problem(folder.path(format.file), options, depths: [0, -200]).hasSuffix(
        "has 2 channels, --depths names 3 depths"))
    options.depths = [-200, 0]
    let matched = try read(folder.path(format.file), options, depths: [0, -200])
    #expect(matched.numbers == [0, 2])
    #expect(matched.values.prefix(50) == part.values.suffix(50))
    #expect(
      matched.notes.contains {
        $0.hasSuffix("channels 0, 2 are put in the order of the model's contacts, by depth")
      })
  }

  @Test(
    "parts at another rate are those of the whole, whether they overlap or not",
    arguments: SampleFormat.allCases)
  func resampled(format: SampleFormat) throws {
    let folder = try TemporaryFolder()
    let recording = SampleRecording(depths: recording.depths, samples: 1500, samplingRate: 1250)
    try format.write(recording, to: folder)
    let selection = try read(folder.path(format.file), format.options(recording), depths: recording.depths)
      .selection
    var signal = ResampledSelection(selection, rate: 1000)
    #expect(signal.count == 1156 && abs(signal.time.start - 22) < 1e-9)
    let whole = try signal.recording(0..<signal.count)
    for outputs in [0..<300, 100..<400, 200..<210, 205..<1000, 600..<1156, 0..<1] {
      let part = try signal.recording(outputs)
      #expect(part.samples == outputs.count && abs(part.time.start - 22 - Double(outputs.lowerBound)) < 1e-9)
      for channel in 0..<3 {
        let expected = whole.values[channel * 1156..<(channel + 1) * 1156]
        #expect(
          part.values[channel * outputs.count..<(channel + 1) * outputs.count].elementsEqual(
            expected.dropFirst(outputs.lowerBound).prefix(outputs.count)))
      }
    }
  }

  @Test(
    "a wish that a file cannot fulfil is refused",
    arguments: [
      ("has channels 0 to 2, --channels asks for 3", RecordingOptions.with { $0.channels = [0, 1, 3] }),
      ("lasts from 0 to 0.24 s, --to asks for 0.3 s", .with { $0.to = 0.3 }),
      ("lasts from 0 to 0.24 s, --from asks for -1 s", .with { $0.from = -1 }),
      ("has 3 channels, --depths names 2 depths", .with { $0.depths = [0, -100] }),
      ("contradicts --depths 0, -100, -250", .with { $0.depths = [0, -100, -250] }),
      (
        "has a sampling rate of 1250 Hz, which contradicts --sampling-rate 1251",
        .with { $0.samplingRate = 1251 }
      ),
      ("is an HDF5 file of this program, for which --series has no meaning", .with { $0.series = "a" }),
    ])
  func wishes(expected: String, options: RecordingOptions) throws {
    let folder = try TemporaryFolder()
    try SampleFormat.own.write(recording, to: folder)
    let found = problem(folder.path("own.recording"), options, depths: recording.depths)
    #expect(found.contains(expected), "\(found)")
  }

  @Test(
    "a format needs what it does not say",
    arguments: [
      (SampleFormat.npy, "tells no sampling rate", [RecordingOption.samplingRate]),
      (.npy, "tells no unit", [.unit]),
      (.npyCounts, "holds integers, --scale has to tell", [.scale]), (.raw, "tells no unit", [.unit]),
      (.raw, "is of no known format", [.rawType, .rawChannels]),
      (.gzip, "tells no sampling rate", [.samplingRate]),
      (.gzip, "tells no unit", [.unit]), (.matlab, "/lfp: tells no unit", [.unit]),
      (.matlab5, "lfp: tells no unit", [.unit]), (.matlab5, "lfp: tells no sampling rate", [.samplingRate]),
      (.matlab5Counts, "lfp: holds integers, --scale has to tell", [.scale]),
    ])
  func lacking(format: SampleFormat, expected: String, missing: [RecordingOption]) throws {
    let folder = try TemporaryFolder()
    try format.write(recording, to: folder)
    var options = format.options(recording)
    for option in missing {
      switch option {
      case .samplingRate: options.samplingRate = nil
      case .unit: options.unit = nil
      case .scale: options.scale = nil
      case .rawType: options.rawType = nil
      default: options.rawChannels = nil
      }
    }
    let found = problem(folder.path(format.file), options, depths: recording.depths)
    #expect(found.contains(expected), "\(found)")
  }

  @Test("what is no recording is refused")
  func foreign() throws {
    let folder = try TemporaryFolder()
    try folder.write(Data(), to: "empty")
    #expect(problem(folder.path("empty"), depths: [0]) == "is empty")
    try folder.write(Data(count: 1000), to: "zeros")
    #expect(problem(folder.path("zeros"), depths: [0]).hasPrefix("is of no known format"))
    try folder.write("MATLAB 5.0 MAT-file, Platform", to: "old")
    #expect(problem(folder.path("old"), depths: [0]) == "ends within its header")
    #expect(problem(folder.path("none"), depths: [0]).contains("cannot open"))
  }
}
