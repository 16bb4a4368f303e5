/// What the rows of a matrix in a file are.
public enum Orientation: String, Sendable, CaseIterable {
  /// [channel, sample].
  case channelsFirst = "channels-first"
  /// [sample, channel].
  case samplesFirst = "samples-first"

  /// The orientation that was named, or else the one in which a matrix has as many channels as are expected.
  ///
  /// - Parameters:
  ///   - shape: Rows and columns.
  ///   - expected: Number of channels of the file; nil if that is not known.
  ///   - file, place: Where the matrix is, for messages.
  /// - Throws: ``RecordingError`` if neither tells.
  static func of(
    shape: (Int, Int), named: Orientation?, channels expected: Int?, file: String, place: String
  ) throws(RecordingError) -> Orientation {
    if let named { return named }
    func problem(_ text: String) -> RecordingError {
      RecordingError(file: file, place, "has shape [\(shape.0), \(shape.1)]\(text)")
    }
    let choice = Orientation.allCases.map(\.rawValue).joined(separator: " or ")
    guard let expected else { throw problem(", --orientation has to say which are the channels (\(choice))") }
    switch (shape.0 == expected, shape.1 == expected) {
    case (true, false): return .channelsFirst
    case (false, true): return .samplesFirst
    case (true, true): throw problem(", --orientation has to say which are the channels (\(choice))")
    case (false, false):
      throw problem(
        ", expected \(expected) channels, those of the model; with --channels and --orientation some of more are taken"
      )
    }
  }
}
