import HDF5Storage

/// The table `/general/extracellular_ephys/electrodes` of an NWB file.
struct NWBElectrodes {
  let root: HDF5Group
  let file: String

  private static let path = "/general/extracellular_ephys/electrodes"
  /// Where positions along a probe are looked for, first of all.
  private static let columns = ["rel_y", "z", "y"]

  /// Where the channels of a series are: the column that is named, or the first one with different numbers.
  ///
  /// - Returns: Positions, and the name of their column; nothing if there are none.
  /// - Throws: ``RecordingError`` for rows that the table does not have, and for a named column without a number for each.
  func placement(
    of series: HDF5Group, channels: Int, column named: String?
  ) throws -> (Placement, column: String?) {
    guard let rows = try rows(of: series, channels: channels) else {
      if let named { throw missing(named, "as \(series.path) names no electrodes") }
      return (.unknown, nil)
    }
    for column in named.map({ [$0] }) ?? Self.columns {
      let place = "\(Self.path)/\(column)"
      guard try root.contains(place) else {
        if named != nil { throw missing(column, "there are \(try columnNames())") }
        continue
      }
      let values = try root.dataset(place).physicalValues(.length, file: file)
      if let row = rows.first(where: { !values.indices.contains($0) }) {
        throw RecordingError(
          file: file, "\(series.path)/electrodes", "names row \(row) of \(values.count) in \(Self.path)")
      }
      let positions = rows.map { values[$0] }
      if let channel = positions.firstIndex(where: { !$0.isFinite }) {
        if named == nil { continue }
        throw RecordingError(
          file: file, place,
          "is \(positions[channel]) for channel \(channel), counted from 0, expected a position")
      }
      // A probe lies along one of the axes: on the others its channels are all at one place.
      if named == nil, positions.count > 1, positions.allSatisfy({ $0 == positions[0] }) { continue }
      return (.positions(positions), column)
    }
    return (.unknown, nil)
  }

  /// For each channel its row in the table; nil if the series names none.
  private func rows(of series: HDF5Group, channels: Int) throws -> [Int]? {
    guard try series.contains("electrodes"), try root.contains(Self.path) else { return nil }
    let region = try series.dataset("electrodes")
    let rows: [Int] = try region.read()
    guard rows.count == channels else {
      throw RecordingError(
        file: file, region.path, "names \(rows.count) electrodes, expected \(channels), one for each channel")
    }
    return rows
  }

  private func columnNames() throws -> String {
    try root.group(Self.path).names.joined(separator: ", ")
  }

  private func missing(_ column: String, _ reason: String) -> RecordingError {
    RecordingError(file: file, "\(Self.path)/\(column)", "does not exist: \(reason)")
  }
}
