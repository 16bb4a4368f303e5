import Foundation
import HDF5Storage
import TestSupport
import Testing

@Suite("Contents")
struct ContentsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func contents(_ name: String, skipping: (String) -> Bool = { _ in false }) throws -> Data {
    var bytes = Data()
    try HDF5File.open(folder.path(name)).root.visitContents(skipping: skipping) {
      bytes.append(contentsOf: $0)
    }
    return bytes
  }

  @Test("Equal contents give equal bytes, also a second later")
  func equalBytes() throws {
    try folder.writeSample("first.h5")
    Thread.sleep(forTimeInterval: 1.1)
    try folder.writeSample("second.h5")
    #expect(try folder.bytes("first.h5") == folder.bytes("second.h5"))
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
}
