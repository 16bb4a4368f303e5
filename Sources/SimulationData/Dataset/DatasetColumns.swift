import HDF5Storage

/// The data sets of a data-set file that have a row per sample.
struct DatasetColumns {
  private let parameters, spectra, excitatory, inhibitory: HDF5Dataset
  private let excitatoryRate, inhibitoryRate, irregularity: HDF5Dataset
  private let sampleIndex, seedKey, split: HDF5Dataset

  /// Opens them; throws `HDF5Error` for what is missing or has another extent.
  init(opening root: HDF5Group, description d: DatasetDescription, count: Int) throws(HDF5Error) {
    func open(_ name: String, _ shape: Int...) throws(HDF5Error) -> HDF5Dataset {
      let dataset = try root.dataset(name)
      try dataset.requireShape([count] + shape)
      return dataset
    }
    parameters = try open("parameters", d.box.count)
    spectra = try open("psd", d.channelDepths.count, d.frequencies.count)
    excitatory = try open("histogram/E", d.duration)
    inhibitory = try open("histogram/I", d.duration)
    excitatoryRate = try open("activity/rate_E")
    inhibitoryRate = try open("activity/rate_I")
    irregularity = try open("activity/cv_isi")
    sampleIndex = try open("sample_index")
    seedKey = try open("seed_key")
    split = try open("split")
  }

  /// Creates them, and what describes them: coordinates, dimensions, units and kernels.
  init(creating d: DatasetDescription, count: Int, in root: HDF5Group) throws(HDF5Error) {
    let sample = try root.createDimension("sample", count: count)
    let channel = try root.createDimension("channel", count: d.channelDepths.count)
    let parameter = try root.createDataset("parameter", d.box.dimensions.map(\.name))
    try parameter.makeScale()
    let frequency = try Self.coordinate("frequency", d.frequencies, units: "Hz", in: root)
    let time = try Self.coordinate("time", (0..<d.duration).map(Double.init), units: "ms", in: root)
    try time.attributes.write("start of the bin", named: "long_name")
    let lag = try Self.coordinate("lag", (0..<d.lagCount).map(Double.init), units: "ms", in: root)
    let depth = try root.createDataset("channel_depth", d.channelDepths)
    try depth.attributes.write("um", named: "units")
    try depth.attachScales([channel])
    for (name, kernel) in [("E", d.excitatoryKernel), ("I", d.inhibitoryKernel)] {
      let dataset = try root.createDataset(
        "kernels/\(name)", kernel, shape: [d.channelDepths.count, d.lagCount])
      try dataset.attributes.write("mV", named: "units")
      try dataset.attachScales([channel, lag])
    }

    /// Every chunk carries a checksum, so that altered data are found when they are read.
    func column<Number: HDF5Number>(
      _ name: String, _ type: Number.Type, units: String?, rows: Int = 4096, deflate: Int? = 4,
      _ scales: [HDF5Dataset]
    ) throws(HDF5Error) -> HDF5Dataset {
      var shape: [Int] = []
      for scale in scales { shape += try scale.shape }
      // An empty data set cannot be divided into chunks.
      let layout: HDF5Layout =
        count > 0
        ? .chunked([min(rows, count)] + shape.dropFirst(), deflate: deflate, checksum: true) : .contiguous
      let dataset = try root.createDataset(name, of: type, shape: shape, layout: layout)
      if let units { try dataset.attributes.write(units, named: "units") }
      try dataset.attachScales(scales)
      return dataset
    }
    parameters = try column("parameters", Double.self, units: nil, [sample, parameter])
    try parameters.attributes.write(d.box.dimensions.map(\.unit), named: "units")
    try parameters.attributes.write(d.box.dimensions.map(\.key), named: "configuration_keys")
    try parameters.attributes.write(d.box.dimensions.map(\.lower), named: "lower")
    try parameters.attributes.write(d.box.dimensions.map(\.upper), named: "upper")
    // Deflate would save a fifth of the bytes, and take longer than everything else that makes spectra.
    spectra = try column(
      "psd", Float.self, units: "mV²/Hz", rows: max(1, 50_000 / d.spectrumCount), deflate: nil,
      [sample, channel, frequency])
    // By the CF conventions, so that xarray has the depths at hand.
    try spectra.attributes.write("channel_depth", named: "coordinates")
    // HDF5 keeps up to 1 MiB of chunks in memory.
    let histogramRows = max(1, 100_000 / d.duration)
    excitatory = try column(
      "histogram/E", UInt32.self, units: "spikes", rows: histogramRows, [sample, time])
    inhibitory = try column(
      "histogram/I", UInt32.self, units: "spikes", rows: histogramRows, [sample, time])
    excitatoryRate = try column("activity/rate_E", Float.self, units: "Hz", [sample])
    inhibitoryRate = try column("activity/rate_I", Float.self, units: "Hz", [sample])
    irregularity = try column("activity/cv_isi", Float.self, units: "1", [sample])
    sampleIndex = try column("sample_index", UInt64.self, units: nil, [sample])
    seedKey = try column("seed_key", UInt64.self, units: nil, [sample])
    split = try column("split", UInt8.self, units: nil, [sample])
    try split.attributes.write("0 training, 1 validation, 2 test", named: "meaning")
  }

  private static func coordinate(
    _ name: String, _ values: [Double], units: String, in root: HDF5Group
  ) throws(HDF5Error) -> HDF5Dataset {
    let dataset = try root.createDataset(name, values)
    try dataset.attributes.write(units, named: "units")
    try dataset.makeScale()
    return dataset
  }

  /// Rows of histograms that are stored together: reading them apart decodes them more than once.
  var histogramsPerChunk: Int {
    get throws(HDF5Error) { try excitatory.chunk?.first ?? 1 }
  }

  func write(_ rows: DatasetRows, at range: Range<Int>) throws(HDF5Error) {
    try excitatory.write(rows.excitatoryHistogram, rows: range)
    try inhibitory.write(rows.inhibitoryHistogram, rows: range)
    try writeAllButHistograms(rows, at: range)
  }

  func writeAllButHistograms(_ rows: DatasetRows, at range: Range<Int>) throws(HDF5Error) {
    try parameters.write(rows.parameters, rows: range)
    try spectra.write(rows.spectra, rows: range)
    try excitatoryRate.write(rows.excitatoryRate, rows: range)
    try inhibitoryRate.write(rows.inhibitoryRate, rows: range)
    try irregularity.write(rows.irregularity, rows: range)
    try sampleIndex.write(rows.sampleIndex, rows: range)
    try seedKey.write(rows.seedKey, rows: range)
    try split.write(rows.split, rows: range)
  }

  /// Takes the histograms of some rows over from the same rows of another data set; in the end all rows.
  func copyHistograms(_ range: Range<Int>, of other: DatasetColumns) throws(HDF5Error) {
    for (column, source) in [(excitatory, other.excitatory), (inhibitory, other.inhibitory)] {
      if try column.storesChunks(like: source) {
        try column.copyChunks(beginningIn: range, of: source)
      } else {
        try column.write(try source.read(as: UInt32.self, rows: range), rows: range)
      }
    }
  }

  func read(_ range: Range<Int>, histograms: Bool, spectra wantsSpectra: Bool) throws(HDF5Error)
    -> DatasetRows
  {
    var rows = DatasetRows()
    rows.parameters = try parameters.read(rows: range)
    if wantsSpectra { rows.spectra = try spectra.read(rows: range) }
    if histograms {
      rows.excitatoryHistogram = try excitatory.read(rows: range)
      rows.inhibitoryHistogram = try inhibitory.read(rows: range)
    }
    rows.excitatoryRate = try excitatoryRate.read(rows: range)
    rows.inhibitoryRate = try inhibitoryRate.read(rows: range)
    rows.irregularity = try irregularity.read(rows: range)
    rows.sampleIndex = try sampleIndex.read(rows: range)
    rows.seedKey = try seedKey.read(rows: range)
    rows.split = try split.read(rows: range)
    return rows
  }
}
