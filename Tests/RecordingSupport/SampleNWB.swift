import HDF5Storage

/// An NWB file with one series or several, with as much as is read of it.
package struct SampleNWB {
  private let recording: SampleRecording
  private let isProcessed: Bool
  /// Names of series that hold the same.
  package var names = ["lfp"]
  /// What stored numbers are multiplied with to be V, and what is added then.
  package var conversion = 1e-6
  package var offset = 0.0
  /// Factors of the channels.
  package var gains: [Double]?
  /// Rows of the electrodes, of which others come first.
  package var order: [Int]
  /// Columns of the electrodes' table, and the unit of the first.
  package var column = "rel_y"
  package var unit: String?
  package var positions: [Double]
  /// Times in s; nil for a rate.
  package var stamps: [Double]?

  package init(_ recording: SampleRecording, isProcessed: Bool = false) {
    (self.recording, self.isProcessed) = (recording, isProcessed)
    order = Array(0..<recording.channels)
    positions = recording.depths
  }

  /// Where the series of a name is.
  package func place(_ name: String) -> String {
    isProcessed ? "/processing/ecephys/LFP/\(name)" : "/acquisition/\(name)"
  }

  package func write(_ path: String) throws {
    let file = try HDF5File.create(path, replacing: true)
    let root = file.root
    try root.attributes.write("2.7.0", named: "nwb_version")
    let channels = recording.channels
    let electrodes = try root.createGroup("general/extracellular_ephys/electrodes")
    // A row that no channel has.
    let column = try electrodes.createDataset(self.column, [12345] + positions)
    if let unit { try column.attributes.write(unit, named: "unit") }
    for name in names {
      let series = try root.createGroup(place(name))
      try series.attributes.write("ElectricalSeries", named: "neurodata_type")
      let stored = recording.interleaved.enumerated().map { index, value in
        (value / 1000 - offset) / conversion / (gains.map { $0[index % channels % $0.count] } ?? 1)
      }
      let data = try series.createDataset("data", stored, shape: [recording.samples, channels])
      try data.attributes.write("volts", named: "unit")
      try data.attributes.write(conversion, named: "conversion")
      try data.attributes.write(offset, named: "offset")
      if let gains { try series.createDataset("channel_conversion", gains) }
      try series.createDataset("electrodes", order.map { Int64($0 + 1) })
      if let stamps {
        try series.createDataset("timestamps", stamps)
      } else {
        let start = try series.createDataset("starting_time", [0.0], shape: [])
        try start.attributes.write(recording.samplingRate, named: "rate")
        try start.attributes.write("seconds", named: "unit")
      }
    }
    if isProcessed {
      try root.group("processing/ecephys/LFP").attributes.write("LFP", named: "neurodata_type")
    }
    try file.close()
  }
}
