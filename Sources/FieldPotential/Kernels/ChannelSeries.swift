/// Values over time for several channels, row-major [channel][sample].
public struct ChannelSeries: Sendable, Equatable {
  /// Number of channels.
  public let channelCount: Int
  /// Values per channel.
  public let sampleCount: Int
  /// All values, channel after channel.
  public private(set) var values: [Double]

  init(channelCount: Int, sampleCount: Int, values: [Double]) {
    precondition(values.count == channelCount * sampleCount, "one value per channel and sample")
    self.channelCount = channelCount
    self.sampleCount = sampleCount
    self.values = values
  }

  /// The value of one channel at one sample.
  public subscript(channel: Int, sample: Int) -> Double { values[channel * sampleCount + sample] }

  /// The values of one channel.
  public subscript(channel channel: Int) -> ArraySlice<Double> {
    values[channel * sampleCount..<(channel + 1) * sampleCount]
  }

  /// Other values for as many channels and samples, computed from these.
  package func replacing(_ change: ([Double]) -> [Double]) -> ChannelSeries {
    ChannelSeries(channelCount: channelCount, sampleCount: sampleCount, values: change(values))
  }

  /// The first samples of the series.
  func prefix(_ samples: Int) -> ChannelSeries {
    let count = min(samples, sampleCount)
    return ChannelSeries(
      channelCount: channelCount, sampleCount: count,
      values: (0..<channelCount).flatMap { self[channel: $0].prefix(count) })
  }

  /// The series without its first samples, e.g. a transient.
  public func dropFirst(_ samples: Int) -> ChannelSeries {
    ChannelSeries(
      channelCount: channelCount, sampleCount: max(0, sampleCount - samples),
      values: (0..<channelCount).flatMap { self[channel: $0].dropFirst(samples) })
  }
}
