import SpectralAnalysis

/// Potentials of several channels at equal intervals.
public struct Recording: Sendable {
  /// Potentials in mV, [channel][sample].
  public var values: [Double]
  /// Number of channels.
  public let channels: Int
  /// When the samples were taken.
  public let time: TimeAxis
  /// The channels' numbers in the file, counted from 0, for messages.
  public let numbers: [Int]
  /// The file and what of it holds the potentials, for messages.
  public let file, place: String

  /// All parts; the channels are the file's first, unless they are numbered.
  public init(
    values: [Double], channels: Int, time: TimeAxis, numbers: [Int]? = nil, file: String, place: String
  ) {
    precondition(values.count % max(channels, 1) == 0, "as many samples in each channel")
    (self.values, self.channels, self.time) = (values, channels, time)
    self.numbers = numbers ?? Array(0..<channels)
    (self.file, self.place) = (file, place)
  }

  /// Samples per channel.
  public var samples: Int { values.count / max(channels, 1) }

  /// Throws ``RecordingError`` for samples that are not finite, and for channels that never change.
  public func check() throws(RecordingError) {
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      let (channel, sample) = index.quotientAndRemainder(dividingBy: samples)
      throw problem(
        "channel \(numbers[channel]), counted from 0, is not finite at \(time.time(of: sample)) ms"
      )
    }
    let dead = (0..<channels).filter { channel in
      let signal = values[channel * samples..<(channel + 1) * samples]
      return signal.allSatisfy { $0 == signal.first }
    }
    if dead.count == channels {
      throw problem("no channel ever changes: a silent network, or no recording")
    }
    if !dead.isEmpty {
      throw problem(
        "channel\(dead.count > 1 ? "s" : "") \(dead.map { "\(numbers[$0])" }.joined(separator: ", ")), counted from 0, never"
          + " change\(dead.count > 1 ? "" : "s"): not connected?")
    }
  }

  /// The same with channels measured against something else than a distant electrode.
  public func measured(against reference: Reference) -> Recording {
    let channels = reference.channels(of: channels)
    return Recording(
      values: reference.applied(to: values, contacts: self.channels), channels: channels, time: time,
      numbers: channels == self.channels ? numbers : nil, file: file, place: place)
  }

  /// An error about the potentials.
  public func problem(_ text: String) -> RecordingError { RecordingError(file: file, place, text) }
}
