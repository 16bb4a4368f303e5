import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Files")
struct FileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Creating is exclusive unless replacing is asked for")
  func creating() throws {
    let path = folder.path("new.h5")
    let first = try HDF5File.create(path)
    try first.root.createDataset("old", [1.0])
    try first.close()
    #expect(throws: HDF5Error.fileExists(file: path)) { try HDF5File.create(path) }
    #expect(try HDF5File.open(path).root.contains("old"))
    try HDF5File.create(path, replacing: true).close()
    #expect(try HDF5File.open(path).root.names == [])

    #expect { try HDF5File.create(folder.path("missing/new.h5")) } throws: {
      guard case .cannotCreate(_, let reason)? = $0 as? HDF5Error else { return false }
      return reason.contains("No such file or directory")
    }
  }

  @Test("A file opened for reading is not changed")
  func readOnly() throws {
    try folder.writeSample("sample.h5")
    let root = try HDF5File.open(folder.path("sample.h5")).root
    #expect {
      try root.createGroup("new")
    } throws: {
      guard case .writeFailed(let location, let reason)? = $0 as? HDF5Error else { return false }
      return location.object == "/new" && reason.contains("no write intent")
    }
    #expect(throws: HDF5Error.self) { try root.attributes.write(1, named: "new") }
    #expect(throws: HDF5Error.self) {
      try root.dataset("frequency").write([Double](repeating: 0, count: 151))
    }
  }

  @Test("A file opened for writing can be added to")
  func readWrite() throws {
    try folder.writeSample("sample.h5")
    let file = try HDF5File.open(folder.path("sample.h5"), .readWrite)
    try file.root.createDataset("more", [1.0])
    try file.flush()
    try file.close()
    #expect(try HDF5File.open(folder.path("sample.h5")).root.dataset("more").read(as: Double.self) == [1])
  }

  @Test("Whatever was opened from a file is closed with it")
  func closing() throws {
    let path = folder.path("closed.h5")
    let file = try HDF5File.create(path)
    let dataset = try file.root.createDataset("values", [1.0])
    let other = try HDF5File.open(path, .readWrite)
    let group = try other.root.createGroup("group")
    try file.close()
    try file.close()
    #expect(throws: HDF5Error.closed(file: path)) { try dataset.read(as: Double.self) }
    #expect(throws: HDF5Error.closed(file: path)) { try file.root.names }
    #expect(throws: HDF5Error.closed(file: path)) { try file.flush() }
    #expect(try group.createDataset("values", [2.0]).read(as: Double.self) == [2])
  }

  @Test("No identifier stays open, neither after success nor after errors")
  func identifiers() throws {
    // Under the library's lock no other test opens or closes anything meanwhile.
    let (before, after) = try HDF5Library.locked { () throws in
      let before = HDF5Library.openIdentifiers
      try folder.writeSample("sample.h5")
      try HDF5File.open(folder.path("sample.h5")).root.visitContents { _ in }
      do {
        let root = try HDF5File.open(folder.path("sample.h5")).root
        let psd = try root.dataset("psd")
        _ = try (
          psd.read(as: Float.self), psd.attributes.names, psd.dimensionNames, psd.attributes.contains("x")
        )
        _ = try? psd.read(as: String.self)
        _ = try? psd.read(as: Float.self, rows: 3..<9)
        _ = try? psd.attributes.read("units", as: Double.self)
        _ = try? psd.attributes.read("none", as: Double.self)
        _ = try? psd.write([Float](repeating: 0, count: 4 * 151))
        _ = try? root.group("psd")
        _ = try? root.dataset("none")
        _ = try? root.createDataset("new", [1.0], layout: .chunked([1, 1]))
        _ = try? HDF5File.open(folder.path("none.h5"))
      }
      return (before, HDF5Library.openIdentifiers)
    }
    #expect(before == after)
  }

  @Test("Several threads write and read files of their own and one file together")
  func threads() async throws {
    let shared = try HDF5File.create(folder.path("shared.h5"))
    let dataset = try shared.root.createDataset("values", of: Int64.self, shape: [64, 8])
    try await withThrowingTaskGroup(of: Void.self) { [folder] group in
      for task in 0..<8 {
        group.addTask {
          let file = try HDF5File.create(folder.path("task\(task).h5"))
          for row in stride(from: task, to: 64, by: 8) {
            let values = (0..<8).map { Int64(row * 8 + $0) }
            try dataset.write(values, rows: row..<row + 1)
            try file.root.createDataset("row\(row)", values).attributes.write("ms", named: "units")
            #expect(try dataset.read(as: Int64.self, rows: row..<row + 1) == values)
            #expect(throws: HDF5Error.self) { try file.root.dataset("none") }
          }
          #expect(try file.root.names.count == 8)
          try file.close()
        }
      }
      try await group.waitForAll()
    }
    #expect(try dataset.read(as: Int64.self) == (0..<512).map { Int64($0) })
  }
}
