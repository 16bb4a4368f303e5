/// The samples of a data set, without histograms, to be gone through as often as wanted: read from the open file each
/// time, or kept in memory.
package struct DatasetContents {
  package let path: String
  package let description: DatasetDescription
  private let source: Source

  private enum Source {
    case file(DatasetReader, blockSize: Int)
    case memory(DatasetRows)
  }

  /// Samples to be read from a file, `blockSize` together; by default those with about a megabyte of spectra.
  package init(_ reader: DatasetReader, blockSize: Int? = nil) {
    path = reader.path
    description = reader.description
    source = .file(
      reader, blockSize: blockSize ?? max(1, 250_000 / max(1, description.spectrumCount)))
  }

  /// Samples with spectra of their own.
  package init(path: String, description: DatasetDescription, rows: DatasetRows) {
    self.path = path
    self.description = description
    source = .memory(rows)
  }

  /// Calls `body` with all samples in their order, block by block.
  ///
  /// - Throws: `HDF5Error`, or what `body` throws.
  package func forEachBlock(_ body: (DatasetRows) throws -> Void) throws {
    switch source {
    case .memory(let rows): try body(rows)
    case .file(let reader, let blockSize):
      for start in stride(from: 0, to: reader.count, by: blockSize) {
        try body(reader.rows(start..<min(start + blockSize, reader.count)))
      }
    }
  }
}
