import HDF5Storage

/// The open columns of a data-set file, in the order of ``DatasetColumn/all``.
struct DatasetColumns {
  private let datasets: [HDF5Dataset]

  /// Opens them; throws `HDF5Error` for what is missing or has another extent.
  init(opening root: HDF5Group, description d: DatasetDescription, count: Int) throws(HDF5Error) {
    datasets = try DatasetColumn.all.map { column throws(HDF5Error) in
      let dataset = try root.dataset(column.path)
      try dataset.requireShape([count] + column.dimensions.map(d.extent))
      return dataset
    }
  }

  /// Creates them, and what describes them: coordinates, dimensions, units and kernels.
  init(creating d: DatasetDescription, count: Int, in root: HDF5Group) throws(HDF5Error) {
    let sample = try root.createDimension("sample", count: count)
    let channel = try root.createChannels(d.contacts)
    let parameter = try root.createDataset("parameter", d.box.dimensions.map(\.name))
    try parameter.makeScale()
    let frequency = try root.createCoordinate("frequency", d.frequencies, units: "Hz")
    let time = try root.createTime(d.binStarts, .start)
    let lag = try root.createCoordinate("lag", (0..<d.lagCount).map(Double.init), units: "ms")
    for (name, kernel) in [("E", d.excitatoryKernel), ("I", d.inhibitoryKernel)] {
      let dataset = try root.createDataset(
        "kernels/\(name)", kernel, shape: [d.contacts.count, d.lagCount])
      try dataset.attributes.write("mV", named: "units")
      if let meaning = d.kernelMeaning { try dataset.attributes.write(meaning, named: "meaning") }
      try dataset.attachScales([channel, lag])
    }
    datasets = try DatasetColumn.all.map { column throws(HDF5Error) in
      try column.create(
        in: root,
        scales: [sample]
          + column.dimensions.map {
            switch $0 {
            case .parameter: parameter
            case .channel: channel
            case .frequency: frequency
            case .time: time
            }
          })
    }
    let parameters = try root.dataset("parameters").attributes
    try parameters.write(d.box.dimensions.map(\.unit), named: "units")
    try parameters.write(d.box.dimensions.map(\.key), named: "configuration_keys")
    try parameters.write(d.box.dimensions.map(\.lower), named: "lower")
    try parameters.write(d.box.dimensions.map(\.upper), named: "upper")
  }

  /// Reads rows of the columns that are wanted; the others stay empty.
  func read(
    _ range: Range<Int>, where isWanted: (DatasetColumn) -> Bool
  ) throws(HDF5Error) -> DatasetRows {
    var rows = DatasetRows()
    for (column, dataset) in zip(DatasetColumn.all, datasets) where isWanted(column) {
      try column.read(dataset, range, &rows)
    }
    return rows
  }

  /// Writes rows into the columns that are wanted.
  func write(
    _ rows: DatasetRows, at range: Range<Int>, where isWanted: (DatasetColumn) -> Bool = { _ in true }
  ) throws(HDF5Error) {
    for (column, dataset) in zip(DatasetColumn.all, datasets) where isWanted(column) {
      try column.write(rows, dataset, range)
    }
  }

  /// Takes rows of the columns that are wanted over from another file, to stand from `start` on.
  func copy(
    _ range: Range<Int>, of other: DatasetColumns, to start: Int,
    where isWanted: (DatasetColumn) -> Bool = { _ in true }
  ) throws(HDF5Error) {
    for (number, column) in DatasetColumn.all.enumerated() where isWanted(column) {
      try column.copy(other.datasets[number], range, datasets[number], start)
    }
  }

  /// Rows of histograms that are stored together: reading them apart decodes them more than once.
  var histogramsPerChunk: Int {
    get throws(HDF5Error) {
      let histogram = zip(DatasetColumn.all, datasets).first { column, _ in column.isHistogram }
      return try histogram?.1.chunk?.first ?? 1
    }
  }
}

extension DatasetColumn {
  var isHistogram: Bool { dimensions.contains(.time) }
  var isSpectrum: Bool { dimensions.contains(.frequency) }
}

extension DatasetDescription {
  fileprivate func extent(_ dimension: DatasetColumn.Dimension) -> Int {
    switch dimension {
    case .parameter: box.count
    case .channel: contacts.count
    case .frequency: frequencies.count
    case .time: binCount
    }
  }
}
