import DatasetSupport
import ParameterEstimation
import ParameterSampling
import SimulationData
import TestSupport
import Testing

@Suite("Samples read block by block")
struct SelectedSamplesTests {
  private let folder: TemporaryFolder
  /// 30 samples, of which 4 are silent.
  private let rows: DatasetRows

  init() throws {
    var rows = SmallDataset.rows(0..<30)
    for row in [0, 7, 9, 29] {
      rows.excitatoryRate[row] = 0
      rows.inhibitoryRate[row] = 0
    }
    self.rows = rows
    folder = try TemporaryFolder()
    try SmallDataset.write([rows], to: folder.path("dataset.h5"))
  }

  /// The file's samples in blocks of `size`, or those in memory.
  private func contents(blockSize size: Int?) throws -> DatasetContents {
    guard let size else {
      return DatasetContents(path: "dataset.h5", description: SmallDataset.description, rows: rows)
    }
    return DatasetContents(try DatasetReader(path: folder.path("dataset.h5")), blockSize: size)
  }

  private func expected(_ part: DatasetSplit?) throws -> TrainingSamples {
    try TrainingSamples(
      rows, split: part, description: SmallDataset.description, targetBox: SmallDataset.box, file: "data.h5")
  }

  @Test("parts are those of all samples at once, one after the other", arguments: [1, 7, 30, 100, nil])
  func parts(blockSize: Int?) throws {
    let contents = try contents(blockSize: blockSize)
    for parts in [[nil], [.training], [.validation], [.training, .validation]] as [[DatasetSplit?]] {
      let selected = SelectedSamples(contents, parts: parts, targetBox: SmallDataset.box)
      var whole = try expected(parts[0])
      for part in parts.dropFirst() { whole.append(try expected(part)) }
      for _ in 0..<2 {
        let samples = try selected.collected(spectra: true)
        #expect(samples.spectra == whole.spectra)
        #expect(samples.targets == whole.targets && samples.parameters == whole.parameters)
        #expect(samples.count == whole.count && samples.silent == whole.silent)
      }
      let bare = try selected.collected(spectra: false)
      #expect(bare.spectra.isEmpty)
      #expect(bare.targets == whole.targets && bare.count == whole.count && bare.silent == whole.silent)
    }
  }

  @Test("a limit keeps the first samples, across blocks and parts", arguments: [1, 7, 100, nil])
  func limit(blockSize: Int?) throws {
    var selected = SelectedSamples(
      try contents(blockSize: blockSize), parts: [.training, .validation], targetBox: SmallDataset.box)
    var whole = try expected(.training)
    whole.append(try expected(.validation))
    for limit in [0, 1, 5, 9, whole.count] {
      selected.limit = limit
      var first = whole
      first.keepFirst(limit)
      let samples = try selected.collected(spectra: true)
      #expect(samples.spectra == first.spectra && samples.parameters == first.parameters)
      #expect(samples.count == limit)
    }
  }

  @Test("spectra that are not finite are named with file and sample", arguments: [1, 7, 100])
  func notFinite(blockSize: Int) throws {
    var rows = rows
    rows.spectra[16 * 8 + 3] = .nan
    let path = folder.path("nan.h5")
    try SmallDataset.write([rows], to: path)
    let contents = DatasetContents(try DatasetReader(path: path), blockSize: blockSize)
    // Sample 16 is a validation sample.
    _ = try SelectedSamples(contents, parts: [.training], targetBox: SmallDataset.box).collected(
      spectra: true)
    #expect(throws: DatasetError.notFinite(file: path, dataset: "/psd", sample: 16)) {
      try SelectedSamples(contents, parts: [.validation], targetBox: SmallDataset.box).collected(
        spectra: true)
    }
  }
}
