import FieldPotential

/// Numbers and nothing else: one for each channel, then those of the next sample.
public struct RawFile: RecordingFormat {
  /// What messages call it.
  public static let name = "a raw file"
  /// Everything has to be told.
  public static let options: Set<RecordingOption> = [.rawChannels, .rawType, .samplingRate, .unit, .scale]

  private let source: RecordingSource

  /// Files of which the options say how they are to be read.
  public static func recognises(_ source: RecordingSource, options: RecordingOptions) -> Bool {
    options.rawChannels != nil || options.rawType != nil
  }

  /// The file of a source.
  public init(_ source: RecordingSource) { self.source = source }

  /// All samples; the first one is at 0 s.
  public func series(_ options: RecordingOptions, expecting known: [Contact]) throws -> RecordingSeries {
    guard let channels = options.rawChannels, let number = options.rawType else {
      throw RecordingError(file: source.path, "", "is raw, --raw-channels and --raw-type have to tell how")
    }
    let bytes = try source.bytes()
    let (samples, rest) = bytes.count.quotientAndRemainder(dividingBy: channels * number.size)
    guard rest == 0 else {
      throw RecordingError(
        file: source.path, "",
        "has \(bytes.count) bytes, expected a multiple of \(channels * number.size): \(channels) channels of \(number.kind.rawValue)"
      )
    }
    return try BinaryMatrix(
      bytes: bytes, offset: 0, number: number, channels: channels, samples: samples, isInterleaved: true
    ).series(options, place: "")
  }
}
