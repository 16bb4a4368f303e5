import DatasetSupport
import HDF5Storage
import SimulationData
import TestSupport
import Testing

@Suite("Data-set files")
struct DatasetFileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("dataset.h5")
  }

  @Test(
    "what is written in pieces is read back", arguments: [[7], [1, 6], [3, 1, 3], [1, 1, 1, 1, 1, 1, 1]])
  func roundTrip(pieces: [Int]) throws {
    var first = 0
    var written: [DatasetRows] = []
    for count in pieces {
      written.append(SmallDataset.rows(first..<first + count))
      first += count
    }
    try SmallDataset.write(written, to: path)
    let reader = try DatasetReader(path: path)
    #expect(reader.count == 7)
    #expect(reader.path == path)
    #expect(reader.description == SmallDataset.description)
    #expect(try reader.rows(histograms: true) == SmallDataset.rows(0..<7))
    try reader.close()
  }

  @Test("equal rows in other pieces make equal files")
  func deterministicBytes() throws {
    try SmallDataset.write([SmallDataset.rows(0..<7)], to: path)
    try SmallDataset.write(
      [SmallDataset.rows(0..<2), SmallDataset.rows(2..<7)], to: folder.path("pieces.h5"))
    #expect(try folder.bytes("dataset.h5") == folder.bytes("pieces.h5"))
  }

  @Test("some rows can be read alone, and histograms left out")
  func parts() throws {
    try SmallDataset.write([SmallDataset.rows(0..<7)], to: path)
    let reader = try DatasetReader(path: path)
    #expect(try reader.rows(2..<5, histograms: true) == SmallDataset.rows(2..<5))
    var expected = SmallDataset.rows(6..<7)
    expected.excitatoryHistogram = []
    expected.inhibitoryHistogram = []
    #expect(try reader.rows(6..<7) == expected)
    #expect(try reader.rows(3..<3).count == 0)
    #expect(throws: HDF5Error.self) { try reader.rows(5..<8) }
    try reader.close()
    #expect(throws: HDF5Error.closed(file: path)) { try reader.rows() }
  }

  @Test("spectra can be left out")
  func withoutSpectra() throws {
    try SmallDataset.write([SmallDataset.rows(0..<3)], to: path)
    var expected = SmallDataset.rows(1..<3)
    expected.spectra = []
    #expect(try DatasetReader(path: path).rows(1..<3, histograms: true, spectra: false) == expected)
  }

  /// A file with as many rows stores its histograms alike, so that they can be copied as they are.
  @Test("histograms can be those of another file, stored alike or not", arguments: [7, 9])
  func histogramsOfAnother(rows: Int) throws {
    try SmallDataset.write([SmallDataset.rows(0..<rows)], to: folder.path("other.h5"))
    let other = try DatasetReader(path: folder.path("other.h5"))
    let writer = try DatasetWriter(path: path, description: SmallDataset.description, count: 7)
    for range in [0..<3, 3..<7] {
      var rows = SmallDataset.rows(range)
      rows.excitatoryHistogram = []
      rows.inhibitoryHistogram = []
      try writer.append(rows, histogramsOf: other)
    }
    try writer.close()
    #expect(try DatasetReader(path: path).rows(histograms: true) == SmallDataset.rows(0..<7))
  }

  @Test("the text of the configuration is kept as it is, with what it says")
  func configuration() throws {
    var description = SmallDataset.description
    description.configuration = try StoredConfiguration(yaml: "seed: 7\n# η, µm\n", file: "study.yaml")
    try DatasetWriter(path: path, description: description, count: 0).close()
    let read = try DatasetReader(path: path).description.configuration
    #expect(read.text == "seed: 7\n# η, µm\n")
    #expect(read.values.seed == 7)
  }

  /// Chunks of as many rows as the first file has, of which the second fills one in part.
  @Test(
    "data sets are joined, their chunks copied or decoded",
    arguments: [[7], [3, 4], [4, 3], [2, 2, 3], [0, 7]])
  func joined(pieces: [Int]) throws {
    let writer = try DatasetWriter(path: path, description: SmallDataset.description, count: 7)
    var first = 0
    for count in pieces {
      let piece = folder.path("\(first)-\(count).h5")
      try SmallDataset.write([SmallDataset.rows(first..<first + count)], to: piece)
      try writer.append(contentsOf: try DatasetReader(path: piece))
      first += count
    }
    try writer.close()
    try SmallDataset.write([SmallDataset.rows(0..<7)], to: folder.path("whole.h5"))
    #expect(try DatasetReader(path: path).rows(histograms: true) == SmallDataset.rows(0..<7))
    let (root, whole) = (try HDF5File.open(path).root, try HDF5File.open(folder.path("whole.h5")).root)
    for name in ["psd", "histogram/E", "split"] {
      #expect(try root.dataset(name).chunk == whole.dataset(name).chunk)
    }
  }

  @Test("an irregularity that is not a number stays so")
  func notANumber() throws {
    var rows = SmallDataset.rows(0..<3)
    rows.coefficientOfVariation[1] = .nan
    try SmallDataset.write([rows], to: path)
    let read = try DatasetReader(path: path).rows()
    #expect(read.coefficientOfVariation[1].isNaN)
    #expect(
      read.coefficientOfVariation[0] == rows.coefficientOfVariation[0]
        && read.coefficientOfVariation[2] == rows.coefficientOfVariation[2])
  }

  @Test("a file without samples is a data set")
  func empty() throws {
    try SmallDataset.write([], to: path)
    let reader = try DatasetReader(path: path)
    #expect(reader.count == 0)
    #expect(try reader.rows(histograms: true) == DatasetRows())
  }

  @Test("an existing file is not overwritten")
  func existing() throws {
    try SmallDataset.write([SmallDataset.rows(0..<1)], to: path)
    let before = try folder.bytes("dataset.h5")
    #expect(throws: HDF5Error.fileExists(file: path)) {
      try SmallDataset.write([SmallDataset.rows(0..<2)], to: path)
    }
    #expect(try folder.bytes("dataset.h5") == before)
  }

  @Test("dimensions, units and attributes are where readers look for them")
  func selfDescription() throws {
    try SmallDataset.write([SmallDataset.rows(0..<7)], to: path)
    let root = try HDF5File.open(path).root
    let dimensions: [(String, [String], [Int])] = [
      ("parameters", ["sample", "parameter"], [7, 3]),
      ("psd", ["sample", "channel", "frequency"], [7, 2, 4]),
      ("histogram/E", ["sample", "time"], [7, 5]), ("histogram/I", ["sample", "time"], [7, 5]),
      ("activity/rate_E", ["sample"], [7]), ("activity/rate_I", ["sample"], [7]),
      ("activity/cv_isi", ["sample"], [7]), ("sample_index", ["sample"], [7]), ("seed_key", ["sample"], [7]),
      ("split", ["sample"], [7]), ("kernels/E", ["channel", "lag"], [2, 3]),
      ("kernels/I", ["channel", "lag"], [2, 3]), ("channel_depth", ["channel"], [2]),
      ("channel_x", ["channel"], [2]), ("channel_y", ["channel"], [2]),
    ]
    for (name, names, shape) in dimensions {
      let dataset = try root.dataset(name)
      #expect(try dataset.dimensionNames == names, "\(name)")
      #expect(try dataset.shape == shape, "\(name)")
    }
    let units = [
      "psd": "mV²/Hz", "histogram/E": "spikes", "histogram/I": "spikes", "activity/rate_E": "Hz",
      "activity/rate_I": "Hz", "activity/cv_isi": "1", "kernels/E": "mV", "kernels/I": "mV",
      "frequency": "Hz",
      "time": "ms", "lag": "ms", "channel_depth": "um", "channel_x": "um", "channel_y": "um",
    ]
    for (name, unit) in units {
      #expect(try root.dataset(name).attributes.read("units", as: String.self) == unit, "\(name)")
    }
    #expect(try root.dataset("channel_x").read() == [0.0, 10])
    #expect(try root.dataset("channel_y").read() == [0.0, -20])
    let coordinates = try root.dataset("psd").attributes.read("coordinates", as: String.self)
    #expect(coordinates == "channel_depth channel_x channel_y")
    let time = try root.dataset("time")
    #expect(try time.attributes.read("position", as: String.self) == "start of the bin")
    #expect(try time.attributes.read("long_name", as: String.self) == "start of the bin")
    #expect(try time.read() == [0.0, 1, 2, 3, 4])
    let parameters = try root.dataset("parameters").attributes
    #expect(try parameters.read("units", as: [String].self) == ["1", "1", "mV"])
    #expect(try parameters.read("configuration_keys", as: [String].self) == ["eta", "g", "J_mV"])
    #expect(try parameters.read("lower", as: [Double].self) == [1, 4, 0.125])
    #expect(try parameters.read("upper", as: [Double].self) == [3, 8, 0.375])
    #expect(try root.dataset("parameter").read(as: String.self) == ["eta", "g", "J"])
    let attributes = root.attributes
    #expect(try attributes.read("format", as: String.self) == "brunel-lfp dataset")
    #expect(try attributes.read("schema_version", as: Int.self) == 1)
    #expect(try attributes.read("duration_ms", as: Double.self) == 5)
    #expect(try attributes.read("transient_ms", as: Double.self) == 2)
    #expect(try attributes.read("dt_ms", as: Double.self) == 0.1)
    #expect(try attributes.read("bin_ms", as: Double.self) == 1)
  }

  @Test("a sample is silent if neither population fired")
  func silence() {
    var rows = SmallDataset.rows(0..<3)
    rows.excitatoryRate = [0, 0, 1]
    rows.inhibitoryRate = [0, 1, 0]
    #expect((0..<3).map(rows.isSilent) == [true, false, false])
  }
}
