import Foundation

/// The column of a text that holds the time.
struct TimeColumn {
  /// Its number, from 0.
  let index: Int
  private let times: [Double]
  private let header: ColumnName?

  /// The column that is named `time` or `t`, or else the first one if there is one more than channels and it increases at
  /// equal intervals; nil if there is none.
  init?(of table: TextTable, channels: Int?) {
    let names = table.names?.map { ColumnName($0, .time) }
    if let index = names?.firstIndex(where: \.isTime) {
      (self.index, times, header) = (index, table.columns[index], names?[index])
      return
    }
    guard let channels, table.columns.count == channels + 1,
      (try? TimeAxis(table.columns[0], file: "", place: "")) != nil
    else { return nil }
    let name = names?[0]
    (index, times) = (0, table.columns[0])
    header = name?.unit.flatMap { PhysicalUnit.factor($0, .time) } == nil ? nil : name
  }

  /// For messages.
  var place: String { "column \(index + 1)" }

  /// Times in the unit of the header; where that names none, in s or ms as agrees with the sampling rate that was given.
  ///
  /// - Throws: ``RecordingError`` for an unknown unit, none without a sampling rate, or times at other intervals.
  func axis(_ options: RecordingOptions, file: String) throws(RecordingError) -> TimeAxis {
    if let unit = header?.unit {
      guard let factor = PhysicalUnit.factor(unit, .time) else {
        throw RecordingError(
          file: file, place, "is in \"\(unit)\", expected \(PhysicalUnit.Quantity.time.examples)")
      }
      return try TimeAxis(times.map { $0 * factor }, file: file, place: place)
    }
    let inMilliseconds = try TimeAxis(times, file: file, place: place)
    guard let rate = options.samplingRate else {
      throw RecordingError(
        file: file, place,
        "is a time of unknown unit: name it time_s or time_ms, or give --sampling-rate (in Hz)")
    }
    func agrees(_ found: Double) -> Bool { abs(found / rate - 1) < 1e-3 }
    if agrees(inMilliseconds.samplingRate) {
      return TimeAxis(start: inMilliseconds.start, samplingRate: rate)
    }
    if agrees(inMilliseconds.samplingRate / 1000) {
      return TimeAxis(start: inMilliseconds.start * 1000, samplingRate: rate)
    }
    // A count of samples, as tables have it that were written with their index.
    if [0, 1].contains(times[0]), times == times.indices.map({ times[0] + Double($0) }) {
      return TimeAxis(start: 0, samplingRate: rate)
    }
    throw RecordingError(
      file: file, place,
      String(
        format: "has intervals of %g, neither s nor ms at the --sampling-rate of %g Hz",
        1000 / inMilliseconds.samplingRate, rate))
  }
}
