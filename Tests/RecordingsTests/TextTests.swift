import Foundation
import RecordingSupport
import Recordings
import TestSupport
import Testing

@Suite("Recordings as text")
struct TextTests {
  private static let unit = RecordingOptions.with { $0.unit = "mV" }
  private static let both = RecordingOptions.with { ($0.unit, $0.samplingRate) = ("mV", 500) }

  /// Two channels, in which 1, 2, 3 and 4, 5, 6 are read at 500 Hz.
  private static let texts: [(String, RecordingOptions)] = [
    ("1,4\n2,5\n3,6\n", both), ("1,4\r\n2,5\r\n3,6", both), ("1,4\r2,5\r3,6\r", both),
    ("\u{feff}1;4\n2;5\n3;6\n", both), ("1\t4\n2\t5\n3\t6\n\n\n", both), (" 1  4\n 2  5\n 3  6\n", both),
    ("a,b\n1,4\n2,5\n3,6\n", both), ("0,1\n1,4\n2,5\n3,6\n", both), (",0,1\n0,1,4\n1,2,5\n2,3,6\n", both),
    ("1;1;4\n2;2;5\n3;3;6\n", both),
    ("# made by hand\n# a,b\n1e0,+4\n2.0,5.\n.3E1,6\n", both),
    ("time_s,a,b\n0,1,4\n0.002,2,5\n0.004,3,6\n", unit), ("a,t (ms),b\n1,10,4\n2,12,5\n3,14,6\n", unit),
    ("TIME/us,a,b\n0,1,4\n2000,2,5\n4000,3,6\n", unit),
    // A time that is known by its steps.
    ("0,1,4\n0.002,2,5\n0.004,3,6\n", both), ("10,1,4\n12,2,5\n14,3,6\n", both),
    ("t,a,b\n0,1,4\n2,2,5\n4,3,6\n", both),
    ("0,1,4\n1,2,5\n2,3,6\n", both),
    ("time (s),a (uV),b (uV)\n0,1000,4000\n0.002,2000,5000\n0.004,3000,6000\n", .init()),
    ("t_s,a_V,b\n0,1,4\n0.002,2,5\n0.004,3,6\n", unit),
    ("time (s),\"a, left [V]\",\"b [V]\"\n0,1e-3,4e-3\n0.002,2e-3,5e-3\n0.004,\"3e-3\",6e-3\n", .init()),
  ]

  @Test("are understood in many forms", arguments: texts)
  func understood(text: String, options: RecordingOptions) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "a")
    let recording = try read(folder.path("a"), options, depths: [0, -100])
    #expect(
      zip(recording.values, [1, 2, 3, 4, 5, 6]).allSatisfy { abs($0 - $1) < 1e-12 }, "\(recording.values)")
    #expect(recording.values.count == 6 && abs(recording.time.samplingRate - 500) < 1e-6)
  }

  @Test(
    "say where they cannot be read",
    arguments: [
      ("1,4\n2,x\n", "line 2: column 2 is \"x\", expected a number with a decimal point", both),
      ("1;4\n2,5;5\n", "line 2: column 1 is \"2,5\", expected a number with a decimal point", both),
      ("1,4\n2,\n", "line 2: column 2 is \"\"", both), ("1,4\n2\n", "line 2: has 1 values, expected 2", both),
      ("1,4\n0x10,5\n", "line 2: column 1 is \"0x10\"", both),
      ("1,4\ninf,5\n", "line 2: column 1 is \"inf\"", both),
      ("1,4\n\n2,5\n", "line 2: is empty", both), ("a,b\n", "holds no numbers", both),
      ("\n", "holds no numbers", both),
      ("1,4\n2,5\u{0}\n", "line 2: holds a NUL character", both),
      ("1,4,7\n3,5,9\n2,6,1\n", "has 3 channels, expected 2", both),
      ("1,4\n2,5\n", "tells no sampling rate", unit),
      ("0,1,4\n0.002,2,5\n", "column 1: is a time of unknown unit: name it time_s or time_ms", unit),
      (
        "0,1,4\n0.003,2,5\n",
        "column 1: has intervals of 0.003, neither s nor ms at the --sampling-rate of 500 Hz", both
      ),
      ("time (h),a,b\n0,1,4\n1,2,5\n", "column 1: is in \"h\", expected s, ms or us", unit),
      (
        "t_s,a,b\n0,1,4\n1,2,5\n3,1,2\n4,1,1\n5,1,1\n", "column 1: has an interval of 2000 ms at 1000 ms",
        unit
      ),
      (
        "t_s,a,b\n0,1,4\n1,2,5\n",
        "column 1: has a sampling rate of 1 Hz, which contradicts --sampling-rate 500", both
      ),
      ("t_s,a (uV),b (mV)\n0,1,4\n1,2,5\n", "header: names several units, uV, mV", .init()),
      ("t_s,a (uV),b (uV)\n0,1,4\n1,2,5\n", "header: names the unit uV, which contradicts --unit mV", unit),
    ])
  func refused(text: String, expected: String, options: RecordingOptions) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "a")
    let found = problem(folder.path("a"), options, depths: [0, -100])
    #expect(found.hasPrefix(expected), "\(found)")
  }

  @Test("a number that is missing is found by the check")
  func missing() throws {
    let folder = try TemporaryFolder()
    try folder.write("1,4\n2,nan\n3,6\n", to: "a")
    let recording = try read(folder.path("a"), Self.both, depths: [0, -100])
    #expect(throws: RecordingError.self) { try recording.recording.check() }
  }

  @Test("other encodings")
  func encodings() throws {
    let folder = try TemporaryFolder()
    let text = "a (µV),b (µV)\n1000,4000\n2000,5000\n3000,6000\n"
    let options = RecordingOptions.with { $0.samplingRate = 500 }
    for (mark, isBigEndian) in [([0xfe, 0xff] as [UInt8], true), ([0xff, 0xfe], false)] {
      let contents = Data(mark) + bytes(Array(text.utf16), bigEndian: isBigEndian)
      try folder.write(contents, to: "a")
      let values = try read(folder.path("a"), options, depths: [0, -100]).values
      #expect(zip(values, [1, 2, 3, 4, 5, 6]).allSatisfy { abs($0 - $1) < 1e-12 })
      try folder.write(contents.dropLast(), to: "odd")
      #expect(
        problem(folder.path("odd"), options, depths: [0, -100]).contains("expected an even number in UTF-16"))
      // Without the mark.
      try folder.write(contents.dropFirst(2), to: "bare")
      let bare = problem(folder.path("bare"), options, depths: [0, -100])
      #expect(
        bare.contains("line 1: holds a NUL character") || bare.contains("is no text in UTF-8"), "\(bare)")
    }
    try folder.write(Data(text.unicodeScalars.map { UInt8($0.value) }), to: "latin")
    #expect(problem(folder.path("latin"), options, depths: [0, -100]).hasPrefix("is no text in UTF-8"))
  }

  @Test("damaged and foreign contents of gzip are refused")
  func packed() throws {
    let folder = try TemporaryFolder()
    let packed = gzipped(Data("1,4\n2,5\n3,6\n".utf8))
    try folder.write(packed, to: "a")
    #expect(try read(folder.path("a"), Self.both, depths: [0, -100]).values == [1, 2, 3, 4, 5, 6])
    try folder.write(packed.dropLast(3), to: "short")
    #expect(problem(folder.path("short"), Self.both, depths: [0, -100]).contains("gzip: ends within"))
    var damaged = packed
    damaged[packed.count - 12] ^= 1
    try folder.write(damaged, to: "damaged")
    #expect(
      problem(folder.path("damaged"), Self.both, depths: [0, -100]).hasPrefix("gzip: incorrect data check"))
    try folder.write(gzipped(npyHeader("<f8", isFortran: false, [2, 3])), to: "foreign")
    #expect(problem(folder.path("foreign"), Self.both, depths: [0, -100]).hasPrefix("gzip: holds no text"))
  }
}
