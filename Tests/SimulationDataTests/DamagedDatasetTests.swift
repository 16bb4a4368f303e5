import Configuration
import DatasetSupport
import FieldPotential
import Foundation
import HDF5Storage
import ParameterChecks
import ParameterEstimation
import SimulationData
import TestSupport
import Testing

@Suite("Data-set files that are damaged or of another kind")
struct DamagedDatasetTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("dataset.h5")
    try SmallDataset.write([SmallDataset.rows(0..<7)], to: path)
  }

  /// Changes attributes of the root group, or of /parameters.
  private func alter(parameters: Bool = false, _ change: (HDF5Attributes) throws -> Void) throws {
    let file = try HDF5File.open(path, .readWrite)
    try change(parameters ? try file.root.dataset("parameters").attributes : file.root.attributes)
    try file.close()
  }

  @Test("another format is named")
  func otherFormat() throws {
    try alter { try $0.write(TrainedModel.format, named: "format") }
    #expect(
      throws: DatasetError.wrongFormat(
        file: path, expected: DatasetWriter.format, actual: TrainedModel.format)
    ) { try DatasetReader(path: path) }
    let foreign = folder.path("foreign.h5")
    try HDF5File.create(foreign).close()
    #expect(throws: DatasetError.wrongFormat(file: foreign, expected: DatasetWriter.format, actual: "")) {
      try DatasetReader(path: foreign)
    }
  }

  @Test("another schema is named", arguments: [Int64(0), 2])
  func otherSchema(version: Int64) throws {
    try alter { try $0.write(version, named: "schema_version") }
    #expect(throws: DatasetError.wrongSchema(file: path, expected: 1, actual: version)) {
      try DatasetReader(path: path)
    }
  }

  @Test(
    "impossible durations and time steps are refused",
    arguments: ["duration_ms", "transient_ms", "dt_ms"], [-1, .nan, .infinity, 1e300])
  func impossibleNumbers(attribute: String, value: Double) throws {
    try alter { try $0.write(value, named: attribute) }
    #expect(throws: DatasetError.inconsistent(file: path, reason: "attribute \(attribute) is \(value)")) {
      try DatasetReader(path: path)
    }
  }

  @Test(
    "impossible ranges are refused",
    arguments: [
      [1, 4, 0.5], [1, 8, 0.125], [1, 4], [1, 4, .nan], [1, 4, -.infinity], [1, 4, 0.125, 0.1],
    ] as [[Double]])
  func impossibleRanges(lower: [Double]) throws {
    try alter(parameters: true) { try $0.write(lower, named: "lower") }
    #expect(throws: DatasetError.inconsistent(file: path, reason: "/parameters does not fit its ranges")) {
      try DatasetReader(path: path)
    }
  }

  @Test("keys that do not fit the columns are refused")
  func otherKeys() throws {
    try alter(parameters: true) { try $0.write(["eta", "g"], named: "configuration_keys") }
    #expect(throws: DatasetError.inconsistent(file: path, reason: "/parameters does not fit its ranges")) {
      try DatasetReader(path: path)
    }
  }

  @Test("a duration that histograms do not have is refused")
  func otherDuration() throws {
    try alter { try $0.write(6.0, named: "duration_ms") }
    let error = #expect(throws: HDF5Error.self) { try DatasetReader(path: path) }
    guard case .wrongShape(let location, [7, 6], [7, 5])? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(location.object == "/histogram/E")
  }

  /// A file made without the writer, with the extents of the data sets that readers need.
  private func writeByHand(_ extents: [String: [Int]], to path: String) throws {
    let file = try HDF5File.create(path)
    let root = file.root
    for (name, text) in [
      ("format", DatasetWriter.format), ("configuration", "seed: 1\n"), ("software_version", ""),
      ("simulation_identity", ""), ("spectra_identity", ""),
    ] { try root.attributes.write(text, named: name) }
    try root.attributes.write(DatasetWriter.schemaVersion, named: "schema_version")
    for (name, value) in [("duration_ms", 5.0), ("transient_ms", 2), ("dt_ms", 0.1)] {
      try root.attributes.write(value, named: name)
    }
    for (name, shape) in extents {
      try root.createDataset(name, [Double](repeating: 1, count: shape.reduce(1, *)), shape: shape)
    }
    let parameters = try root.dataset("parameters").attributes
    try parameters.write(["eta", "g", "J_mV"], named: "configuration_keys")
    try parameters.write([1.0, 4, 0.125], named: "lower")
    try parameters.write([3.0, 8, 0.375], named: "upper")
    try file.close()
  }

  private static let extents = [
    "parameters": [7, 3], "psd": [7, 2, 4], "histogram/E": [7, 5], "histogram/I": [7, 5],
    "activity/rate_E": [7], "activity/rate_I": [7], "activity/cv_isi": [7], "sample_index": [7],
    "seed_key": [7], "split": [7], "channel_depth": [2], "frequency": [4], "kernels/E": [2, 3],
    "kernels/I": [2, 3],
  ]

  @Test("a file is read for its contents, whoever wrote it")
  func madeByHand() throws {
    let other = folder.path("other.h5")
    try writeByHand(Self.extents, to: other)
    let reader = try DatasetReader(path: other)
    #expect(try reader.rows().spectra == [Float](repeating: 1, count: 56))
    // As many as the configuration does not have.
    #expect(reader.description.contacts == [Contact(z: 1), Contact(z: 1)])
  }

  @Test("contacts of which a file holds the depths alone are those of its configuration")
  func depthsAlone() throws {
    let other = folder.path("other.h5")
    try writeByHand(Self.extents, to: other)
    let file = try HDF5File.open(other, .readWrite)
    try file.root.attributes.write(
      "kernel: {contacts_um: [[3, 4, 1], [5, 6, 1]]}\n", named: "configuration")
    try file.close()
    #expect(
      try DatasetReader(path: other).description.contacts == [
        Contact(x: 3, y: 4, z: 1), Contact(x: 5, y: 6, z: 1),
      ])
  }

  @Test("a configuration that is none is refused with the name of the file")
  func otherConfiguration() throws {
    try alter { try $0.write("sampling: {samples: few}\n", named: "configuration") }
    let error = #expect(throws: ParameterError.self) { try DatasetReader(path: path) }
    #expect(try #require(error).description.hasPrefix("\(path):1: sampling.samples: is not a whole number"))
  }

  @Test("extents that contradict each other are refused", arguments: Self.extents.keys.sorted())
  func otherExtents(name: String) throws {
    let other = folder.path("other.h5")
    var extents = Self.extents
    extents[name]![0] += 1
    try writeByHand(extents, to: other)
    #expect(throws: HDF5Error.self) { try DatasetReader(path: other) }
    extents[name] = nil
    if name != "parameters" {
      try writeByHand(extents, to: folder.path("less.h5"))
      #expect(throws: HDF5Error.self) { try DatasetReader(path: folder.path("less.h5")) }
    }
  }

  @Test("a truncated file is refused")
  func truncated() throws {
    let bytes = try folder.bytes("dataset.h5")
    try folder.write(bytes.prefix(bytes.count * 3 / 4), to: "part.h5")
    let part = folder.path("part.h5")
    #expect(throws: HDF5Error.damaged(file: part)) { try DatasetReader(path: part) }
  }

  @Test("a flipped bit in any column is found")
  func flippedBits() throws {
    // Without its seal, as of earlier versions.
    let bytes = Data(try folder.bytes("dataset.h5").dropFirst(512))
    // With these bytes zlib streams of level 4 begin, one per chunk; spectra are stored as they are.
    let spectra = SmallDataset.rows(0..<7).spectra.withUnsafeBytes { Data($0.prefix(16)) }
    let chunks =
      (0..<bytes.count - 1).filter { bytes[$0] == 0x78 && bytes[$0 + 1] == 0x5e }
      + [try #require(bytes.range(of: spectra)).lowerBound]
    #expect(chunks.count >= 10)
    var columns: Set<String> = []
    for chunk in chunks {
      var altered = bytes
      altered[chunk + 5] ^= 0x10
      try folder.write(altered, to: "altered.h5")
      let reader = try DatasetReader(path: folder.path("altered.h5"))
      let error = #expect(throws: HDF5Error.self) { try reader.rows(histograms: true) }
      guard case .malformed(let location, _)? = error else {
        Issue.record("another error: \(String(describing: error))")
        continue
      }
      columns.insert(location.object)
    }
    #expect(
      columns == [
        "/parameters", "/psd", "/histogram/E", "/histogram/I", "/activity/rate_E", "/activity/rate_I",
        "/activity/cv_isi", "/sample_index", "/seed_key", "/split",
      ])
  }
}
