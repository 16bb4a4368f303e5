import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Damaged and foreign files")
struct DamagedFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Files that are missing, foreign, empty or truncated are told apart")
  func unreadableFiles() throws {
    #expect { try HDF5File.open(folder.path("missing.h5")) } throws: {
      guard case .cannotOpen(folder.path("missing.h5"), _)? = $0 as? HDF5Error else { return false }
      return true
    }
    try folder.write(Data(), to: "empty.h5")
    #expect(throws: HDF5Error.notHDF5(file: folder.path("empty.h5"))) {
      try HDF5File.open(folder.path("empty.h5"))
    }
    try folder.write(Data("time,rate\n0,37.3\n".utf8), to: "table.csv")
    #expect(throws: HDF5Error.notHDF5(file: folder.path("table.csv"))) {
      try HDF5File.open(folder.path("table.csv"))
    }
    try folder.writeSample("whole.h5")
    let bytes = try folder.bytes("whole.h5")
    for length in [bytes.count - 1, bytes.count / 2, 200] {
      try folder.write(bytes.prefix(length), to: "part.h5")
      #expect(throws: HDF5Error.truncated(file: folder.path("part.h5"))) {
        try HDF5File.open(folder.path("part.h5"))
      }
    }
  }

  @Test("Extents that no memory holds are an error")
  func enormous() throws {
    let path = folder.path("enormous.h5")
    let file = try HDF5File.create(path)
    for (name, shape) in [("long", [1 << 50]), ("square", [1 << 40, 1 << 40])] {
      _ = try file.root.createDataset(
        name, of: Float.self, shape: shape, layout: .chunked(shape.map { _ in 16 }))
    }
    try file.close()
    let root = try HDF5File.open(path).root
    for name in ["long", "square"] {
      for rows in [nil, 5..<7] {
        #expect {
          try root.dataset(name).read(as: UInt8.self, rows: rows)
        } throws: {
          guard case .tooLarge? = $0 as? HDF5Error else { return false }
          return true
        }
      }
    }
  }

  @Test("An extent altered in the file is an error, not a crash")
  func alteredExtent() throws {
    let file = try HDF5File.create(folder.path("whole.h5"))
    try file.root.createDataset("values", [Double](repeating: 1, count: 4321))
    try file.close()
    // The current and the maximal extent of the data set are the only 64-bit numbers 4321 in the file.
    var bytes = try folder.bytes("whole.h5")
    for extent in [1 << 27, 1 << 44] {
      for position in 0..<bytes.count - 8
      where bytes[position..<position + 8].elementsEqual(littleEndian(4321)) {
        bytes.replaceSubrange(position..<position + 8, with: littleEndian(extent))
      }
      try folder.write(bytes, to: "altered.h5")
      #expect(throws: HDF5Error.self) {
        try HDF5File.open(folder.path("altered.h5")).root.dataset("values").read(as: Double.self)
      }
    }
  }

  private func littleEndian(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  @Test("A checksum finds altered data")
  func checksum() throws {
    let file = try HDF5File.create(folder.path("whole.h5"))
    try file.root.createDataset(
      "values", [UInt64](repeating: 0x0123_4567_89ab_cdef, count: 64), layout: .chunked([64], checksum: true))
    try file.close()
    var bytes = try folder.bytes("whole.h5")
    let position = try #require(bytes.firstRange(of: Data(littleEndian(0x0123_4567_89ab_cdef)))).lowerBound
    bytes[position] ^= 1
    try folder.write(bytes, to: "altered.h5")
    #expect {
      try HDF5File.open(folder.path("altered.h5")).root.dataset("values").read(as: UInt64.self)
    } throws: {
      guard case .malformed(let location, _)? = $0 as? HDF5Error else { return false }
      return location.object == "/values"
    }
  }

  @Test("A full disk is named as the reason")
  func fullDisk() throws {
    #expect { try HDF5File.create("/dev/full", replacing: true) } throws: {
      guard case .cannotCreate(_, let reason)? = $0 as? HDF5Error else { return false }
      return reason.hasSuffix("No space left on device")
    }
  }
}
