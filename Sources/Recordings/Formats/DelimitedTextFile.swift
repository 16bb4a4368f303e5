import FieldPotential

/// Numbers in lines of text, a column for each channel, also compressed by gzip.
public struct DelimitedTextFile: RecordingFormat {
  /// What messages call it.
  public static let name = "a text file"
  /// What columns do not tell.
  public static let options: Set<RecordingOption> = [.samplingRate, .unit, .scale]

  private let source: RecordingSource

  /// Files that begin with text, or as those of gzip do.
  public static func recognises(_ source: RecordingSource, options: RecordingOptions) -> Bool {
    source.mayBeText
  }

  /// The file of a source.
  public init(_ source: RecordingSource) { self.source = source }

  /// The columns, after that of the time if there is one.
  public func series(_ options: RecordingOptions, expecting known: [Contact]) throws -> RecordingSeries {
    let file = source.path
    let table = try TextTable(source.text(), file: file)
    let clock = TimeColumn(of: table, channels: options.channels(expecting: known))
    var signals = table.columns
    if let clock { signals.remove(at: clock.index) }
    let time =
      try clock?.axis(options, file: file)
      ?? TimeAxis(start: 0, samplingRate: options.rate(file: file, place: ""))
    try time.requireAgreeing(with: options.samplingRate, file: file, place: clock?.place ?? "")
    guard !signals.isEmpty else { throw RecordingError(file: file, "", "holds no column but the time") }
    var known = options
    known.unit = try unit(of: table, without: clock?.index, options, file: file)
    let factor = try known.factor(isInteger: false, file: file, place: "")
    return RecordingSeries(
      file: file, place: "", channels: signals.count, samples: signals[0].count, time: time,
      read: { channels, samples in
        channels.flatMap { signals[$0][samples].map { $0 * factor } }
      })
  }

  /// The unit that all columns of potentials name, or the one that was given.
  private func unit(
    of table: TextTable, without clock: Int?, _ options: RecordingOptions, file: String
  ) throws(RecordingError) -> String? {
    let units = (table.names ?? []).enumerated().filter { $0.offset != clock }
      .map { ColumnName($0.element, .potential).unit }
    guard let first = units.first, let unit = first, PhysicalUnit.factor(unit, .potential) != nil,
      units.allSatisfy({ $0 != nil })
    else { return options.unit }
    guard Set(units).count == 1 else {
      throw RecordingError(
        file: file, "header",
        "names several units, \(units.compactMap { $0 }.joined(separator: ", ")), expected one")
    }
    if let named = options.unit,
      PhysicalUnit.factor(named, .potential) != PhysicalUnit.factor(unit, .potential)
    {
      throw RecordingError(file: file, "header", "names the unit \(unit), which contradicts --unit \(named)")
    }
    return unit
  }
}
