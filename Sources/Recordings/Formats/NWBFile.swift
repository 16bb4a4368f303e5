import FieldPotential
import HDF5Storage

/// A file of Neurodata Without Borders, version 2: potentials are `ElectricalSeries` anywhere under `/acquisition`, or in
/// `LFP` containers under `/processing`.
public struct NWBFile: RecordingFormat {
  /// What messages call it.
  public static let name = "an NWB file"
  /// Names in the file, and what must not contradict it.
  public static let options: Set<RecordingOption> = [.series, .depthColumn, .samplingRate, .unit]

  private let root: HDF5Group
  private let path: String

  /// HDF5 files whose root says that they are of NWB.
  public static func recognises(_ source: RecordingSource, options: RecordingOptions) throws -> Bool {
    guard let root = source.hdf5?.root else { return false }
    return try root.attributes.contains("nwb_version") || root.contains("nwb_version")
  }

  /// The file of a source.
  ///
  /// - Throws: `HDF5Error`, ``RecordingError`` for versions before 2.
  public init(_ source: RecordingSource) throws {
    guard let file = source.hdf5 else { throw HDF5Error.notHDF5(file: source.path) }
    (root, path) = (file.root, source.path)
    let version =
      try root.attributes.contains("nwb_version")
      ? root.attributes.read("nwb_version", as: String.self) : "1"
    guard version.trimmingPrefix("NWB-").hasPrefix("2") else {
      throw RecordingError(file: path, "/@nwb_version", "is \"\(version)\", expected 2")
    }
  }

  /// The series that is wanted, or the only one.
  public func series(_ options: RecordingOptions, expecting known: [Contact]) throws -> RecordingSeries {
    let group = try root.group(try seriesPath(options.series))
    let data = try group.dataset("data")
    let shape = try data.shape
    func problem(_ place: String, _ text: String) -> RecordingError {
      RecordingError(file: path, place, text)
    }
    guard shape.count == 1 || shape.count == 2 else {
      throw problem(data.path, "has shape \(shape), expected [time, channel] or [time]")
    }
    let channels = shape.count == 1 ? 1 : shape[1]
    guard shape[0] > 0, channels > 0 else { throw problem(data.path, "has shape \(shape), expected samples") }
    let time = try timeAxis(of: group, samples: shape[0])
    try time.requireAgreeing(with: options.samplingRate, file: path, place: group.path)
    let gains: [Double]? =
      try group.contains("channel_conversion") ? group.dataset("channel_conversion").read() : nil
    if let gains, gains.count != channels {
      throw problem(
        "\(group.path)/channel_conversion",
        "has \(gains.count) factors, expected \(channels), one for each channel")
    }
    let matrix = try HDF5Matrix(
      data, .samplesFirst, scaling: data.scaling(.potential, named: options.unit, file: path), gains: gains)
    let electrodes = NWBElectrodes(root: root, file: path)
    let (placement, column) = try electrodes.placement(
      of: group, channels: channels, column: options.depthColumn)
    return RecordingSeries(
      file: path, place: group.path, channels: channels, samples: shape[0], time: time, placement: placement,
      notes: options.depths == nil
        ? column.map { ["\(path): \(group.path): depths are the electrodes' \($0)"] } ?? [] : [],
      read: { try matrix.values(channels: $0, samples: $1) })
  }

  private func timeAxis(of group: HDF5Group, samples: Int) throws -> TimeAxis {
    if try group.contains("starting_time") {
      let start = try group.dataset("starting_time")
      let times = try start.physicalValues(.time, file: path, otherwise: 1000)
      guard try start.attributes.contains("rate") else {
        throw RecordingError(file: path, start.path, "has no attribute rate")
      }
      let rate: Double = try start.attributes.read("rate")
      guard rate > 0, rate.isFinite, times.count == 1, times[0].isFinite else {
        throw RecordingError(
          file: path, start.path,
          "is \(times) ms with a rate of \(rate) Hz, expected a time and a positive rate")
      }
      return TimeAxis(start: times[0], samplingRate: rate)
    }
    let stamps = try group.dataset("timestamps")
    let times = try stamps.physicalValues(.time, file: path, otherwise: 1000)
    guard times.count == samples else {
      throw RecordingError(
        file: path, stamps.path, "has \(times.count) times, expected one for each of \(samples) samples")
    }
    return try TimeAxis(times, file: path, place: stamps.path)
  }

  /// The path of the series of a name or path, or of the only one.
  private func seriesPath(_ name: String?) throws -> String {
    let found = try NWBSeriesSearch.paths(in: root)
    let place = "/acquisition and /processing"
    guard !found.isEmpty else {
      throw RecordingError(
        file: path, place, "hold no ElectricalSeries (in /processing those in LFP containers count)")
    }
    let list = found.joined(separator: ", ")
    guard let name else {
      if found.count == 1 { return found[0] }
      throw RecordingError(file: path, place, "hold several series, --series has to name one: \(list)")
    }
    let chosen = found.filter { $0 == name || $0.hasSuffix("/" + name) }
    if chosen.count == 1 { return chosen[0] }
    throw RecordingError(
      file: path, place,
      chosen.isEmpty
        ? "hold no series \(name), but \(list)"
        : "hold several series \(name), --series has to name one by its path: \(chosen.joined(separator: ", "))"
    )
  }
}

/// Finds the series of an NWB file.
enum NWBSeriesSearch {
  /// Groups deeper than this are not looked at: links may lead in a circle.
  private static let depth = 12

  /// Paths of all series with potentials, in the order of their names.
  ///
  /// - Throws: `HDF5Error`.
  static func paths(in root: HDF5Group) throws -> [String] {
    var found: [String] = []
    for (name, counts) in [("acquisition", true), ("processing", false)] where try root.contains(name) {
      try visit(root.group(name), counts: counts, depth: 0, &found)
    }
    return found
  }

  /// - Parameter counts: Whether series in the group are potentials as they are wanted.
  private static func visit(_ group: HDF5Group, counts: Bool, depth: Int, _ found: inout [String]) throws {
    guard depth < Self.depth else { return }
    for name in try group.names where try group.kind(of: name) == .group {
      let child = try group.group(name)
      let type =
        try child.attributes.contains("neurodata_type")
        ? child.attributes.read("neurodata_type", as: String.self) : ""
      if type == "ElectricalSeries" {
        if counts { found.append(child.path) }
      } else {
        try visit(child, counts: counts || type == "LFP", depth: depth + 1, &found)
      }
    }
  }
}
