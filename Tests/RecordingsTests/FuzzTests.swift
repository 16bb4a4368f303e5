import Foundation
import RandomStreams
import RecordingSupport
import Recordings
import TestSupport
import Testing

/// Files of HDF5 are damaged in Tests/Python/test_foreign_files.py, where a crash is survived.
@Suite("Damaged recordings")
struct FuzzTests {
  private static let formats = SampleFormat.allCases.filter { !$0.isHDF5 }
  private static let count = Int(ProcessInfo.processInfo.environment["FUZZED_FILES"] ?? "") ?? 500

  @Test("are read, or refused with their name", arguments: formats)
  func damage(format: SampleFormat) throws {
    let folder = try TemporaryFolder()
    let recording = SampleRecording(depths: [0, -100, -200], samples: 40, samplingRate: 1250)
    try format.write(recording, to: folder)
    let contents = Array(try folder.bytes(format.file))
    let path = folder.path("damaged")
    var stream = StreamKey(seed: 4).generator()
    var refused = 0
    for number in 0..<Self.count {
      var damaged = contents
      let place = stream.index(below: number % 2 == 0 ? contents.count : min(128, contents.count))
      switch number / 2 % 4 {
      case 0: damaged[place] ^= 1 << UInt8(stream.index(below: 8))
      case 1: for index in place..<min(place + 64, damaged.count) { damaged[index] = 0 }
      case 2:
        for index in place..<min(place + 16, damaged.count) {
          damaged[index] = UInt8(stream.index(below: 256))
        }
      default: damaged.removeLast(damaged.count - place)
      }
      try folder.write(Data(damaged), to: "damaged")
      do {
        let read = try read(path, format.options(recording), depths: recording.depths)
        try read.recording.check()
      } catch {
        #expect("\(error)".hasPrefix(path) && !"\(error)".contains("\n"), "\(number): \(error)")
        refused += 1
      }
    }
    #expect(refused > Self.count / 10)
  }
}
