import Foundation
import HDF5Storage
import RandomStreams
import TestSupport
import Testing

@Suite("Seals")
struct SealTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ name: String, isSealed: Bool = true) throws -> [UInt8] {
    let file = try HDF5File.create(folder.path(name), isSealed: isSealed)
    try file.root.attributes.write("some text", named: "format")
    try file.root.createDataset("numbers", (0..<500).map { Double($0).squareRoot() })
    try file.root.createDataset("names", ["E", "I"])
    try file.close()
    return Array(try folder.bytes(name))
  }

  /// What opening a file with these contents throws.
  private func failure(_ contents: [UInt8]) throws -> HDF5Error? {
    try folder.write(Data(contents), to: "changed.h5")
    do throws(HDF5Error) {
      try HDF5File.open(folder.path("changed.h5")).close()
      return nil
    } catch { return error }
  }

  @Test("a sealed file is read like any other, and written alike each time")
  func intact() throws {
    let first = try write("a.h5")
    let file = try HDF5File.open(folder.path("a.h5"))
    let numbers: [Double] = try file.root.dataset("numbers").read()
    #expect(numbers[4] == 2)
    try file.close()
    #expect(try first == write("b.h5"))
    // The HDF5 is what it is without a seal, after 512 bytes.
    let plain = try write("c.h5", isSealed: false)
    #expect(first.count == plain.count + 512)
    #expect(
      String(decoding: first.prefix(51), as: UTF8.self)
        == "brunel-lfp, SHA-256 of what follows these 512 bytes")
  }

  @Test("any damage is found before the library reads the file")
  func damage() throws {
    let contents = try write("a.h5")
    let count = Int(ProcessInfo.processInfo.environment["FUZZED_FILES"] ?? "") ?? 500
    var stream = StreamKey(seed: 3).generator()
    for number in 0..<count {
      var damaged = contents
      let place = stream.index(below: number % 2 == 0 ? contents.count : 600)
      switch number % 4 {
      case 0: damaged[place] ^= 1 << UInt8(stream.index(below: 8))
      case 1: for index in place..<min(place + 64, damaged.count) { damaged[index] = 0 }
      case 2:
        for index in place..<min(place + 16, damaged.count) {
          damaged[index] ^= UInt8(stream.index(below: 256))
        }
      default: damaged.removeLast(damaged.count - place)
      }
      if damaged == contents { continue }
      let failure = try failure(damaged)
      // Less than half of the first mark is a file of no kind.
      let isNone = number % 4 == 3 && place < 30
      #expect(failure == .damaged(file: folder.path("changed.h5")) || isNone && failure != nil, "\(number)")
    }
  }

  @Test("bytes after the end are damage too")
  func longer() throws {
    #expect(try failure(write("a.h5") + [0]) == .damaged(file: folder.path("changed.h5")))
  }

  @Test("who knows that a file is whole need not look")
  func trusted() throws {
    var contents = try write("a.h5")
    contents[300] ^= 1
    try folder.write(Data(contents), to: "changed.h5")
    try HDF5File.open(folder.path("changed.h5"), isTrusted: true).close()
  }
}
