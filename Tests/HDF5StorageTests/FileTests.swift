import Foundation
import HDF5Storage
import Testing

@Suite("Files and groups")
struct FileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Two groups, numbers, strings, attributes of every kind and named dimensions.
  private func writeSample(_ name: String) throws {
    let file = try HDF5File.create(folder.path(name))
    let root = file.root
    try root.attributes.write("sample", named: "format")
    let sample = try root.createDimension("sample", count: 4)
    let frequency = try root.createDataset("frequency", (0..<151).map { Double($0) })
    try frequency.makeScale()
    let psd = try root.createDataset(
      "psd", (0..<4 * 151).map { Float($0) }, shape: [4, 151], layout: .chunked([1, 151], deflate: 4))
    try psd.attachScales([sample, frequency])
    try psd.attributes.write("mV²/Hz", named: "units")
    try root.createDataset("names/long", ["a", "bc", ""])
    let spikes = try root.createGroup("spikes/E")
    try spikes.attributes.write(HDF5Enumeration("by_id", of: ["none": 0, "by_id": 1])!, named: "sorting")
    try spikes.attributes.write([1.0, .pi], named: "range")
    try file.close()
  }

  private func contents(_ name: String, skipping: (String) -> Bool = { _ in false }) throws -> Data {
    var bytes = Data()
    try HDF5File.open(folder.path(name)).root.visitContents(skipping: skipping) {
      bytes.append(contentsOf: $0)
    }
    return bytes
  }

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
    try writeSample("whole.h5")
    let bytes = try folder.bytes(of: "whole.h5")
    for length in [bytes.count - 1, bytes.count / 2, 200] {
      try folder.write(bytes.prefix(length), to: "part.h5")
      #expect(throws: HDF5Error.truncated(file: folder.path("part.h5"))) {
        try HDF5File.open(folder.path("part.h5"))
      }
    }
  }

  @Test("A file opened for reading is not changed")
  func readOnly() throws {
    try writeSample("sample.h5")
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
    try writeSample("sample.h5")
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

  @Test("Objects are found by relative and absolute names")
  func names() throws {
    let root = try HDF5File.create(folder.path("names.h5")).root
    let group = try root.createGroup("a/b")
    #expect(group.path == "/a/b")
    #expect(try group.createDataset("η", [1.0]).path == "/a/b/η")
    #expect(try root.dataset("a/b/η").read(as: Double.self) == [1])
    #expect(try group.dataset("/a/b/η").path == "/a/b/η")
    #expect(try root.contains("a/b/η"))
    #expect(try group.contains("/a"))
    #expect(try !root.contains("a/c/η"))
    #expect(try !root.contains("a/b/η/x"))
    #expect(try !root.contains(""))
    #expect(try root.group("/").path == "/")
    try root.createGroup("Z")
    #expect(try root.names == ["Z", "a"])
    #expect(try group.kind(of: "η") == .dataset)
    #expect(try root.kind(of: "a") == .group)
  }

  @Test("Missing, existing and other objects are told apart")
  func objectErrors() throws {
    let path = folder.path("objects.h5")
    let root = try HDF5File.create(path).root
    try root.createDataset("group/values", [1.0, 2.0])
    func message(_ body: () throws -> Void) -> String? {
      do { try body() } catch { return (error as? HDF5Error)?.description }
      return nil
    }
    #expect(message { _ = try root.dataset("none/x") } == "\(path): /none/x: does not exist")
    #expect(message { _ = try root.group("none") } == "\(path): /none: does not exist")
    #expect(message { _ = try root.kind(of: "none") } == "\(path): /none: does not exist")
    #expect(message { try root.createGroup("group") } == "\(path): /group: exists already")
    #expect(
      message { _ = try root.dataset("group") }
        == "\(path): /group: wrong type (got group, expected data set)")
    #expect(
      message { _ = try root.group("group/values") }
        == "\(path): /group/values: wrong type (got data set, expected group)")
    let values = try root.dataset("group/values")
    #expect(
      message { _ = try values.read(as: String.self) }
        == "\(path): /group/values: wrong type (got float64, expected string)")
    #expect(
      message { try values.write(["a", "b"]) }
        == "\(path): /group/values: wrong type (got float64, expected string)")
    #expect(
      message { try values.write([1.0]) } == "\(path): /group/values: wrong shape (got [1], expected [2])")
    #expect(
      message { try values.requireShape([2, 1]) }
        == "\(path): /group/values: wrong shape (got [2], expected [2, 1])")
    #expect(
      message { _ = try values.read(as: Double.self, rows: 1..<3) }
        == "\(path): /group/values: no rows 1..<3 (there are 2)")
    let strings = try root.createDataset("strings", ["a"])
    #expect(
      message { _ = try strings.read(as: Float.self) }
        == "\(path): /strings: wrong type (got string, expected float32)")
    let scalar = try root.createDataset("scalar", [1.0], shape: [])
    #expect(
      message { _ = try scalar.read(as: Double.self, rows: 0..<1) }
        == "\(path): /scalar: no rows 0..<1 (there are 0)")
  }

  @Test("Layouts that do not fit the data set are refused")
  func impossibleLayouts() throws {
    let root = try HDF5File.create(folder.path("layouts.h5")).root
    for layout in [
      HDF5Layout.chunked([2]), .chunked([0, 2]), .chunked([9, 2]), .chunked([2, 2], deflate: 10),
    ] {
      #expect(throws: HDF5Error.self) {
        try root.createDataset("values", of: Float.self, shape: [4, 2], layout: layout)
      }
    }
    #expect(throws: HDF5Error.self) { try root.createDataset("values", of: Float.self, shape: [-1]) }
    #expect(try root.names == [])
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
      #expect {
        try root.dataset(name).read(as: UInt8.self)
      } throws: {
        guard case .tooLarge? = $0 as? HDF5Error else { return false }
        return true
      }
    }
    #expect(try root.dataset("long").read(as: Float.self, rows: 5..<7).allSatisfy { $0.isNaN })
  }

  @Test("An extent altered in the file is an error, not a crash")
  func alteredExtent() throws {
    let file = try HDF5File.create(folder.path("whole.h5"))
    try file.root.createDataset("values", [Double](repeating: 1, count: 4321))
    try file.close()
    // The current and the maximal extent of the data set are the only 64-bit numbers 4321 in the file.
    var bytes = try folder.bytes(of: "whole.h5")
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
    var bytes = try folder.bytes(of: "whole.h5")
    let position = try #require(bytes.firstRange(of: Data(littleEndian(0x0123_4567_89ab_cdef)))).lowerBound
    bytes[position] ^= 1
    try folder.write(bytes, to: "altered.h5")
    #expect {
      try HDF5File.open(folder.path("altered.h5")).root.dataset("values").read(as: UInt64.self)
    } throws: {
      guard case .readFailed(let location, _)? = $0 as? HDF5Error else { return false }
      return location.object == "/values"
    }
  }

  @Test("Equal contents give equal bytes, also a second later")
  func equalBytes() throws {
    try writeSample("first.h5")
    Thread.sleep(forTimeInterval: 1.1)
    try writeSample("second.h5")
    #expect(try folder.bytes(of: "first.h5") == folder.bytes(of: "second.h5"))
  }

  @Test("Canonical contents depend on contents only")
  func canonicalContents() throws {
    let values = (0..<5000).map { Double($0) }
    let first = try HDF5File.create(folder.path("first.h5")).root
    try first.createDataset("b/values", values, shape: [50, 100])
    try first.createDataset("a", ["x", "y"])
    try first.attributes.write(1, named: "one")
    try first.attributes.write("node7", named: "host")
    let second = try HDF5File.create(folder.path("second.h5")).root
    try second.attributes.write("node8", named: "host")
    try second.attributes.write(1, named: "one")
    try second.createDataset("a", ["x", "y"])
    try second.createDataset("b/values", values, shape: [50, 100], layout: .chunked([7, 100], deflate: 1))
    #expect(try contents("first.h5") != contents("second.h5"))
    let isHost = { (path: String) in path == "/@host" }
    #expect(try contents("first.h5", skipping: isHost) == contents("second.h5", skipping: isHost))

    try second.dataset("b/values").write([Double](repeating: 0, count: 100), rows: 49..<50)
    #expect(try contents("first.h5", skipping: isHost) != contents("second.h5", skipping: isHost))
    let isAnyDifference = { (path: String) in path == "/@host" || path == "/b/values" }
    #expect(
      try contents("first.h5", skipping: isAnyDifference) == contents("second.h5", skipping: isAnyDifference))
  }

  @Test("Scales name the dimensions")
  func dimensions() throws {
    try writeSample("sample.h5")
    let file = try HDF5File.open(folder.path("sample.h5"), .readWrite)
    #expect(try file.root.dataset("psd").dimensionNames == ["sample", "frequency"])
    #expect(try file.root.dataset("names/long").dimensionNames == [nil])
    let frequency = try file.root.dataset("frequency")
    #expect(throws: HDF5Error.self) { try file.root.dataset("names/long").attachScales([frequency]) }
    #expect(throws: HDF5Error.self) { try file.root.dataset("psd").makeScale() }
  }

  @Test("No identifier stays open, neither after success nor after errors")
  func identifiers() throws {
    // Under the library's lock no other test opens or closes anything meanwhile.
    let (before, after) = try HDF5Library.locked { () throws in
      let before = HDF5Library.openIdentifiers
      try writeSample("sample.h5")
      _ = try contents("sample.h5")
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
