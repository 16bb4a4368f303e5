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

  /// How long in ms a channel may stay at one value.
  private static let longestStandstill = 100.0
  /// Potentials in mV beyond which nothing is measured between electrodes in tissue.
  private static let largestPotential = 1000.0

  /// Throws ``RecordingError`` for samples that are no potentials, and for channels that do not change for a while.
  public func check() throws(RecordingError) {
    if let index = values.firstIndex(where: { !(abs($0) <= Self.largestPotential) }) {
      let (channel, sample) = index.quotientAndRemainder(dividingBy: samples)
      let found = values[index].isFinite ? "\(values[index]) mV, expected 1 V at most" : "not finite"
      throw problem(
        "channel \(numbers[channel]), counted from 0, is \(found) at \(time.time(of: sample)) ms")
    }
    let still = (0..<channels).map(standstill)
    let dead = (0..<channels).filter { still[$0] == 0..<samples }
    if dead.count == channels {
      throw problem("no channel ever changes: a silent network, or no recording")
    }
    if !dead.isEmpty {
      throw problem(
        "channel\(dead.count > 1 ? "s" : "") \(dead.map { "\(numbers[$0])" }.joined(separator: ", ")), counted from 0, never"
          + " change\(dead.count > 1 ? "" : "s"): not connected?")
    }
    for (channel, part) in still.enumerated()
    where Double(part.count) * 1000 / time.samplingRate >= Self.longestStandstill * (1 - 1e-9) {
      throw problem(
        "channel \(numbers[channel]), counted from 0, does not change from \(time.time(of: part.lowerBound)) to"
          + " \(time.time(of: part.upperBound - 1)) ms: disconnected, or saturated?")
    }
  }

  /// The longest stretch of equal samples of a channel.
  private func standstill(_ channel: Int) -> Range<Int> {
    values.withUnsafeBufferPointer { values in
      let signal = UnsafeBufferPointer(rebasing: values[channel * samples..<(channel + 1) * samples])
      var (longest, start) = (0..<0, 0)
      for index in signal.indices {
        if signal[index] != signal[start] { start = index }
        if index + 1 - start > longest.count { longest = start..<index + 1 }
      }
      return longest
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
