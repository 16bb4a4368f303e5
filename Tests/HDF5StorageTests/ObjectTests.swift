import HDF5Storage
import TestSupport
import Testing

@Suite("Groups and objects")
struct ObjectTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

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

  @Test("Scales name the dimensions")
  func dimensions() throws {
    try folder.writeSample("sample.h5")
    let file = try HDF5File.open(folder.path("sample.h5"), .readWrite)
    #expect(try file.root.dataset("psd").dimensionNames == ["sample", "frequency"])
    #expect(try file.root.dataset("names/long").dimensionNames == [nil])
    let labels = try file.root.dataset("psd").attributes.read("DIMENSION_LABELS", as: [String].self)
    #expect(labels == ["sample", "frequency"])
    let frequency = try file.root.dataset("frequency")
    #expect(throws: HDF5Error.self) { try file.root.dataset("names/long").attachScales([frequency]) }
    #expect(throws: HDF5Error.self) { try file.root.dataset("psd").makeScale() }
  }
}
