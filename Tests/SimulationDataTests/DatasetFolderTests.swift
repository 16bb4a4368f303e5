import Configuration
import DurableFiles
import Foundation
import ParameterSampling
import SimulationData
import TestSupport
import Testing

@Suite struct DatasetFolderTests {
  private let temporary: TemporaryFolder
  /// Ten samples in shards of four.
  private let folder: DatasetFolder
  private let shard: DatasetFolder.Shard

  init() throws {
    temporary = try TemporaryFolder()
    folder = Self.folder(temporary.path(""), samples: 10, shardSize: 4)
    shard = folder.shards[2]
  }

  private static func folder(_ path: String, samples: Int, shardSize: Int) -> DatasetFolder {
    var configuration = StudyConfiguration()
    configuration.sampling.samples = samples
    configuration.sampling.shardSize = shardSize
    (configuration.split.testFraction, configuration.split.validationFraction) = (0.25, 0.25)
    return DatasetFolder(path: path, StoredConfiguration(configuration))
  }

  /// What is found of a shard, in a word.
  private func found(_ shard: DatasetFolder.Shard) throws -> String {
    switch try folder.open(shard) {
    case .sound: "sound"
    case .missing: "missing"
    case .damaged: "damaged"
    }
  }

  private var description: DatasetDescription {
    DatasetDescription(
      box: ParameterBox([.init(key: "eta", lower: 1, upper: 3)]), contacts: [.init(z: 0)],
      frequencies: [0, 8],
      duration: 3, transient: 1, timeStep: 0.1, excitatoryKernel: [1, 2], inhibitoryKernel: [3, 4],
      configuration: folder.configuration, softwareVersion: "", simulationIdentity: "", spectraIdentity: "")
  }

  private func rows(_ indices: Range<Int>) -> DatasetRows {
    var rows = DatasetRows()
    for i in indices {
      rows.sampleIndex.append(UInt64(i))
      rows.seedKey.append(UInt64(i * i))
      rows.split.append(0)
      rows.parameters.append(1 + Double(i) / 8)
      rows.excitatoryHistogram += [1, 2, 3]
      rows.inhibitoryHistogram += [4, 5, 6]
      rows.spectra += [Float(i), 1]
      rows.excitatoryRate.append(1)
      rows.inhibitoryRate.append(2)
      rows.coefficientOfVariation.append(0.5)
    }
    return rows
  }

  @Test(
    "shards are blocks of consecutive samples, the last one smaller if need be",
    arguments: [
      (10, 4, [0..<4, 4..<8, 8..<10]), (8, 4, [0..<4, 4..<8]), (3, 100, [0..<3]), (2, 1, [0..<1, 1..<2]),
    ])
  func division(samples: Int, shardSize: Int, ranges: [Range<Int>]) {
    let folder = Self.folder("data", samples: samples, shardSize: shardSize)
    #expect(folder.shards.map(\.samples) == ranges)
    #expect(folder.shards.map(\.number) == Array(ranges.indices))
  }

  @Test("shards are named by their number")
  func names() {
    let folder = Self.folder("data", samples: 1_000_001, shardSize: 1)
    #expect(folder.name(of: folder.shards[7]) == "shard-000007.h5")
    #expect(folder.file(of: folder.shards[123_456]) == "data/shard-123456.h5")
    #expect(folder.name(of: folder.shards[1_000_000]) == "shard-1000000.h5")
  }

  @Test("a stored shard is finished, the others are missing")
  func finished() throws {
    #expect(try found(shard) == "missing")
    try folder.store(rows(8..<10), as: shard, description: description)
    #expect(try folder.shards.map { try found($0) } == ["missing", "missing", "sound"])
    guard case .sound(let reader) = try folder.open(shard) else { return }
    #expect(try reader.rows(histograms: true) == rows(8..<10))
    #expect(reader.description == description)
    let files = try FileManager.default.contentsOfDirectory(atPath: temporary.path("")).sorted()
    #expect(files == ["shard-000002.h5", "shard-000002.h5.sha256"])
  }

  @Test("the checksum has the form of sha256sum")
  func checksumForm() throws {
    try folder.store(rows(8..<10), as: shard, description: description)
    let line = String(decoding: try temporary.bytes("shard-000002.h5.sha256"), as: UTF8.self)
    #expect(line == "\(try SHA256.hash(fileAt: folder.file(of: shard)))  shard-000002.h5\n")
  }

  @Test("storing again gives the same bytes")
  func storedTwice() throws {
    try folder.store(rows(8..<10), as: shard, description: description)
    let before = try temporary.bytes("shard-000002.h5")
    try folder.store(rows(8..<10), as: shard, description: description)
    #expect(try temporary.bytes("shard-000002.h5") == before)
    #expect(try found(shard) == "sound")
  }

  @Test("any flipped bit, a cut and missing contents are damage", arguments: [0, 100, 1000, nil] as [Int?])
  func damaged(position: Int?) throws {
    try folder.store(rows(8..<10), as: shard, description: description)
    let whole = try temporary.bytes("shard-000002.h5")
    var bytes = whole
    if let position { bytes[position] ^= 1 } else { bytes.removeLast() }
    try temporary.write(bytes, to: "shard-000002.h5")
    #expect(try found(shard) == "damaged")
    try temporary.write(Data(), to: "shard-000002.h5")
    #expect(try found(shard) == "damaged")
    try temporary.write(whole, to: "shard-000002.h5")
    #expect(try found(shard) == "sound")
  }

  @Test("a missing, empty or foreign checksum is damage")
  func checksums() throws {
    for (number, indices) in [(1, 4..<8), (2, 8..<10)] {
      try folder.store(rows(indices), as: folder.shards[number], description: description)
    }
    let other = try temporary.bytes("shard-000001.h5.sha256")
    for checksum in [Data(), other, Data([0xff, 0xfe])] {
      try temporary.write(checksum, to: "shard-000002.h5.sha256")
      #expect(try found(shard) == "damaged")
    }
    try FileManager.default.removeItem(atPath: temporary.path("shard-000002.h5.sha256"))
    #expect(try found(shard) == "damaged")
  }

  @Test("a shard under another's name is damage")
  func exchanged() throws {
    try folder.store(rows(4..<8), as: folder.shards[1], description: description)
    for suffix in ["", ".sha256"] {
      try temporary.write(
        try temporary.bytes("shard-000001.h5" + suffix), to: "shard-000002.h5" + suffix)
    }
    #expect(try found(shard) == "damaged")
  }

  @Test("a checksum without its shard, as a killed process leaves it, is no shard")
  func checksumAlone() throws {
    try folder.store(rows(8..<10), as: shard, description: description)
    try FileManager.default.removeItem(atPath: folder.file(of: shard))
    #expect(try found(shard) == "missing")
    try folder.store(rows(8..<10), as: shard, description: description)
    #expect(try found(shard) == "sound")
  }

  @Test("a sound shard of another configuration belongs elsewhere, which the key tells")
  func foreign() throws {
    try folder.store(rows(8..<10), as: shard, description: description)
    let other = Self.folder(folder.path, samples: 11, shardSize: 4)
    #expect(
      throws: ForeignShard(path: folder.file(of: shard), difference: "sampling.samples is 10 there, 11 here")
    ) { try other.open(shard) }
  }
}
