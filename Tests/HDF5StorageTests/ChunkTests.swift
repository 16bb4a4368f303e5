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

  @Test(
    "every chunk is copied once, whatever the rows asked for",
    arguments: [[0, 7], [0, 2, 7], [0, 1, 3, 4, 6, 7]])
  func copies(bounds: [Int]) throws {
    let old = try source.root.createDataset("values", values, shape: [7, 3], layout: Self.layout)
    let new = try copy.root.createDataset("values", of: UInt32.self, shape: [7, 3], layout: Self.layout)
    #expect(try new.storesChunks(like: old))
    #expect(try new.chunk == [3, 3])
    for (lower, upper) in zip(bounds, bounds.dropFirst()) {
      try new.copyChunks(beginningIn: lower..<upper, of: old)
    }
    try copy.close()
    #expect(try HDF5File.open(folder.path("copy.h5")).root.dataset("values").read() == values)
  }

  @Test("chunks that were never written are not there in the copy either")
  func unwritten() throws {
    let old = try source.root.createDataset("values", of: Float.self, shape: [7, 3], layout: Self.layout)
    let new = try copy.root.createDataset("values", of: Float.self, shape: [7, 3], layout: Self.layout)
    try old.write([Float](repeating: 1, count: 9), rows: 3..<6)
    try source.flush()
    try new.copyChunks(beginningIn: 0..<7, of: old)
    let copied: [Float] = try new.read()
    #expect(copied[9..<18].allSatisfy { $0 == 1 })
    let others = copied[..<9] + copied[18...]
    #expect(others.allSatisfy { $0.isNaN })
  }

  @Test("another shape, type, chunk or filter is another way of storing")
  func differences() throws {
    let old = try source.root.createDataset("values", of: UInt32.self, shape: [7, 3], layout: Self.layout)
    func isAlike(_ name: String, _ layout: HDF5Layout, shape: [Int] = [7, 3]) throws -> Bool {
      try copy.root.createDataset(name, of: UInt32.self, shape: shape, layout: layout).storesChunks(like: old)
    }
    #expect(try isAlike("same", Self.layout))
    #expect(try !isAlike("shape", Self.layout, shape: [8, 3]))
    #expect(try !isAlike("chunk", .chunked([4, 3], deflate: 4, checksum: true)))
    #expect(try !isAlike("level", .chunked([3, 3], deflate: 5, checksum: true)))
    #expect(try !isAlike("checksum", .chunked([3, 3], deflate: 4)))
    #expect(try !isAlike("contiguous", .contiguous))
    let other = try copy.root.createDataset("type", of: Int32.self, shape: [7, 3], layout: Self.layout)
    #expect(try !other.storesChunks(like: old))
    #expect(try source.root.createDataset("block", values).chunk == nil)
  }
}
