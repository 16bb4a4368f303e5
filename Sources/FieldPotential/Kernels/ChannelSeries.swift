/// Values over time for several channels, row-major [channel][sample].
public struct ChannelSeries: Sendable, Equatable {
  /// Number of channels.
  public let channelCount: Int
  /// Values per channel.
  public let sampleCount: Int
  /// All values, channel after channel.
  public private(set) var values: [Double]

  package init(channelCount: Int, sampleCount: Int, values: [Double]) {
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

  /// The series with other values from a sample on, computed from these.
  package func replacingValues(from sample: Int, _ change: ([Double]) -> [Double]) -> ChannelSeries {
    let kept = min(sample, sampleCount)
    let changed = change(dropFirst(kept).values)
    let count = sampleCount - kept
    return ChannelSeries(
      channelCount: channelCount, sampleCount: sampleCount,
      values: (0..<channelCount).flatMap {
        self[channel: $0].prefix(kept) + changed[$0 * count..<($0 + 1) * count]
      })
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
