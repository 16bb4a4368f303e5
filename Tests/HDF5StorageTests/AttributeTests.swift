import HDF5Storage
import TestSupport
import Testing

@Suite("Attributes")
struct AttributeTests {
  let folder: TemporaryFolder
  let file: HDF5File

  init() throws {
    folder = try TemporaryFolder()
    file = try HDF5File.create(folder.path("attributes.h5"))
  }

  @Test("Numbers, strings and arrays come back from files, groups and data sets")
  func roundTrip() throws {
    let group = try file.root.createGroup("group")
    let dataset = try file.root.createDataset("values", [1.0])
    for attributes in [file.root.attributes, group.attributes, dataset.attributes] {
      try attributes.write("mV²/Hz", named: "units")
      try attributes.write("", named: "empty")
      try attributes.write(0.1, named: "dt_ms")
      try attributes.write(-5, named: "offset")
      try attributes.write(UInt64.max, named: "key")
      try attributes.write([0.5, .pi], named: "range")
      try attributes.write(["η", "g", "J"], named: "names")
      try attributes.write([] as [Double], named: "nothing")
    }
    try file.close()
    let root = try HDF5File.open(folder.path("attributes.h5")).root
    for attributes in try [
      root.attributes, root.group("group").attributes, root.dataset("values").attributes,
    ] {
      let names = ["dt_ms", "empty", "key", "names", "nothing", "offset", "range", "units"]
      #expect(try attributes.names == names)
      #expect(try attributes.read("units", as: String.self) == "mV²/Hz")
      #expect(try attributes.read("empty", as: String.self) == "")
      #expect(try attributes.read("dt_ms", as: Double.self) == 0.1)
      #expect(try attributes.read("offset", as: Int.self) == -5)
      #expect(try attributes.read("key", as: UInt64.self) == .max)
      #expect(try attributes.read("range", as: [Double].self) == [0.5, .pi])
      #expect(try attributes.read("names", as: [String].self) == ["η", "g", "J"])
      #expect(try attributes.read("nothing", as: [Double].self) == [])
      #expect(try attributes.shape(of: "range") == [2])
      #expect(try attributes.shape(of: "units") == [])
      #expect(try attributes.elementType(of: "offset") == .integer(bits: 64, signed: true))
    }
  }

  @Test("A second value replaces the first, whatever its type")
  func replacing() throws {
    let attributes = file.root.attributes
    try attributes.write(1, named: "value")
    try attributes.write(["a", "b"], named: "value")
    #expect(try attributes.names == ["value"])
    #expect(try attributes.read("value", as: [String].self) == ["a", "b"])
  }

  @Test("A string may be longer than the 64 KiB of an attribute")
  func longString() throws {
    let text = String(repeating: "key: value # µ\n", count: 10_000)
    try file.root.attributes.write(text, named: "configuration")
    #expect(try file.root.attributes.read("configuration", as: String.self) == text)
  }

  @Test("Missing attributes and other types or shapes are told apart")
  func errors() throws {
    let attributes = file.root.attributes
    try attributes.write("text", named: "text")
    try attributes.write([1.0, 2.0], named: "pair")
    let path = folder.path("attributes.h5")
    #expect(try attributes.contains("text"))
    #expect(try !attributes.contains("missing"))

    #expect { try attributes.read("missing", as: Double.self) } throws: {
      guard case .noSuchObject(let location)? = $0 as? HDF5Error else { return false }
      return location.description == "\(path): /@missing"
    }
    #expect { try attributes.read("text", as: Double.self) } throws: {
      ($0 as? HDF5Error)?.description
        == "\(path): /@text: wrong type (got string, expected float64)"
    }
    #expect { try attributes.read("pair", as: String.self) } throws: {
      ($0 as? HDF5Error)?.description
        == "\(path): /@pair: wrong type (got float64, expected string)"
    }
    #expect { try attributes.read("pair", as: Double.self) } throws: {
      ($0 as? HDF5Error)?.description == "\(path): /@pair: wrong shape (got [2], expected [])"
    }
  }

  @Test("An enumeration keeps its value and its members")
  func enumeration() throws {
    let members: [String: UInt8] = ["none": 0, "by_id": 1, "by_time": 2]
    let attributes = try file.root.createGroup("spikes/E").attributes
    for name in members.keys {
      let value = try #require(HDF5Enumeration(name, of: members))
      try attributes.write(value, named: "sorting")
      #expect(try attributes.elementType(of: "sorting") == .enumeration)
      #expect(try attributes.read("sorting", as: HDF5Enumeration.self) == value)
    }
    #expect(HDF5Enumeration("by_size", of: members) == nil)
    #expect(throws: HDF5Error.self) { try attributes.read("sorting", as: Int.self) }
    try attributes.write(1, named: "number")
    #expect(throws: HDF5Error.self) { try attributes.read("number", as: HDF5Enumeration.self) }
  }
}
