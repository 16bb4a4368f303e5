import RandomStreams

/// Noise that is added to the inputs.
///
/// Input i becomes x + a[i]·n + b[i]·z, where n is drawn for each input and z once for a sample. Both have mean 0 and
/// variance 1 and are sums of four uniform numbers, so nearly normal. They follow from the training's key, the epoch and
/// the sample.
public struct InputNoise: InputAugmentation, Hashable {
  /// Amplitudes a [position][channel] of what differs between inputs.
  public let independent: [Float]
  /// Amplitudes b [position][channel] of what is common to a sample.
  public let common: [Float]

  /// Noise with given amplitudes, one of each kind for each input of a network.
  public init(independent: [Float], common: [Float]) {
    precondition(independent.count == common.count, "two amplitudes per input")
    self.independent = independent
    self.common = common
  }

  /// Number of inputs of a sample.
  public var inputCount: Int { independent.count }

  /// Adds noise to the inputs of one sample, which are `stride` floats apart.
  public func apply(to inputs: UnsafeMutablePointer<Float>, stride: Int, key: StreamKey) {
    var stream = XoshiroLanes(key: key)
    let shared = stream.nearlyNormal()[0]
    for start in Swift.stride(from: 0, to: independent.count, by: 8) {
      let numbers = stream.nearlyNormal()
      for i in start..<min(start + 8, independent.count) {
        inputs[i * stride] += independent[i] * numbers[i - start] + common[i] * shared
      }
    }
  }
}

extension StreamPurpose {
  /// The noise of an epoch's inputs.
  static let inputNoise = StreamPurpose("input noise")
  /// One sample of it.
  static let noisySample = StreamPurpose("noisy sample")
}
