import HDF5Storage
import TestSupport
import Testing

@Suite("Data sets")
struct DatasetTests {
  let folder: TemporaryFolder
  let file: HDF5File

  init() throws {
    folder = try TemporaryFolder()
    file = try HDF5File.create(folder.path("data.h5"))
  }

  private func reopened() throws -> HDF5Group {
    try file.close()
    return try HDF5File.open(folder.path("data.h5")).root
  }

  private func roundTrip<Number: HDF5Number & Equatable>(_ values: [Number]) throws {
    try file.root.createDataset("values", values)
    let dataset = try reopened().dataset("values")
    #expect(try dataset.elementType == Number.hdf5ElementType)
    #expect(try dataset.shape == [values.count])
    #expect(try dataset.read(as: Number.self) == values)
  }

  @Test("Float comes back unchanged")
  func float() throws {
    try roundTrip([0, -0.1, .greatestFiniteMagnitude, .infinity, .leastNonzeroMagnitude] as [Float])
  }
  @Test("Double comes back unchanged")
  func double() throws { try roundTrip([0, -0.1, .pi, -.infinity, .leastNonzeroMagnitude]) }
  @Test("UInt8 comes back unchanged") func uint8() throws { try roundTrip([0, 1, UInt8.max]) }
  @Test("UInt16 comes back unchanged") func uint16() throws { try roundTrip([0, 1, UInt16.max]) }
  @Test("UInt32 comes back unchanged") func uint32() throws { try roundTrip([0, 1, UInt32.max]) }
  @Test("UInt64 comes back unchanged") func uint64() throws { try roundTrip([0, 1, UInt64.max]) }
  @Test("Int8 comes back unchanged") func int8() throws { try roundTrip([Int8.min, -1, .max]) }
  @Test("Int16 comes back unchanged") func int16() throws { try roundTrip([Int16.min, -1, .max]) }
  @Test("Int32 comes back unchanged") func int32() throws { try roundTrip([Int32.min, -1, .max]) }
  @Test("Int64 comes back unchanged") func int64() throws { try roundTrip([Int64.min, -1, .max]) }
  @Test("Int comes back unchanged") func int() throws { try roundTrip([Int.min, -1, .max]) }

  @Test(
    "Every rank and extent comes back, empty ones too",
    arguments: [[], [1], [0], [7], [2, 3], [3, 0, 2], [2, 3, 4], [2, 1, 3, 2]])
  func ranks(shape: [Int]) throws {
    let values = (0..<shape.reduce(1, *)).map { Float($0) }
    try file.root.createDataset("values", values, shape: shape)
    let dataset = try reopened().dataset("values")
    #expect(try dataset.shape == shape)
    #expect(try dataset.read(as: Float.self) == values)
  }

  @Test(
    "Every layout comes back",
    arguments: [
      HDF5Layout.contiguous,
      .chunked([4, 3]),
      .chunked([4, 3], deflate: 6),
      .chunked([4, 3], checksum: true),
      .chunked([4, 3], deflate: 1, checksum: true, extensible: true),
      .chunked([64, 3], extensible: true),
    ])
  func layouts(layout: HDF5Layout) throws {
    let values = (0..<10 * 3).map { UInt32($0 * $0) }
    try file.root.createDataset("values", values, shape: [10, 3], layout: layout)
    let dataset = try reopened().dataset("values")
    #expect(try dataset.read(as: UInt32.self) == values)
    #expect(try dataset.read(as: UInt32.self, rows: 3..<6) == Array(values[9..<18]))
    #expect(
      try dataset.read(as: UInt32.self, rows: 3..<5, columns: 1..<3) == [10, 11, 13, 14].map { $0 * $0 })
    #expect(try dataset.read(as: UInt32.self, columns: 2..<3) == (0..<10).map { values[3 * $0 + 2] })
    #expect(throws: HDF5Error.self) { try dataset.read(as: UInt32.self, columns: 2..<4) }
  }

  @Test("Compression makes repetitive data small")
  func compression() throws {
    let values = [UInt32](repeating: 3, count: 100_000)
    try file.root.createDataset("values", values, layout: .chunked([10_000], deflate: 4))
    try file.close()
    #expect(try folder.bytes("data.h5").count < 20_000)
  }

  @Test("Rows are written and read in place; others stay NaN")
  func rows() throws {
    let dataset = try file.root.createDataset("values", of: Double.self, shape: [5, 2, 2])
    try dataset.write([1.0, 2, 3, 4, 5, 6, 7, 8], rows: 1..<3)
    #expect(try dataset.read(as: Double.self, rows: 2..<3) == [5, 6, 7, 8])
    #expect(try dataset.read(as: Double.self, rows: 2..<2) == [])
    let all = try dataset.read(as: Double.self)
    #expect(all[4..<12] == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect((all[..<4] + all[12...]).allSatisfy { $0.isNaN })
  }

  @Test("Elements that were never written are NaN for floats and zero for integers")
  func fillValues() throws {
    let floats = try file.root.createDataset("floats", of: Float.self, shape: [3], layout: .chunked([2]))
    let integers = try file.root.createDataset("integers", of: UInt8.self, shape: [3])
    #expect(try floats.read(as: Float.self).allSatisfy { $0.isNaN })
    #expect(try integers.read(as: UInt8.self) == [0, 0, 0])
  }

  @Test("Rows can be appended to an extensible data set only")
  func extending() throws {
    let growing = try file.root.createDataset(
      "growing", of: Float.self, shape: [0, 2], layout: .chunked([4, 2], deflate: 4, extensible: true))
    for row in 0..<10 {
      try growing.resize(rows: row + 1)
      try growing.write([Float(row), -Float(row)], rows: row..<row + 1)
    }
    #expect(try growing.shape == [10, 2])
    #expect(try growing.read(as: Float.self) == (0..<10).flatMap { [Float($0), -Float($0)] })
    try growing.resize(rows: 2)
    #expect(try growing.read(as: Float.self) == [0, 0, 1, -1])

    let fixed = try file.root.createDataset("fixed", [1.0, 2.0])
    #expect(throws: HDF5Error.self) { try fixed.resize(rows: 3) }
    #expect(try fixed.read(as: Double.self) == [1, 2])
  }

  @Test("Numbers are converted to the type asked for")
  func conversion() throws {
    let dataset = try file.root.createDataset("values", [1.5, -2.75, 300, 0.1])
    #expect(try dataset.read(as: Float.self) == [1.5, -2.75, 300, 0.1])
    #expect(try dataset.read(as: Int32.self) == [1, -2, 300, 0])
    #expect(try dataset.read(as: UInt8.self) == [1, 0, 255, 0])
    try dataset.write([7, 8, 9, 10] as [UInt16])
    #expect(try dataset.read(as: Double.self) == [7, 8, 9, 10])
  }

  @Test("Memory is read into and written from directly")
  func buffers() throws {
    let dataset = try file.root.createDataset("values", of: Float.self, shape: [3, 2])
    var values: [Float] = [1, 2, 3, 4, 5, 6]
    try values.withUnsafeBufferPointer { try dataset.write($0) }
    try values.withUnsafeMutableBufferPointer { buffer in
      try dataset.read(into: UnsafeMutableBufferPointer(rebasing: buffer[0..<4]), rows: 1..<3)
    }
    #expect(values == [3, 4, 5, 6, 5, 6])
    #expect(throws: HDF5Error.self) {
      try values.withUnsafeMutableBufferPointer { try dataset.read(into: $0, rows: 0..<1) }
    }
  }

  @Test("Strings of any length come back, whatever their script", arguments: [true, false])
  func strings(isFixed: Bool) throws {
    let strings = ["η", "", "g", "J in mV", "日本", "🧠"]
    let dataset = try file.root.createDataset(
      "strings", ofStrings: isFixed ? .fixed(7) : .variable, shape: [3, 2])
    try dataset.write(strings)
    try dataset.write(["µm", "ms"], rows: 2..<3)
    let read = try reopened().dataset("strings")
    #expect(try read.elementType == .string)
    #expect(try read.read(as: String.self) == ["η", "", "g", "J in mV", "µm", "ms"])
    #expect(try read.read(as: String.self, rows: 1..<2) == ["g", "J in mV"])
  }

  @Test("Strings that cannot be stored as they are are refused")
  func unstorableStrings() throws {
    let dataset = try file.root.createDataset("strings", ofStrings: .fixed(3), shape: [1])
    #expect(throws: HDF5Error.self) { try dataset.write(["four"]) }
    #expect(throws: HDF5Error.self) { try dataset.write(["a\0b"]) }
    #expect(throws: HDF5Error.self) { try file.root.attributes.write("a\0b", named: "text") }
    #expect(throws: HDF5Error.self) {
      try file.root.createDataset("none", ofStrings: .fixed(0), shape: [1])
    }
  }
}
