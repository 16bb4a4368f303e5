import RandomStreams

/// Random changes of the inputs of a training sample, new in each epoch: a network learns from them what not to rely on.
///
/// Stored inputs may be something else than what the network sees: an augmentation may turn one into the other.
public protocol InputAugmentation: Sendable {
  /// Number of inputs of a sample.
  var inputCount: Int { get }

  /// Changes the inputs of one sample, [position][channel], which are `stride` floats apart.
  ///
  /// - Parameter key: Names the random numbers: that of the training, the epoch and the sample.
  func apply(to inputs: UnsafeMutablePointer<Float>, stride: Int, key: StreamKey)
}
