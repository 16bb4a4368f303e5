import ArgumentParser
import Recordings

/// Options for what a recording does not say of itself, or what of it is wanted.
struct RecordingArguments: ParsableArguments {
  @Option(parsing: .unconditional, help: "Sampling rate in Hz.") var samplingRate: Double?
  @Option(help: "Unit of the potentials: V, mV, uV or nV.") var unit: String?
  @Option(
    parsing: .unconditional,
    help: "What a number in the file is in that unit; needed for integers in .npy, .mat and raw files.")
  var scale: Double?
  @Option(help: "Channels to take, each once, counted from 0, such as 0-5,8 or 7,6,5.") var channels:
    ChannelList?
  @Option(
    parsing: .unconditional,
    help:
      "Depths of the channels taken in um: 0 is the surface, below it they are negative, such as 0,-100,-200."
  )
  var depths: NumberList?
  @Option(help: "NWB: the column of the electrodes that holds their depths (rel_y, z or y, if not given).")
  var depthColumn: String?
  @Option(help: "NWB and MATLAB: the series or variable to take, if there are several.") var series: String?
  @Option(parsing: .unconditional, help: "Time in s at which the part to take begins.") var from: Double?
  @Option(parsing: .unconditional, help: "Time in s at which it ends.") var to: Double?
  @Option(help: "What the rows of a matrix in a .npy or .mat file are: channels-first or samples-first.")
  var orientation: Orientation?
  @Option(parsing: .unconditional, help: "Raw files: number of channels, of which samples take turns.")
  var rawChannels: Int?
  @Option(
    help: "Raw files: int16, int32, float32 or float64; with -be the most significant byte comes first.")
  var rawType: NumberFormat?

  /// What was given, checked.
  ///
  /// - Throws: `CommandLineProblem` naming the option.
  func options() throws -> RecordingOptions {
    func require(_ isRight: Bool?, _ option: RecordingOption, _ got: Any?, _ expected: String) throws {
      guard isRight == false, let got else { return }
      throw CommandLineProblem(description: "\(option.rawValue): got \(got), expected \(expected)")
    }
    try require(
      samplingRate.map { $0 > 0 && $0.isFinite }, .samplingRate, samplingRate, "a positive number of Hz")
    try require(unit.map { PhysicalUnit.factor($0, .potential) != nil }, .unit, unit, "V, mV, uV or nV")
    try require(scale.map { $0 != 0 && $0.isFinite }, .scale, scale, "a number other than 0")
    try require(from.map { $0.isFinite }, .from, from, "a number of seconds")
    try require(to.map { $0.isFinite && $0 > from ?? -.infinity }, .to, to, "more than --from")
    try require(rawChannels.map { $0 > 0 }, .rawChannels, rawChannels, "at least 1")
    if let depths, let channels {
      try require(
        depths.values.count == channels.values.count, .depths, "\(depths.values.count) depths",
        "\(channels.values.count), one for each of --channels")
    }
    try require(
      depthColumn == nil || depths == nil, .depthColumn, depthColumn, "only one of it and --depths")
    try require(rawChannels == nil || rawType != nil, .rawChannels, rawChannels, "--raw-type beside it")
    try require(
      rawType == nil || rawChannels != nil, .rawType, rawType?.kind.rawValue, "--raw-channels beside it")
    var options = RecordingOptions()
    (options.samplingRate, options.unit, options.scale) = (samplingRate, unit, scale)
    (options.channels, options.depths, options.depthColumn) = (channels?.values, depths?.values, depthColumn)
    (options.series, options.from, options.to, options.orientation) = (series, from, to, orientation)
    (options.rawChannels, options.rawType) = (rawChannels, rawType)
    return options
  }
}

/// Channels by number, `0-5,8`, each once.
struct ChannelList: ExpressibleByArgument {
  let values: [Int]

  init?(argument: String) {
    var values: [Int] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first >= 0,
        first <= last, last - first < 1 << 16
      else { return nil }
      values += first...last
    }
    guard Set(values).count == values.count else { return nil }
    self.values = values
  }
}

/// Finite numbers separated by commas.
struct NumberList: ExpressibleByArgument {
  let values: [Double]

  init?(argument: String) {
    let values = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? .nan }
    guard values.allSatisfy(\.isFinite) else { return nil }
    self.values = values
  }
}

extension Orientation: ExpressibleByArgument {}

extension NumberFormat: ExpressibleByArgument {
  /// Those that raw files have.
  public init?(argument: String) {
    self.init(name: argument)
  }
}
