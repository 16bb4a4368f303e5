import Configuration
import DurableFiles
import Figures
import Foundation
import HDF5Storage
import ParameterSampling
import SimulationData
import Statistics
import StudyFigures

extension Estimate {
  /// The kinds of files that estimates are written to, by the endings of their names.
  package enum TableFormat: String, Sendable, CaseIterable {
    case csv, json, h5
  }

  /// Writes the estimates as a table, in the format that the file's name ends with.
  ///
  /// - Throws: `FileError`, `HDF5Error`, also if the file exists.
  ///
  /// - Parameter draws: How many random points of each distribution HDF5 files hold beside.
  package func write(to path: String, as format: TableFormat, draws: Int? = nil) throws {
    switch format {
    case .csv: try AtomicFile.write(table.csv, to: path)
    case .json:
      let json = try JSONEncoder.results([.withoutEscapingSlashes, .prettyPrinted]).encode(rows)
      try AtomicFile.write(String(decoding: json, as: UTF8.self) + "\n", to: path)
    case .h5: try AtomicFile.write(to: path) { try writeHDF5(to: $0, draws: draws) }
    }
  }

  /// Whether there are distributions.
  private var hasDeviations: Bool {
    rows.contains { $0.parameters.contains { $0.standardDeviation != nil } }
  }

  /// Whether there are comparisons with simulations.
  private var hasChecks: Bool { rows.contains { $0.check != nil } }

  /// Estimates of a parameter in all rows; NaN where there are none.
  private func column(_ p: Int, _ value: (Row.Parameter) -> Double?) -> [Double] {
    rows.map { $0.parameters.isEmpty ? .nan : value($0.parameters[p]) ?? .nan }
  }

  /// A line for each row: position or time, estimates, standard deviations, flags. Cells are empty where there is no estimate.
  package var table: Table {
    let isWindowed = rows.contains { $0.window != nil }
    let names = box.dimensions.map(\.name)
    let place = isWindowed ? ["time_s", "start_s", "end_s", "pieces"] : ["row"]
    let header =
      place + names + (hasDeviations ? names.map { "std_\($0)" } : []) + [
        "flags", "typicality",
      ] + (hasChecks ? ["check_p"] : []) + ["trusted", "reasons"]
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    return Table(
      header: header,
      rows: rows.map { row in
        let place =
          row.window.map { [text($0.centre), text($0.start), text($0.end), "\($0.pieces)"] } ?? ["\(row.row)"]
        let count = hasDeviations ? 2 * box.count : box.count
        let values =
          row.parameters.isEmpty
          ? Array(repeating: "", count: count)
          : row.parameters.map { text($0.estimate) }
            + (hasDeviations ? row.parameters.map { text($0.standardDeviation) } : [])
        let flags = Flag.allCases.filter(row.flags.contains).map(\.rawValue).joined(separator: " ")
        let reasons = row.doubts.map(\.text).joined(separator: "; ")
        return place + values
          + [flags, text(row.typicality)] + (hasChecks ? [text(row.check?.statistics.probability)] : [])
          + [row.isTrusted.map { "\($0)" } ?? "", reasons]
      })
  }

  /// Variables of xarray: a data set for each parameter over `time`, flags as a mask of bits (CF conventions).
  private func writeHDF5(to path: String, draws: Int?) throws {
    let file = try HDF5File.create(path, isSealed: true)
    let root = file.root
    for (name, text) in [("format", "brunel-lfp estimates"), ("software_version", softwareVersion)] {
      try root.attributes.write(text, named: name)
    }
    let windows = rows.map(\.window)
    let dimension =
      windows.contains { $0 != nil }
      ? try root.createCoordinate("time", windows.map { $0?.centre ?? .nan }, units: "s")
      : try root.createCoordinate("row", rows.map { Double($0.row) }, units: "1")
    func put(_ name: String, _ values: [Double], _ units: String) throws {
      let dataset = try root.createDataset(name, values)
      try dataset.attributes.write(units, named: "units")
      try dataset.attachScales([dimension])
    }
    if windows.contains(where: { $0 != nil }) {
      try put("start", windows.map { $0?.start ?? .nan }, "s")
      try put("end", windows.map { $0?.end ?? .nan }, "s")
    }
    for (p, parameter) in box.dimensions.enumerated() {
      try put(parameter.name, column(p, \.estimate), parameter.unit)
      if hasDeviations { try put("std_\(parameter.name)", column(p, \.standardDeviation), parameter.unit) }
    }
    if rows.contains(where: { $0.typicality != nil }) {
      try put("typicality", rows.map { $0.typicality ?? .nan }, "1")
    }
    if hasChecks { try put("check_p", rows.map { $0.check?.statistics.probability ?? .nan }, "1") }
    let all = Flag.allCases
    let masks = rows.map { row in
      all.enumerated().reduce(Int32(0)) { $0 | (row.flags.contains($1.element) ? 1 << Int32($1.offset) : 0) }
    }
    let flags = try root.createDataset("flags", masks)
    try flags.attributes.write(all.indices.map { Int32(1) << Int32($0) }, named: "flag_masks")
    try flags.attributes.write(all.map(\.rawValue).joined(separator: " "), named: "flag_meanings")
    try flags.attachScales([dimension])
    if let draws { try writeDraws(draws, to: root.createGroup("posterior")) }
    try file.close()
  }

  /// Estimates over time.
  package func figure(title: String) -> Figure {
    let windows = rows.compactMap(\.window)
    return EstimateCourseFigure(
      title: title, time: windows.map(\.centre),
      parameters: box.dimensions.enumerated().map { p, dimension in
        .init(
          name: dimension.label,
          estimates: column(p, \.estimate),
          deviations: hasDeviations ? column(p, \.standardDeviation) : nil,
          range: dimension.lower...dimension.upper)
      }, isFlagged: rows.map { !$0.flags.isEmpty }
    ).figure
  }
}
