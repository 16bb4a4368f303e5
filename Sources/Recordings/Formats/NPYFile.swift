import FieldPotential

/// A matrix of NumPy, `.npy`.
public struct NPYFile: RecordingFormat {
  /// What messages call it.
  public static let name = "a .npy file"
  /// What a matrix does not tell.
  public static let options: Set<RecordingOption> = [.samplingRate, .unit, .scale, .orientation]

  private let source: RecordingSource

  /// Files with NumPy's signature.
  public static func recognises(_ source: RecordingSource, options: RecordingOptions) -> Bool {
    NPYHeader.recognises(source.start)
  }

  /// The file of a source.
  public init(_ source: RecordingSource) { self.source = source }

  /// The matrix; the first sample is at 0 s.
  public func series(_ options: RecordingOptions, expecting known: [Contact]) throws -> RecordingSeries {
    let file = source.path
    let bytes = try source.bytes()
    let header = try NPYHeader(bytes)
    guard header.shape.count == 2 else {
      throw RecordingError(
        file: file, "shape", "is \(header.shape), expected two dimensions: channels and samples")
    }
    let (rows, columns) = (header.shape[0], header.shape[1])
    let orientation = try Orientation.of(
      shape: (rows, columns), named: options.orientation, channels: options.channels(expecting: known),
      file: file, place: "")
    let isChannelsFirst = orientation == .channelsFirst
    return try BinaryMatrix(
      bytes: bytes, offset: header.length, number: header.number, channels: isChannelsFirst ? rows : columns,
      samples: isChannelsFirst ? columns : rows, isInterleaved: isChannelsFirst == header.isFortranOrder
    ).series(options, place: "")
  }
}
