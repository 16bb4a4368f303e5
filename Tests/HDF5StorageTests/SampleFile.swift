import TestSupport
import HDF5Storage

extension TemporaryFolder {
  /// Two groups, numbers, strings, attributes of every kind and named dimensions.
  func writeSample(_ name: String) throws {
    let file = try HDF5File.create(path(name))
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
}
