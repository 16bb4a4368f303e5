import Foundation
import RecordingSupport
import Recordings
import TestSupport
import Testing

@Suite(".npy files")
struct NPYTests {
  private let options = RecordingOptions.with {
    ($0.samplingRate, $0.unit, $0.scale, $0.orientation) = (1000, "mV", 1, .channelsFirst)
  }

  /// The numbers 1 to 6, or as many bytes, in the order of the file, as a matrix [2, 3].
  private static let types: [(String, Data)] = [
    ("|i1", bytes([Int8](1...6))), ("|u1", bytes([UInt8](1...6))),
    ("<i2", bytes([Int16](1...6))), (">i2", bytes([Int16](1...6), bigEndian: true)),
    ("<u2", bytes([UInt16](1...6))), (">u2", bytes([UInt16](1...6), bigEndian: true)),
    ("<i4", bytes([Int32](1...6))), (">i4", bytes([Int32](1...6), bigEndian: true)),
    ("<u4", bytes([UInt32](1...6))), (">u4", bytes([UInt32](1...6), bigEndian: true)),
    ("<i8", bytes([Int64](1...6))), (">i8", bytes([Int64](1...6), bigEndian: true)),
    ("<u8", bytes([UInt64](1...6))), (">u8", bytes([UInt64](1...6), bigEndian: true)),
    ("<f4", bytes((1...6).map { Float($0).bitPattern })),
    (">f4", bytes((1...6).map { Float($0).bitPattern }, bigEndian: true)),
    ("<f8", bytes((1...6).map { Double($0).bitPattern })),
    (">f8", bytes((1...6).map { Double($0).bitPattern }, bigEndian: true)),
  ]

  @Test("all types in all orders", arguments: types.indices, [false, true])
  func numbers(index: Int, isFortran: Bool) throws {
    let (type, contents) = Self.types[index]
    let folder = try TemporaryFolder()
    for version in UInt8(1)...3 {
      try folder.write(npyHeader(type, isFortran: isFortran, [2, 3], version: version) + contents, to: "a")
      let values = try read(folder.path("a"), options, depths: [0, -100]).values
      #expect(values == (isFortran ? [1, 3, 5, 2, 4, 6] : [1, 2, 3, 4, 5, 6]), "\(type)")
    }
  }

  @Test("negative integers and a scale")
  func scale() throws {
    let folder = try TemporaryFolder()
    try folder.write(npyHeader("<i2", isFortran: false, [1, 2]) + bytes([Int16(-3), 5]), to: "a")
    var options = options
    (options.scale, options.unit) = (0.5, "V")
    #expect(try read(folder.path("a"), options, depths: [0]).values == [-1500, 2500])
  }

  @Test("the side with as many channels as the model is that of the channels, and nothing is guessed")
  func orientation() throws {
    let folder = try TemporaryFolder()
    var options = options
    options.orientation = nil
    let numbers = (1...6).map(Double.init)
    try folder.write(npyFile("<f8", numbers, isFortran: false, [2, 3]), to: "a")
    #expect(try read(folder.path("a"), options, depths: [0, -100]).values == [1, 2, 3, 4, 5, 6])
    #expect(try read(folder.path("a"), options, depths: [0, -100, -200]).values == [1, 4, 2, 5, 3, 6])
    #expect(
      problem(folder.path("a"), options, depths: [0]).hasPrefix("has shape [2, 3], expected 1 channels"))
    try folder.write(npyFile("<f8", Array(numbers.prefix(4)), isFortran: false, [2, 2]), to: "b")
    let square = "has shape [2, 2], --orientation has to say which are the channels"
    #expect(problem(folder.path("b"), options, depths: [0, -100]).hasPrefix(square))
    options.channels = [1]
    #expect(problem(folder.path("a"), options, depths: [0]).contains("--orientation has to say"))
    options.orientation = .samplesFirst
    #expect(try read(folder.path("a"), options, depths: [0]).values == [2, 5])
    // Said, it counts even where the other side would fit.
    options.channels = nil
    #expect(problem(folder.path("a"), options, depths: [0, -100]).contains("has 3 channels, expected 2"))
  }

  @Test(
    "damaged and foreign files are refused",
    arguments: [
      (npyHeader("|O", isFortran: false, [2, 3]), "descr: is '|O', expected integers or floating"),
      (npyHeader("<\u{1b}\n", isFortran: false, [2, 3]), "descr: is '<\u{fffd}\u{fffd}'"),
      (npyHeader("<c16", isFortran: false, [2, 3]), "descr: is '<c16'"),
      (npyHeader("<f2", isFortran: false, [2, 3]), "descr: is '<f2'"),
      (
        npyHeader("<f8", isFortran: false, [2, 3]),
        "has 0 bytes of numbers, expected 48, shape [2, 3] of '<f8'"
      ),
      (npyHeader("<f8", isFortran: false, [2, 3]) + Data(count: 49), "has 49 bytes of numbers, expected 48"),
      (npyHeader("<f8", isFortran: false, [6]) + Data(count: 48), "shape: is [6], expected two dimensions"),
      (npyHeader("<f8", isFortran: false, [1 << 40, 1 << 40]), "expected more than can be"),
      (npyHeader("<f8", isFortran: false, [2, 3]).prefix(30), "ends within its header"),
      (npyHeader("<f8", isFortran: false, [2, 3]).prefix(8), "has a header of version 1"),
      (npyHeader("<f8", isFortran: false, [2, 3], version: 4), "has a header of version 4, expected 1 to 3"),
    ])
  func refused(contents: Data, expected: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(contents, to: "a")
    let found = problem(folder.path("a"), options, depths: [0, -100])
    #expect(found.contains(expected), "\(found)")
  }
}
