import HDF5Storage

/// A column of a data set: how files hold it, and where its values stand in memory.
///
/// Creating, opening, reading, writing, copying and joining follow the table ``all``: a new column is a line there, and a
/// property of ``DatasetRows``.
struct DatasetColumn: Sendable {
  /// What columns can extend along, besides the samples.
  enum Dimension: String {
    case parameter, channel, frequency, time
  }

  static let all = [
    DatasetColumn("parameters", \.parameters, along: [.parameter]),
    // Deflate would save a fifth of the bytes, and take longer than everything else that makes spectra.
    DatasetColumn(
      "psd", \.spectra, along: [.channel, .frequency], units: "mV²/Hz", valuesPerChunk: 50_000, deflate: nil,
      attributes: ["coordinates": HDF5Group.channelCoordinates]),
    DatasetColumn(
      "histogram/E", \.excitatoryHistogram, along: [.time], units: "spikes", valuesPerChunk: 100_000),
    DatasetColumn(
      "histogram/I", \.inhibitoryHistogram, along: [.time], units: "spikes", valuesPerChunk: 100_000),
    DatasetColumn("activity/rate_E", \.excitatoryRate, units: "Hz"),
    DatasetColumn("activity/rate_I", \.inhibitoryRate, units: "Hz"),
    DatasetColumn("activity/cv_isi", \.coefficientOfVariation, units: "1"),
    DatasetColumn("sample_index", \.sampleIndex),
    DatasetColumn("seed_key", \.seedKey),
    DatasetColumn("split", \.split, attributes: ["meaning": "0 training, 1 validation, 2 test"]),
  ]

  let path: String
  let dimensions: [Dimension]
  private let attributes: [String: String]
  private let valuesPerChunk: Int?
  private let deflate: Int?

  private let create: @Sendable (HDF5Group, [Int], HDF5Layout) throws(HDF5Error) -> HDF5Dataset
  /// Reads some rows of a file's column.
  let read: @Sendable (HDF5Dataset, Range<Int>, inout DatasetRows) throws(HDF5Error) -> Void
  /// Writes some rows of a file's column.
  let write: @Sendable (DatasetRows, HDF5Dataset, Range<Int>) throws(HDF5Error) -> Void
  /// Copies some rows of a file's column to another file's, from a row on, without decoding them where both store them
  /// alike.
  let copy: @Sendable (HDF5Dataset, Range<Int>, HDF5Dataset, _ start: Int) throws(HDF5Error) -> Void
  /// Adds the column of other samples at the end.
  let append: @Sendable (DatasetRows, inout DatasetRows) -> Void
  /// Whether all bits are the same, so that NaN equals NaN.
  let isIdentical: @Sendable (DatasetRows, DatasetRows) -> Bool

  /// - Parameters:
  ///   - path: The data set in files.
  ///   - values: The values in memory.
  ///   - valuesPerChunk: Values in a chunk of whole rows, about; HDF5 keeps up to 1 MiB of chunks in memory. By default
  ///     4096 rows.
  ///   - deflate: Level of compression, nil for none.
  private init<Number: HDF5Number>(
    _ path: String, _ values: WritableKeyPath<DatasetRows, [Number]> & Sendable,
    along dimensions: [Dimension] = [], units: String? = nil, valuesPerChunk: Int? = nil, deflate: Int? = 4,
    attributes: [String: String] = [:]
  ) {
    self.path = path
    self.dimensions = dimensions
    self.attributes = attributes.merging(units.map { ["units": $0] } ?? [:]) { $1 }
    self.valuesPerChunk = valuesPerChunk
    self.deflate = deflate
    create = { root, shape, layout throws(HDF5Error) in
      try root.createDataset(path, of: Number.self, shape: shape, layout: layout)
    }
    read = { dataset, range, rows throws(HDF5Error) in
      rows[keyPath: values] = try dataset.read(rows: range)
    }
    write = { rows, dataset, range throws(HDF5Error) in
      try dataset.write(rows[keyPath: values], rows: range)
    }
    copy = { source, range, target, start throws(HDF5Error) in
      let copied = try target.copyChunks(range, of: source, to: start)
      guard copied < range.count else { return }
      let rest: [Number] = try source.read(rows: range.dropFirst(copied))
      try target.write(rest, rows: (start + copied)..<(start + range.count))
    }
    append = { other, rows in rows[keyPath: values] += other[keyPath: values] }
    isIdentical = { a, b in
      a[keyPath: values].withUnsafeBytes { a in
        b[keyPath: values].withUnsafeBytes { a.elementsEqual($0) }
      }
    }
  }

  /// Creates the column of a new file; `scales` are the dimensions, the samples first.
  func create(in root: HDF5Group, scales: [HDF5Dataset]) throws(HDF5Error) -> HDF5Dataset {
    var shape: [Int] = []
    for scale in scales { shape += try scale.shape }
    let (count, row) = (shape[0], shape.dropFirst())
    let rows = valuesPerChunk.map { max(1, $0 / row.reduce(1, *)) } ?? 4096
    // Every chunk carries a checksum, so that altered data are found when they are read. An empty data set cannot be
    // divided into chunks.
    let layout: HDF5Layout =
      count > 0 ? .chunked([min(rows, count)] + row, deflate: deflate, checksum: true) : .contiguous
    let dataset = try create(root, shape, layout)
    for (name, text) in attributes.sorted(by: { $0.key < $1.key }) {
      try dataset.attributes.write(text, named: name)
    }
    try dataset.attachScales(scales)
    return dataset
  }
}
