import HDF5Storage

/// Spikes in the SONATA format: `/spikes/<population>` with `timestamps` and `node_ids`, which count the population's neurons
/// from 0.
enum SONATASpikeFile: SpikeFormat {
  static let name = "a SONATA file"
  static let options: Set<SpikeOption> = [.excitatoryPopulation, .inhibitoryPopulation]

  static func recognises(_ source: RecordingSource) -> Bool { source.hdf5 != nil }

  static func lists(in source: RecordingSource, _ options: SpikeOptions) throws -> (
    [SpikeList], notes: [String]
  ) {
    let file = source.path
    guard let root = source.hdf5?.root, try root.contains("spikes"), try root.kind(of: "spikes") == .group
    else {
      throw RecordingError(file: file, "/spikes", "does not exist, expected the layout of SONATA")
    }
    let group = try root.group("spikes")
    let names = try group.names.filter { try group.kind(of: $0) == .group }
    let wanted = Population.allCases.filter { names.contains(options.name(of: $0)) }
    guard !wanted.isEmpty else {
      let found =
        names.isEmpty
        ? "no population" : "the population\(names.count > 1 ? "s" : "") \(names.joined(separator: ", "))"
      let expected = Population.allCases.map { options.name(of: $0) }.joined(separator: " or ")
      throw RecordingError(
        file: file, "/spikes",
        "holds \(found), expected \(expected) (\(SpikeOption.excitatoryPopulation.rawValue) and"
          + " \(SpikeOption.inhibitoryPopulation.rawValue) name others)")
    }
    let others = names.filter { name in !wanted.contains { options.name(of: $0) == name } }
    return (
      try wanted.map { try list($0, in: group.group(options.name(of: $0)), file: file, options) },
      others.isEmpty ? [] : ["\(file): /spikes: \(others.joined(separator: ", ")) is left out"]
    )
  }

  private static func list(
    _ population: Population, in group: HDF5Group, file: String, _ options: SpikeOptions
  ) throws -> SpikeList {
    let (stamps, nodes) = (try group.dataset("timestamps"), try group.dataset("node_ids"))
    let (shape, expected) = (try nodes.shape, try stamps.shape)
    guard shape.count == 1, shape == expected else {
      throw RecordingError(
        file: file, group.path,
        "has timestamps of shape \(expected) and node_ids of shape \(shape), expected lists of equal length")
    }
    var unit: String?
    for name in ["unit", "units"] where try stamps.attributes.contains(name) {
      unit = try stamps.attributes.read(name, as: String.self)
    }
    let factor = try options.timeFactor(stored: unit, file: file, place: stamps.path)
    let times: [Double] = try stamps.read()
    var list = SpikeList(
      file: file, place: group.path, population: population, ids: try nodes.read(),
      times: factor == 1 ? times : times.map { $0 * factor })
    if case .float(let bits) = try stamps.elementType, bits <= 32 {
      list.rounding = Double(Float.ulpOfOne) / 2
    }
    return list
  }
}
