import HDF5Storage
import TestSupport
import Testing

@Suite("Chunks copied as they are stored")
struct ChunkTests {
  private let folder: TemporaryFolder
  private let source, copy: HDF5File
  private let values = (0..<21).map { UInt32($0 * $0) }
  private static let layout = HDF5Layout.chunked([3, 3], deflate: 4, checksum: true)

  init() throws {
    folder = try TemporaryFolder()
    source = try HDF5File.create(folder.path("source.h5"))
    copy = try HDF5File.create(folder.path("copy.h5"))
  }

  private func datasets(rows: Int = 7) throws -> (old: HDF5Dataset, new: HDF5Dataset) {
    (
      try source.root.createDataset("values", values, shape: [7, 3], layout: Self.layout),
      try copy.root.createDataset("values", of: UInt32.self, shape: [rows, 3], layout: Self.layout)
    )
  }

  @Test("all rows are copied, also in pieces of whole chunks", arguments: [[0, 7], [0, 3, 7], [0, 6, 7]])
  func copies(bounds: [Int]) throws {
    let (old, new) = try datasets()
    #expect(try new.storesChunks(like: old))
    #expect(try new.chunk == [3, 3])
    for (lower, upper) in zip(bounds, bounds.dropFirst()) {
      #expect(try new.copyChunks(lower..<upper, of: old, to: lower) == upper - lower)
    }
    try copy.close()
    #expect(try HDF5File.open(folder.path("copy.h5")).root.dataset("values").read() == values)
  }

  @Test(
    "rows that do not fill a chunk, or begin within one, are left",
    arguments: [
      (0..<2, 0, 0), (0..<4, 0, 3), (1..<7, 0, 0), (0..<7, 1, 0), (0..<7, 2, 0),
    ])
  func partial(rows: Range<Int>, start: Int, copied: Int) throws {
    let (old, new) = try datasets(rows: 9)
    #expect(try new.copyChunks(rows, of: old, to: start) == copied)
    #expect(try new.read() == values.prefix(3 * copied) + [UInt32](repeating: 0, count: 27 - 3 * copied))
  }

  @Test(
    "rows go to another place, the last ones only to the end",
    arguments: [(10, 3, 7), (12, 3, 6), (13, 6, 7)])
  func elsewhere(rows: Int, start: Int, copied: Int) throws {
    let (old, new) = try datasets(rows: rows)
    #expect(try new.copyChunks(0..<7, of: old, to: start) == copied)
    let read: [UInt32] = try new.read(rows: start..<start + copied)
    #expect(read == Array(values.prefix(3 * copied)))
  }

  @Test("chunks that were never written are not there in the copy either")
  func unwritten() throws {
    let old = try source.root.createDataset("values", of: Float.self, shape: [7, 3], layout: Self.layout)
    let new = try copy.root.createDataset("values", of: Float.self, shape: [7, 3], layout: Self.layout)
    try old.write([Float](repeating: 1, count: 9), rows: 3..<6)
    try source.flush()
    #expect(try new.copyChunks(0..<7, of: old, to: 0) == 7)
    let copied: [Float] = try new.read()
    #expect(copied[9..<18].allSatisfy { $0 == 1 })
    let others = copied[..<9] + copied[18...]
    #expect(others.allSatisfy { $0.isNaN })
  }

  @Test("other rows, another type, chunk or filter is another way of storing")
  func differences() throws {
    let old = try source.root.createDataset("values", of: UInt32.self, shape: [7, 3], layout: Self.layout)
    func isAlike(_ name: String, _ layout: HDF5Layout, shape: [Int] = [7, 3]) throws -> Bool {
      try copy.root.createDataset(name, of: UInt32.self, shape: shape, layout: layout).storesChunks(like: old)
    }
    #expect(try isAlike("same", Self.layout))
    #expect(try isAlike("longer", Self.layout, shape: [8, 3]))
    #expect(try !isAlike("wider", Self.layout, shape: [7, 4]))
    #expect(try !isAlike("chunk", .chunked([4, 3], deflate: 4, checksum: true)))
    #expect(try !isAlike("level", .chunked([3, 3], deflate: 5, checksum: true)))
    #expect(try !isAlike("checksum", .chunked([3, 3], deflate: 4)))
    #expect(try !isAlike("contiguous", .contiguous))
    let other = try copy.root.createDataset("type", of: Int32.self, shape: [7, 3], layout: Self.layout)
    #expect(try !other.storesChunks(like: old))
    #expect(try source.root.createDataset("block", values).chunk == nil)
  }
}
