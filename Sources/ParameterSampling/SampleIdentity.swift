import RandomStreams

extension StreamPurpose {
  static let sample = StreamPurpose("sample")
  static let sampledParameters = StreamPurpose("sampled parameters")
  static let nuisanceParameters = StreamPurpose("nuisance parameters")
  static let split = StreamPurpose("split")
}

/// One sample of a data set: everything random about it follows from the seed and its index.
public struct SampleIdentity: Sendable, Equatable {
  /// Position in the data set, from 0.
  public let index: Int
  /// Names the sample's random streams.
  public let key: StreamKey

  /// The sample `index` of the data set with `seed`.
  public init(seed: UInt64, index: Int) {
    self.index = index
    key = StreamKey(seed: seed).derived(.sample, UInt64(index))
  }

  /// Parameters drawn uniformly from the box.
  public func uniformParameters(in box: ParameterBox) -> [Double] {
    var stream = key.derived(.sampledParameters).generator()
    return box.dimensions.map { stream.uniform(in: $0.lower..<$0.upper) }
  }

  /// Parameters drawn uniformly from the box of those that are not to be estimated.
  func nuisanceParameters(in box: ParameterBox) -> [Double] {
    var stream = key.derived(.nuisanceParameters).generator()
    return box.dimensions.map { stream.uniform(in: $0.lower..<$0.upper) }
  }

  /// Uniform numbers in [0, 1), the first of the stream that ``uniformParameters(in:)`` takes its numbers from.
  func uniformNumbers(_ count: Int) -> [Double] {
    var stream = key.derived(.sampledParameters).generator()
    return (0..<count).map { _ in stream.uniform() }
  }

  /// The part of the data set that the sample belongs to.
  public func part(of split: SplitParameters) -> DatasetSplit {
    var stream = key.derived(.split).generator()
    let u = stream.uniform()
    if u < split.testFraction { return .test }
    return u < split.testFraction + split.validationFraction ? .validation : .training
  }
}

/// The three parts of a data set.
public enum DatasetSplit: UInt8, Sendable, CaseIterable {
  /// Samples that weights are fitted to.
  case training = 0
  /// Samples that decide which epoch is kept.
  case validation = 1
  /// Samples that are touched by nothing but the final tables.
  case test = 2
}
