/// What a file does not say of itself, or what of it is wanted.
public struct RecordingOptions: Sendable, Equatable {
  /// Samples per second.
  public var samplingRate: Double?
  /// Unit of the potentials, such as `uV`.
  public var unit: String?
  /// What numbers in the file are multiplied with to be in that unit.
  public var scale: Double?
  /// The wanted channels in the wanted order, counted from 0; all, if nil.
  public var channels: [Int]?
  /// Depths of the wanted channels in µm; 0 is the surface, values below it are negative.
  public var depths: [Double]?
  /// The column of an NWB file's electrodes that holds the depths.
  public var depthColumn: String?
  /// The wanted one of several series: its name or path.
  public var series: String?
  /// The wanted time in s, as the file counts it; `to` does not belong to it.
  public var from, to: Double?
  /// How a matrix lies in a file.
  public var orientation: Orientation?
  /// Number of channels of a file of mere numbers.
  public var rawChannels: Int?
  /// Type of a file of mere numbers.
  public var rawType: NumberFormat?

  /// None.
  public init() {}

  /// Those that have a value.
  public var given: Set<RecordingOption> {
    let values: [(RecordingOption, Bool)] = [
      (.samplingRate, samplingRate != nil), (.unit, unit != nil), (.scale, scale != nil),
      (.channels, channels != nil), (.depths, depths != nil), (.depthColumn, depthColumn != nil),
      (.series, series != nil), (.from, from != nil), (.to, to != nil), (.orientation, orientation != nil),
      (.rawChannels, rawChannels != nil), (.rawType, rawType != nil),
    ]
    return Set(values.filter(\.1).map(\.0))
  }
}

/// Names of ``RecordingOptions`` on the command line, for messages.
public enum RecordingOption: String, Sendable, CaseIterable {
  /// Samples per second.
  case samplingRate = "--sampling-rate"
  /// Unit of the potentials.
  case unit = "--unit"
  /// Unit per count.
  case scale = "--scale"
  /// Channels by number.
  case channels = "--channels"
  /// Depths in µm.
  case depths = "--depths"
  /// Column of electrodes.
  case depthColumn = "--depth-column"
  /// Name of a series.
  case series = "--series"
  /// First time in s.
  case from = "--from"
  /// Time in s where the wanted part ends.
  case to = "--to"
  /// What the rows of a matrix are.
  case orientation = "--orientation"
  /// Number of channels of raw files.
  case rawChannels = "--raw-channels"
  /// Type of raw files.
  case rawType = "--raw-type"

  /// Those that recordings of all formats take.
  static let ofAllFormats: Set<RecordingOption> = [.channels, .depths, .from, .to]
}
