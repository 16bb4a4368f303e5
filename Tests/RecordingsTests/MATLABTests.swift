import Foundation
import RandomStreams
import RecordingSupport
import Recordings
import TestSupport
import Testing

@Suite("MATLAB files of versions 5 to 7")
struct MATLABTests {
  private static let options = RecordingOptions.with { ($0.unit, $0.samplingRate, $0.scale) = ("mV", 500, 1) }

  /// Three samples of two channels are read as 1, 2, 3 and 4, 5, 6.
  private func values(_ file: Data, _ options: RecordingOptions = options) throws -> [Double] {
    let folder = try TemporaryFolder()
    try folder.write(file, to: "a")
    return try read(folder.path("a"), options, depths: [0, -100]).values
  }

  private func problem(_ file: Data, series: String? = nil) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write(file, to: "a")
    var options = Self.options
    options.series = series
    return RecordingsTests.problem(folder.path("a"), options, depths: [0, -100])
  }

  @Test(
    "every class of numbers is read, also stored as another type",
    arguments: [false, true], [false, true])
  func classes(isBigEndian: Bool, isCompressed: Bool) throws {
    let writer = SampleMATLAB(isBigEndian: isBigEndian, isCompressed: isCompressed)
    func stored<Number: FixedWidthInteger>(_ type: Number.Type) -> Data {
      bytes([1, 2, 3, 4, 5, 6].map { Number($0) }, bigEndian: isBigEndian)
    }
    let doubles = bytes((1...6).map { Double($0).bitPattern }, bigEndian: isBigEndian)
    let singles = bytes((1...6).map { Float($0).bitPattern }, bigEndian: isBigEndian)
    let types: [(type: UInt32, data: Data)] = [
      (1, stored(Int8.self)), (2, stored(UInt8.self)), (3, stored(Int16.self)), (4, stored(UInt16.self)),
      (5, stored(Int32.self)), (6, stored(UInt32.self)), (7, singles), (9, doubles), (12, stored(Int64.self)),
      (13, stored(UInt64.self)),
    ]
    let own: [UInt32: UInt32] = [8: 1, 9: 2, 10: 3, 11: 4, 12: 5, 13: 6, 7: 7, 6: 9, 14: 12, 15: 13]
    for (arrayClass, usual) in own {
      // Doubles are stored as the smallest type that holds them.
      for (type, data) in types where type == usual || arrayClass == 6 {
        let array = writer.numbers("lfp", data, type: type, of: arrayClass, shape: [3, 2])
        #expect(try values(writer.file([array])) == [1, 2, 3, 4, 5, 6], "\(arrayClass) as \(type)")
      }
    }
  }

  @Test("the variable of a name is taken, or the only matrix")
  func variables() throws {
    let writer = SampleMATLAB()
    let matrix = writer.doubles("lfp", [1, 2, 3, 4, 5, 6], shape: [3, 2])
    let rate = writer.doubles("rate", [500], shape: [1, 1])
    let row = writer.doubles("row", [1, 2, 3], shape: [1, 3])
    #expect(try values(writer.file([rate, matrix, row])) == [1, 2, 3, 4, 5, 6])
    let two = writer.file([matrix, writer.doubles("b", [2, 4, 6, 8, 10, 12], shape: [3, 2])])
    #expect(try problem(two) == "holds 2 matrices, --series has to name one of several: lfp, b")
    var named = Self.options
    named.series = "b"
    #expect(try values(two, named) == [2, 4, 6, 8, 10, 12])
    #expect(try problem(two, series: "c") == "c: is no matrix of numbers; there are lfp, b")
    #expect(try problem(writer.file([rate])) == "holds 0 matrices, --series has to name one of several: none")
    #expect(try problem(writer.file([])) == "holds 0 matrices, --series has to name one of several: none")
  }

  @Test("what is no full matrix of real numbers is refused by what it is", arguments: [false, true])
  func others(isCompressed: Bool) throws {
    let writer = SampleMATLAB(isCompressed: isCompressed)
    let plain = SampleMATLAB()
    let six = bytes((1...6).map { Double($0).bitPattern })
    let numbers = writer.element(9, six)
    let inner = plain.doubles("", [1, 2, 3, 4, 5, 6], shape: [3, 2])
    let names = [plain.element(5, bytes([Int32(8)])), plain.element(1, Data("field\0\0\0".utf8))]
    let arrays: [(Data, String)] = [
      (writer.array("a", of: 6, flags: 8, shape: [3, 2], [numbers, numbers]), "is complex"),
      (
        writer.array("a", of: 9, flags: 2, shape: [3, 2], [writer.element(2, Data([1, 0, 1, 0, 1, 0]))]),
        "is logical"
      ),
      (writer.array("a", of: 6, shape: [3, 2, 1], [numbers]), "has 3 dimensions"),
      (writer.array("a", of: 4, shape: [1, 4], [writer.element(16, Data("text".utf8))]), "is text"),
      (
        writer.array(
          "a", of: 5, shape: [3, 2],
          [
            writer.element(5, bytes([Int32(0)])), writer.element(5, bytes([Int32(0), 1, 1])),
            writer.element(9, six.prefix(8)),
          ]),
        "is sparse"
      ),
      (writer.array("a", of: 1, shape: [1, 2], [inner, inner]), "is a cell array"),
      (writer.array("a", of: 2, shape: [1, 1], names + [inner]), "is a structure"),
      (
        writer.array("a", of: 3, shape: [1, 1], [writer.element(1, Data("class".utf8))] + names + [inner]),
        "is an object"
      ),
    ]
    let matrix = writer.doubles("lfp", [1, 2, 3, 4, 5, 6], shape: [3, 2])
    for (array, expected) in arrays {
      #expect(
        try problem(writer.file([array, matrix]), series: "a")
          == "a: \(expected), expected a full matrix of real numbers; there are lfp")
      #expect(try values(writer.file([array, matrix])) == [1, 2, 3, 4, 5, 6], "\(expected)")
      #expect(try problem(writer.file([array])).hasSuffix("none (a \(expected))"))
    }
  }

  @Test(
    "sizes that a file does not hold are refused",
    arguments: [
      ([3, 2], 40, "lfp has 40 bytes of numbers for the dimensions [3, 2]"),
      ([3, 2], 56, "lfp has 56 bytes of numbers for the dimensions [3, 2]"),
      ([2_000_000_000, 2_000_000_000], 48, "lfp has 48 bytes of numbers"),
      ([-3, -2], 48, "has dimensions [-3, -2]"), ([6], 48, "has dimensions [6]"),
      (Array(repeating: 2_000_000_000, count: 9), 48, "has dimensions"),
    ])
  func sizes(shape: [Int], count: Int, expected: String) throws {
    for isCompressed in [false, true] {
      let writer = SampleMATLAB(isCompressed: isCompressed)
      let file = writer.file([
        writer.numbers("lfp", Data(repeating: 1, count: count), type: 9, of: 6, shape: shape)
      ])
      let found = try problem(file)
      #expect(found.hasPrefix("first variable: \(expected)") && found.hasSuffix("damaged?"), "\(found)")
    }
  }

  @Test("other versions, and what is no file of MATLAB after its header, are refused")
  func headers() throws {
    let writer = SampleMATLAB()
    var file = writer.file([writer.doubles("lfp", [1, 2, 3, 4, 5, 6], shape: [3, 2])])
    file[125] = 2
    #expect(try problem(file).hasPrefix("is a MATLAB file of version 2.0 and order IM, expected 1.0"))
    file[125] = 1
    file[126] = 0
    #expect(try problem(file).hasPrefix("is a MATLAB file of version"))
    file[126] = UInt8(ascii: "I")
    #expect(try problem(file + Data(count: 3)).hasPrefix("after lfp: ends after 3 bytes of an element"))
    #expect(
      try problem(file + Data(count: 16)).hasPrefix("after lfp: is an element of type 0, expected an array"))
  }

  @Test("damage is refused, or changes numbers at most", arguments: [false, true])
  func damage(isCompressed: Bool) throws {
    let writer = SampleMATLAB(isCompressed: isCompressed)
    let plain = SampleMATLAB()
    let inner = plain.doubles("", [1, 2, 3, 4, 5, 6], shape: [3, 2])
    let names = [plain.element(5, bytes([Int32(8)])), plain.element(1, Data("field\0\0\0".utf8))]
    let sound = writer.file([
      writer.array(
        "cells", of: 1, shape: [1, 2], [inner, plain.array("", of: 2, shape: [1, 1], names + [inner])]),
      writer.doubles("lfp", [1, 2, 3, 4, 5, 6], shape: [3, 2]),
    ])
    let folder = try TemporaryFolder()
    func values(_ file: Data) throws -> [Double] {
      try folder.write(file, to: "a")
      return try read(folder.path("a"), Self.options, depths: [0, -100]).values
    }
    for length in stride(from: 1, to: sound.count, by: 5) {
      // Whole variables can be missing.
      if let recording = try? values(sound.prefix(length)) { #expect(recording == [1, 2, 3, 4, 5, 6]) }
    }
    var random = StreamGenerator(key: StreamKey(seed: 5))
    for _ in 0..<400 {
      var damaged = sound
      for _ in 0...random.next() % 3 {
        damaged[128 + Int(random.next() % UInt64(sound.count - 128))] ^= 1 << UInt8(random.next() % 8)
      }
      let recording = try? values(damaged)
      #expect(recording == nil || recording?.count == 6)
      if isCompressed, let recording { #expect(recording == [1, 2, 3, 4, 5, 6]) }
    }
  }
}
