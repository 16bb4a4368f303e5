/// Spikes in lines of text, also compressed by gzip: what NEST records to files (`# NEST version`, `sender`, `time_ms`), tables
/// with names of columns, and two columns without names, ids and times, as NEST 2 wrote them (`.gdf`).
enum TextSpikeFile: SpikeFormat {
  static let name = "a text file"
  static let options: Set<SpikeOption> = [.firstID, .excitatoryIDs, .inhibitoryIDs]

  private static let idNames: Set = [
    "id", "ids", "gid", "gids", "sender", "senders", "node_id", "node_ids", "neuron", "neurons", "neuron_id",
    "neuron_ids",
    "i",
  ]
  private static let timeNames: Set = [
    "time", "times", "t", "timestamp", "timestamps", "spike_time", "spike_times",
  ]

  static func recognises(_ source: RecordingSource) -> Bool { source.mayBeText }

  static func lists(in source: RecordingSource, _ options: SpikeOptions) throws -> (
    [SpikeList], notes: [String]
  ) {
    let file = source.path
    let text = try source.text()
    let isNEST = text.starts(with: "# NEST version".utf8)
    let table = try TextTable(text, file: file, isList: true)
    guard !table.columns.isEmpty else {
      // A process of NEST without a spike writes comments alone.
      guard isNEST else { throw RecordingError(file: file, "", "holds no spikes") }
      return ([SpikeList(file: file, place: "", ids: [], times: [], usualFirstID: 1)], [])
    }
    let (ids, times) = try columns(of: table, isNEST: isNEST, file: file)
    let unit = table.names.flatMap { ColumnName($0[times], .time).unit }
    let factor = try options.timeFactor(stored: unit, file: file, place: "column \(times + 1)")
    return (
      [
        SpikeList(
          file: file, place: "", ids: table.columns[ids], times: table.columns[times].map { $0 * factor },
          usualFirstID: isNEST ? 1 : nil)
      ], []
    )
  }

  /// Which columns hold the ids and the times.
  private static func columns(
    of table: TextTable, isNEST: Bool, file: String
  ) throws(RecordingError) -> (ids: Int, times: Int) {
    guard let names = table.names else {
      guard table.columns.count == 2 else {
        throw RecordingError(
          file: file, "",
          "has \(table.columns.count) columns without names, expected two, ids of neurons and times")
      }
      return (0, 1)
    }
    let list = names.joined(separator: ", ")
    if names.contains("time_step") {
      throw RecordingError(
        file: file, "",
        "has the columns \(list), times in steps of an unknown length; NEST writes ms with time_in_steps = False"
      )
    }
    if isNEST, names.count != 2 {
      throw RecordingError(
        file: file, "",
        "has the columns \(list), expected sender and time_ms alone: not written by a spike_recorder")
    }
    func column(_ known: Set<String>, _ what: String, _ examples: String) throws(RecordingError) -> Int {
      let found = names.indices.filter { known.contains(ColumnName(names[$0], .time).name.lowercased()) }
      guard found.count == 1 else {
        throw RecordingError(
          file: file, "header", "names the columns \(list), expected one with \(what), such as \(examples)")
      }
      return found[0]
    }
    return (
      try column(idNames, "ids of neurons", "id, sender, node_id"),
      try column(timeNames, "times", "time_ms, time (s), t")
    )
  }
}
