/// The section `sampling`: which networks a data set consists of.
public struct SamplingConfiguration: Sendable, Equatable {
  /// How the parameters of the samples are chosen.
  public enum Design: String, Sendable, CaseIterable {
    /// Independent and uniform within the ranges.
    case random
  }

  /// How the parameters of the samples are chosen.
  public var design = Design.random
  /// Number of networks.
  public var samples = 50_000
  /// Number of consecutive samples that are stored in one file.
  public var shardSize = 100
  /// The parameters that vary, in the order in which all files list them, and their ranges. They
  /// replace the values of the section `network`.
  public var parameters = ParameterRanges.fullBox

  /// The data set of the paper over its full parameter space.
  public init() {}
}

extension SamplingConfiguration.Design: ConfigurationChoice {}

extension SamplingConfiguration: ConfigurationSection {
  static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("design", \.design),
      ConfigurationKey("samples", \.samples, .atLeast(1)),
      ConfigurationKey("shard_size", \.shardSize, .atLeast(1)),
      ConfigurationKey("parameters", \.parameters),
    ]
  }
}
